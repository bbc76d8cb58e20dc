"""How each kind of entry is told, a file for what belongs together."""
