"""The command line: what it prepares, what it leaves alone, what it says when something is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.config.processes import query, servers, serving, wafa
from wafa.config import database, embedded
from wafa.config.embedded import Layout
from wafa.jobs.commands.errors import UsageError


@pytest.mark.parametrize(
    "arguments", [["--help"], ["serve", "--help"], ["migrate", "--help"], ["serve", "--port", "x"]]
)
def test_help_and_mistakes_start_and_write_nothing(tmp_path: Path, arguments: list[str]) -> None:
    done = wafa(*arguments, home=tmp_path / "home")
    assert done.returncode == (2 if "x" in arguments else 0)
    assert "Usage" in done.stdout + done.stderr
    assert not (tmp_path / "home").exists()


def test_the_printed_url_works_until_the_database_is_stopped(made_home: Path, made_layout: Layout) -> None:
    printed = wafa("database-url", home=made_home)
    assert printed.stdout.splitlines() == [made_layout.url]
    assert query(made_layout, "SELECT count(*) > 0 FROM django_migrations") == [(True,)]
    # Another command comes and goes; the server stays, for that was asked for.
    assert wafa("migrate", home=made_home).returncode == 0
    assert query(made_layout, "SELECT 1") == [(1,)]
    assert wafa("database-stop", home=made_home).stdout == "The database is stopped.\n"
    assert servers(made_layout) == []
    assert wafa("database-stop", home=made_home).stdout == "The database was not running.\n"


def test_a_command_that_started_the_database_stops_it(made_home: Path, made_layout: Layout) -> None:
    assert wafa("migrate", home=made_home).returncode == 0
    assert servers(made_layout) == []


def test_a_missing_migration_is_applied_by_any_command(made_home: Path, made_layout: Layout) -> None:
    embedded.ensure_running()
    query(made_layout, "DROP TABLE cache")
    assert wafa("database-url", home=made_home).returncode == 0
    assert query(made_layout, "SELECT count(*) FROM cache") == [(0,)]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://wafa:geheim@127.0.0.1:1/wafa", "cannot be reached"),
        ("postgresql://wafa:geheim@127.0.0.1", "names no database"),
        ("mysql://wafa:geheim@127.0.0.1/wafa", "not a PostgreSQL URL"),
    ],
)
def test_an_outside_database_that_will_not_do(tmp_path: Path, url: str, says: str) -> None:
    done = wafa("migrate", home=tmp_path, DATABASE_URL=url)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "geheim" not in done.stderr


def test_an_outside_database_that_will(made_layout: Layout, tmp_path: Path) -> None:
    embedded.ensure_running()
    done = wafa("database-url", home=tmp_path, DATABASE_URL=made_layout.url)
    assert (done.returncode, done.stdout) == (0, f"{made_layout.url}\n")
    assert not (tmp_path / "postgres").exists()
    done = wafa("database-stop", home=tmp_path, DATABASE_URL=made_layout.url)
    assert done.returncode == 2
    assert embedded.is_running()


def test_an_old_server_is_refused(made_layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded.ensure_running()
    monkeypatch.setenv("DATABASE_URL", made_layout.url)
    database.check_outside()
    monkeypatch.setattr(database, "VERSION_MIN", 99)
    with pytest.raises(UsageError, match="99 or later"):
        database.check_outside()


def test_a_port_in_use_is_refused(made_home: Path, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log") as (_, port):
        done = wafa("serve", "--port", str(port), home=made_home)
    assert done.returncode == 2
    assert done.stderr == f"wafa: Cannot listen on 127.0.0.1, port {port}: Address already in use.\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_made() -> None:
    done = wafa("migrate", home=Path("/proc/wafa"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
