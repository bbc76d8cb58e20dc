"""The embedded server after the worst: killed servers, killed starts, stale files. Nothing committed is lost."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.config.processes import kill_postmaster, python, query, servers, wait_for
from wafa.config import embedded
from wafa.config.embedded import Layout, postmaster
from wafa.config.embedded.cluster import DRAFT_PREFIX as DRAFT
from wafa.jobs.commands.errors import UsageError

START_IT = "from wafa.config import embedded; embedded.ensure_running()"


def test_a_killed_server_starts_again_with_every_committed_row(made_layout: Layout) -> None:
    embedded.ensure_running()
    query(made_layout, "DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int)")
    for number in range(20):
        query(made_layout, f"INSERT INTO kept VALUES ({number})")
    kill_postmaster(made_layout)
    assert embedded.ensure_running() is True
    assert query(made_layout, "SELECT count(*) FROM kept") == [(20,)]


def test_all_processes_killed_at_once(made_home: Path, made_layout: Layout) -> None:
    other = python(f"{START_IT}; import time; print('here', flush=True); time.sleep(60)", made_home)
    assert other.stdout is not None
    other.stdout.readline()
    query(made_layout, "DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)")
    for process in [*servers(made_layout), psutil.Process(other.pid)]:
        process.send_signal(signal.SIGKILL)
    other.wait()
    assert embedded.ensure_running() is True
    assert query(made_layout, "SELECT n FROM kept") == [(1,)]
    assert embedded.leave() is True


def test_a_busy_orphan_of_the_killed_server_is_seen_off(made_layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postmaster, "ORPHAN_SECONDS", 0.3)
    embedded.ensure_running()
    busy = subprocess.Popen(
        [str(made_layout.programs / "psql"), made_layout.url, "-c", "SELECT sum(n) FROM generate_series(1, 1e11) AS n"],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: [p for p in servers(made_layout) if "SELECT" in p.cmdline()[0]])
        kill_postmaster(made_layout)
        assert [p for p in servers(made_layout) if "SELECT" in p.cmdline()[0]], "the orphan went by itself"
        assert embedded.ensure_running() is True
        assert not [p for p in servers(made_layout) if "SELECT" in p.cmdline()[0]]
    finally:
        busy.kill()
        busy.wait()


def test_a_pid_file_that_names_another_living_process_is_no_server(made_layout: Layout) -> None:
    embedded.ensure_running()
    kill_postmaster(made_layout)
    wait_for(lambda: not servers(made_layout))
    # What happens in a container, where each run counts from 1 again.
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        for stale in (made_layout.data / "postmaster.pid", made_layout.socket.with_name(".s.PGSQL.5432.lock")):
            lines = stale.read_text().splitlines()
            stale.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert not embedded.is_running()
        assert embedded.ensure_running() is True
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_start_that_was_killed_half_way_is_made_good(home: Path, layout: Layout) -> None:
    first = python(START_IT, home)
    wait_for(lambda: list(layout.home.glob("postgres.new-*/base")))
    first.kill()
    first.wait()
    assert not layout.data.exists()
    assert embedded.ensure_running() is True
    assert query(layout, "SELECT 1") == [(1,)]
    embedded.leave()
    # The killed start's initdb may have gone on meanwhile, in a folder of its own.
    wait_for(lambda: not [p for p in psutil.process_iter(["cmdline"]) if DRAFT in " ".join(p.info["cmdline"] or ())])
    embedded.ensure_running()
    assert list(layout.home.glob("postgres.new-*")) == []


def test_a_folder_of_somebody_elses_things_is_not_touched(layout: Layout) -> None:
    layout.data.mkdir()
    (layout.data / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="move it away"):
        embedded.ensure_running()
    assert (layout.data / "notes.txt").read_text() == "mine"


def test_what_keeps_it_from_starting_is_said(made_layout: Layout) -> None:
    own_settings = made_layout.data / "postgresql.auto.conf"
    before = own_settings.read_text()
    own_settings.write_text("max_connections = 'plenty'\n")
    try:
        with pytest.raises(UsageError, match="contains errors"):
            embedded.ensure_running()
    finally:
        own_settings.write_text(before)


def test_a_server_that_is_stopping_is_waited_for(made_layout: Layout) -> None:
    embedded.ensure_running()
    server = postmaster.find(made_layout)
    assert server is not None
    with psycopg.connect(made_layout.url):
        # A smart stop waits for its clients, so it stays in this state until we go.
        psutil.Process(server.pid).send_signal(signal.SIGTERM)
        wait_for(lambda: (found := postmaster.find(made_layout)) and found.state == "stopping")
        waiter = python(START_IT, made_layout.home)
        time.sleep(0.5)
        assert waiter.poll() is None
    assert waiter.wait(10) == 0
