"""Integrations: how the platform speaks to others. A folder each, independent of each other and of the doors."""
