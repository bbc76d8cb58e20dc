"""How long points last."""
