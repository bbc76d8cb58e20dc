"""Wafa: a self-hosted loyalty-points platform for shops."""
