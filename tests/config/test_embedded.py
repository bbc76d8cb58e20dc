"""The embedded server: who starts it, who stops it, where it listens, whom it lets in."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.processes import finish, python, query, servers, wait_for
from wafa.config import embedded
from wafa.config.embedded import Layout, postmaster
from wafa.jobs.commands.errors import UsageError

USE_IT = """
import sys
from wafa.config import embedded
embedded.ensure_running()
print("here", flush=True)
sys.stdin.readline()
embedded.leave()
"""


def test_the_url_is_known_before_anything_runs(layout: Layout) -> None:
    before = embedded.url()
    assert not layout.data.exists()
    embedded.ensure_running()
    assert embedded.url() == before
    assert query(layout, "SELECT current_database()") == [("wafa",)]


def test_its_settings_make_what_is_answered_durable(layout: Layout) -> None:
    embedded.ensure_running()
    query(layout, "SELECT 1")
    wanted = {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "shared_buffers": "256MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "listen_addresses": "",
        "TimeZone": "UTC",
        "server_encoding": "UTF8",
        "data_checksums": "on",
        "random_page_cost": "1.1",
        "jit": "off",
    }
    assert {name: query(layout, f"SHOW {name}")[0][0] for name in wanted} == wanted
    assert query(layout, "SELECT lower('ÄИ'), 'آ' < 'ب'") == [("äи", True)]


def test_the_last_one_who_leaves_stops_it(made_home: Path, made_layout: Layout) -> None:
    embedded.ensure_running()
    other = python(USE_IT, made_home)
    assert other.stdout is not None
    assert other.stdout.readline() == "here\n"
    assert embedded.leave() is False
    assert embedded.is_running()
    other.communicate("now leave\n")
    assert other.returncode == 0
    assert servers(made_layout) == []


def test_one_who_was_killed_does_not_count(made_home: Path, made_layout: Layout) -> None:
    embedded.ensure_running()
    other = python(USE_IT, made_home)
    assert other.stdout is not None
    other.stdout.readline()
    other.kill()
    other.wait()
    assert embedded.leave() is True
    assert servers(made_layout) == []


def test_kept_running_it_outlives_the_last_one_until_it_is_stopped(made_layout: Layout) -> None:
    embedded.ensure_running()
    embedded.keep_running()
    assert embedded.leave() is False
    assert query(made_layout, "SELECT 1") == [(1,)]
    embedded.ensure_running()
    assert embedded.leave() is False
    assert embedded.stop() is True
    assert servers(made_layout) == []
    # What was asked for was asked of that server, not of the next.
    embedded.ensure_running()
    assert embedded.leave() is True


def test_it_is_not_stopped_under_those_who_use_it(made_home: Path) -> None:
    other = python(USE_IT, made_home)
    assert other.stdout is not None
    other.stdout.readline()
    with pytest.raises(UsageError, match="in use"):
        embedded.stop()
    assert embedded.is_running()
    other.communicate("now leave\n")


def test_three_first_starts_at_once_make_one_server(home: Path, layout: Layout) -> None:
    starters = [python(USE_IT, home) for _ in range(3)]
    for starter in starters:
        assert starter.stdout is not None
        assert starter.stdout.readline() == "here\n"
    server = postmaster.find(layout)
    assert server is not None
    assert {process.pid for process in servers(layout) if process.ppid() != server.pid} == {server.pid}
    for starter in starters:
        starter.communicate("now leave\n")
        assert starter.returncode == 0
    assert servers(layout) == []


@pytest.mark.parametrize("name", ["x" * 120, "a, b's", "خانه"], ids=["long", "punctuation", "persian"])
def test_a_home_whose_path_no_socket_could_have(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with tempfile.TemporaryDirectory(prefix="wafa-home-", dir="/tmp") as parent:
        monkeypatch.setenv("WAFA_HOME", str(Path(parent) / name))
        layout = Layout.here()
        try:
            embedded.ensure_running()
            assert layout.sockets.parent == Path("/tmp")
            assert query(layout, "SELECT 1") == [(1,)]
            assert layout.sockets.stat().st_mode & 0o077 == 0
        finally:
            finish(layout)
            layout.sockets.rmdir()


def test_the_url_serves_psql_and_pgbench(made_layout: Layout) -> None:
    embedded.ensure_running()
    for command in (["psql", "-qXtA", made_layout.url, "-c", "SELECT 1"], ["pgbench", "-i", "-q", made_layout.url]):
        done = subprocess.run([str(made_layout.programs / command[0]), *command[1:]], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_a_stranger_can_neither_enter_nor_log_in(
    made_layout: Layout, as_stranger: Callable[[list[str]], subprocess.CompletedProcess[str]]
) -> None:
    embedded.ensure_running()
    psql = str(made_layout.programs / "psql")
    done = as_stranger([psql, made_layout.url, "-c", "SELECT 1"])
    assert done.returncode != 0
    assert "Permission denied" in done.stderr
    # And with the doors left open, PostgreSQL itself asks the kernel who is calling.
    made_layout.sockets.chmod(0o755)
    made_layout.socket.chmod(0o777)
    done = as_stranger([psql, made_layout.url, "-c", "SELECT 1"])
    assert done.returncode != 0
    assert "Peer authentication failed" in done.stderr
    assert as_stranger(["cat", str(made_layout.data / "PG_VERSION")]).returncode != 0


def test_a_socket_folder_that_somebody_else_made_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, as_stranger: Callable[[list[str]], subprocess.CompletedProcess[str]]
) -> None:
    monkeypatch.setenv("WAFA_HOME", str(home / ("x" * 120)))
    layout = Layout.here()
    assert as_stranger(["mkdir", str(layout.sockets)]).returncode == 0
    try:
        with pytest.raises(UsageError, match="belongs to somebody else"):
            embedded.ensure_running()
    finally:
        finish(layout)
        layout.sockets.rmdir()


def test_the_server_does_not_hold_our_locks(made_layout: Layout) -> None:
    embedded.ensure_running()
    server = postmaster.find(made_layout)
    assert server is not None
    wait_for(lambda: servers(made_layout))
    held = [(made_layout.home / name).stat().st_ino for name in ("postgres.users", "postgres.lock")]
    for descriptor in Path(f"/proc/{server.pid}/fd").iterdir():
        assert descriptor.stat().st_ino not in held
