"""Read-only nouns: what is, never what should be."""
