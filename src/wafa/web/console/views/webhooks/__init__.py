"""Webhooks: who is told of what happens, and what they answered."""
