"""Receipts out of files: a shop's own export, read by a declared mapping of its columns.

A file is read once into a staging table, so that nothing is counted before all of it could be read; then
PostgreSQL groups its rows into documents, and those go to the engine in batches, through the same door as
any other receipt. See docs/guides/import.md.
"""
