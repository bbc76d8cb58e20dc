"""Earning: a programme's rules as data, and what they award for a receipt."""
