"""The doors that people use, each thin, independent of the others."""
