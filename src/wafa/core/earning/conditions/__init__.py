"""The conditions under which rules hold: a few closely related kinds a file, and how they stand together."""
