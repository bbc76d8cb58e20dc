"""Webhooks: which addresses are told of events, by which secrets, and telling them again."""
