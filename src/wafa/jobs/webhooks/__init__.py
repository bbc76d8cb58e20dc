"""Telling endpoints of events: what is due, who sends it, and what came of it."""
