"""Redemption: what a programme allows with points that have been earned."""
