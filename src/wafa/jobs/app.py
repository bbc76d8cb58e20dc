"""The job queue: rows in the same database.

A job is a function under `@app.task`. Deferred by a door or a command inside `transaction.atomic()`, it exists exactly
if that transaction commits. A job that defers another does so on the worker's own connection, at once.
"""

from procrastinate.contrib.django import app

__all__ = ["app"]
