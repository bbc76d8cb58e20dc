"""A home with the demo in it: loaded as a person would load it, by the command, with an accident on the way."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.processes import WAFA, environment, kill_postmaster, query, wait_for
from wafa.config.embedded import Layout

DEMO = [WAFA, "demo", "--no-serve"]
SECONDS_MAX = 400


@pytest.fixture(scope="session")
def demo_home() -> Iterator[Path]:
    """The demo's year, whose database was killed in the middle of the load, and which was then loaded again."""
    home = Path(tempfile.mkdtemp(prefix="wafa-demo-", dir="/tmp"))
    layout = Layout(home)
    try:
        _load_and_kill_the_database(home, layout)
        done = subprocess.run(DEMO, env=environment(home), capture_output=True, text=True, timeout=SECONDS_MAX)
        assert done.returncode == 0, done.stderr
        yield home
    finally:
        subprocess.run([WAFA, "database-stop"], env=environment(home), capture_output=True, timeout=60)
        shutil.rmtree(home, ignore_errors=True)


def _load_and_kill_the_database(home: Path, layout: Layout) -> None:
    process = subprocess.Popen(DEMO, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        wait_for(lambda: process.poll() is not None or _documents(layout) >= 3000, seconds=SECONDS_MAX)
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        committed = _documents(layout)
        kill_postmaster(layout)
        assert process.wait(60) != 0
    finally:
        process.kill()
        process.wait()
    subprocess.run([WAFA, "database-url"], env=environment(home), check=True, capture_output=True, timeout=120)
    assert _documents(layout) >= committed


def _documents(layout: Layout) -> int:
    try:
        return int(query(layout, "SELECT count(*) FROM document")[0][0])
    except Exception:
        return 0
