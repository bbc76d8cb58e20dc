"""The commands of the platform itself: run it, and look after its database."""

from __future__ import annotations

from typing import Annotated

import typer

from wafa.config import database, embedded, migrations
from wafa.config.bench.bulk.command import bench_bulk
from wafa.config.bench.engine import bench_engine
from wafa.config.bench.http.command import bench_http
from wafa.config.bench.replay import bench_replay
from wafa.config.bench.rules import bench_rules
from wafa.config.demo import demo
from wafa.jobs.commands.errors import UsageError

HOST = "127.0.0.1"
PORT = 8000
WORKERS = 1


def register(app: typer.Typer) -> None:
    """Add them to the command line."""
    app.command()(demo)
    app.command()(serve)
    app.command()(migrate)
    app.command()(database_url)
    app.command()(database_stop)
    benches = typer.Typer(help="Measure how fast it is, on a server made for that.", no_args_is_help=True)
    benches.callback()(_only_groups)
    benches.command("replay")(bench_replay)
    benches.command("engine")(bench_engine)
    benches.command("bulk")(bench_bulk)
    benches.command("rules")(bench_rules)
    benches.command("http")(bench_http)
    app.add_typer(benches, name="bench")


def _only_groups() -> None:
    """Measure how fast it is, on a server made for that."""


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on; the default: this machine only.")] = HOST,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = PORT,
    workers: Annotated[int, typer.Option(min=1, help="Web processes.")] = WORKERS,
) -> None:
    """Run the platform: the web, the jobs and the database, until it is stopped (Ctrl-C)."""
    from wafa.config.serve import serve as run

    run(host, port, workers)


def migrate() -> None:
    """Bring the database's tables up to date and say what was done."""
    migrations.apply()


def database_url() -> None:
    """Print the URL of the database's owner, for psql and pg_dump; starts it if need be, and lets it run on."""
    print(database.owner_url())
    if database.is_embedded():
        embedded.keep_running()


def database_stop() -> None:
    """Stop the embedded database, unless a running Wafa uses it."""
    if not database.is_embedded():
        raise UsageError("DATABASE_URL names a server of your own: Wafa does not stop it.")
    print("The database is stopped." if embedded.stop() else "The database was not running.")
