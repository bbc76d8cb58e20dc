"""A rule's JSON as a form, and back: what the form cannot show is kept as it is."""
