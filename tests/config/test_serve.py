"""`wafa serve` as a real process: it serves, it heals, it stops and leaves nothing."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import psutil
import psycopg

from tests.config.processes import (
    descendants,
    get,
    kill_postmaster,
    python,
    query,
    servers,
    serving,
    wait_for,
)
from wafa.config import embedded
from wafa.config.embedded import Layout

HOLD_IT = """
import sys
from wafa.config import embedded
embedded.ensure_running()
print("here", flush=True)
sys.stdin.readline()
"""


def test_told_to_stop_it_stops_everything(made_home: Path, made_layout: Layout, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log") as (process, _):
        family = descendants(process.pid)
        assert len(family) > 3
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert time.monotonic() - started < 10
        assert gone(family)
    assert servers(made_layout) == []
    assert "ERROR" not in (tmp_path / "log").read_text()


def test_its_worker_numbers_what_was_committed(made_home: Path, made_layout: Layout, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log"):
        query(made_layout, EVENT)
        wait_for(lambda: query(made_layout, "SELECT 1 FROM outbox_event WHERE done_at IS NOT NULL"))
        assert query(made_layout, "SELECT number FROM outbox_event") == [(1,)]
        # Jobs that went well leave no row.
        wait_for(lambda: query(made_layout, "SELECT count(*) FROM procrastinate_jobs") == [(0,)])


def test_ctrl_c_does_too_and_a_request_under_way_is_answered(
    made_home: Path, made_layout: Layout, tmp_path: Path
) -> None:
    with serving(made_home, tmp_path / "log") as (process, port):
        answers: list[tuple[int, str]] = []
        # A page that needs the visitor's session waits for as long as we keep the sessions locked.
        cookie = {"Cookie": f"sessionid={'a' * 32}"}
        with psycopg.connect(made_layout.url) as connection:
            connection.execute("LOCK TABLE django_session")
            asking = threading.Thread(target=lambda: answers.append(get(port, "/sign-in/", 20, cookie)))
            asking.start()
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            time.sleep(0.5)
            assert answers == []
        asking.join()
        assert process.wait(20) == 0
    assert [status for status, _ in answers] == [200]


def test_it_leaves_the_database_to_those_who_still_use_it(made_home: Path, made_layout: Layout, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log") as (process, _):
        other = python(HOLD_IT, made_home)
        assert other.stdout is not None
        other.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert query(made_layout, "SELECT 1") == [(1,)]
        other.communicate("end\n")


def test_a_killed_database_comes_back_under_it(made_home: Path, made_layout: Layout, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log") as (process, port):
        query(made_layout, "DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)")
        web = [child.pid for child in descendants(process.pid, "web")]
        killed = kill_postmaster(made_layout)
        wait_for(lambda: embedded.is_running(made_layout))
        wait_for(lambda: get(port, "/healthz")[0] == 200)
        assert query(made_layout, "SELECT n FROM kept") == [(1,)]
        assert killed not in {server.pid for server in servers(made_layout)}
        # It healed; it was not started anew.
        assert web == [child.pid for child in descendants(process.pid, "web")]
        # And the worker lives, or lives again: the schedule goes on.
        before = query(made_layout, DEFERRED)
        wait_for(lambda: query(made_layout, DEFERRED) > before, seconds=25)
    assert "the database is back" in (tmp_path / "log").read_text()


def test_killed_processes_are_started_again(made_home: Path, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log") as (process, port):
        for name in ("web", "worker"):
            child = descendants(process.pid, name)[0]
            family = [child, *child.children(recursive=True)]
            child.kill()
            wait_for(lambda family=family: gone(family))
            wait_for(lambda name=name: descendants(process.pid, name))
        wait_for(lambda: get(port, "/healthz")[0] == 200)
    log = (tmp_path / "log").read_text()
    assert "web ended with status -9" in log
    assert "worker ended with status -9" in log


def test_a_killed_web_worker_is_replaced(made_home: Path, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log") as (process, port):
        web = descendants(process.pid, "web")[0]
        web.children(recursive=True)[-1].kill()
        wait_for(lambda: get(port, "/healthz")[0] == 200)


def test_killed_itself_it_takes_all_along(made_home: Path, made_layout: Layout, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log") as (process, port):
        family = descendants(process.pid)
        process.kill()
        process.wait()
        wait_for(lambda: gone(family), seconds=20)
        assert get(port, "/healthz")[0] == 0
    assert servers(made_layout) == []


EVENT = """
WITH shop AS (
    INSERT INTO merchant (id, code, name_en, name_ar, name_fa, currency, time_zone, created_at)
    VALUES (gen_random_uuid(), 'noor', 'Noor', '', '', 'SAR', 'Asia/Riyadh', now()) RETURNING id
)
INSERT INTO outbox_event (id, merchant_id, kind, body, created_at)
SELECT gen_random_uuid(), id, 'ProgrammePublished', '{}', now() FROM shop
"""
DEFERRED = "SELECT max(defer_timestamp) FROM procrastinate_periodic_defers WHERE task_name LIKE '%number_events'"


def gone(family: list[psutil.Process]) -> bool:
    """Whether none of them lives."""
    return not [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
