"""The demo: a real shop's year of receipts under a programme that uses every kind of rule."""
