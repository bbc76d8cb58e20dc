"""Tiers: who climbs, and who falls when a return takes the reason away."""
