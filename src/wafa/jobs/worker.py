"""The worker: runs jobs until it is told to stop, and then finishes what it is at."""

from __future__ import annotations

from procrastinate.contrib.django.django_connector import DjangoConnector

from wafa.jobs.app import app

# Long jobs (an import) must not hold up the schedule; each runs in a thread with a connection of its own.
CONCURRENCY = 4
# After this the job is given up; it is put back and runs again with the next worker.
STOP_SECONDS_MAX = 20


def run() -> None:
    """Run jobs until SIGTERM or SIGINT; Django is set up and the database is there."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(
            name="wafa",
            concurrency=CONCURRENCY,
            shutdown_graceful_timeout=STOP_SECONDS_MAX,
            # Else the table would grow by a row at every tick.
            delete_jobs="successful",
        )
