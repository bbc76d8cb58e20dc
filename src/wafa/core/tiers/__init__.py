"""Tiers: which progress counts, what it supports, and who rises and falls."""
