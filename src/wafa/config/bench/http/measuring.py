"""The measured installation of `wafa bench http`: a home of its own with a shop, a server, and wrk asking it.

Run as a module in that home, with the options as JSON; prints the figures as they come.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

READY_SECONDS_MAX = 60
# Two hours after what is sold: nothing has run out yet.
CLOCK = datetime(2011, 12, 9, 12, tzinfo=UTC)
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured; `yardstick` is its folder, or empty."""

    members: int
    runs: int
    seconds: int
    kinds: list[str]
    connections: list[int]
    workers: int
    yardstick: str

    def as_json(self) -> str:
        """For the process that measures."""
        return json.dumps(asdict(self))


def main() -> None:
    """Open a shop, start a server, and ask it for each kind of work over each number of connections."""
    options = Options(**json.loads(sys.argv[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wafa.config.settings")
    import django

    django.setup()
    from wafa.config import command, embedded
    from wafa.jobs.commands.errors import UsageError

    try:
        command.prepare()
        _measure_all(options)
    except UsageError as error:
        print(f"wafa: {error}", file=sys.stderr)
        sys.exit(2)
    finally:
        embedded.leave()


def _measure_all(options: Options) -> None:
    from wafa.config.bench.shop import Shop
    from wafa.operations.api_keys import KeyTerms, create_key
    from wafa.operations.set_clock import set_clock
    from wafa.store.models import Scope

    shop = Shop(options.members)
    set_clock(shop.merchant, CLOCK)
    _, token = create_key(shop.merchant.id, KeyTerms("bench", Scope.values))
    yardstick = _yardstick(options)
    with _server(options.workers) as url:
        for kind in options.kinds:
            before = yardstick
            rows = [_measure(kind, each, url, token, options) for each in options.connections]
            yardstick = _yardstick(options)
            _print(kind, rows, before, yardstick)


def _measure(kind: str, connections: int, url: str, token: str, options: Options) -> tuple[str, ...]:
    """A row: connections, answers a second (median of the runs), latencies, failures."""
    from wafa.config.bench.http.asking import RECEIPTS_A_BATCH, ask

    runs = [
        ask(kind, url, token, options.members, f"{kind}-{connections}-{run}", connections, options.seconds)
        for run in range(options.runs + 1)
    ][1:]
    each = RECEIPTS_A_BATCH if kind == "batch" else 1
    return (
        str(connections),
        str(each * median(run.a_second for run in runs)),
        f"{median(run.p50_ms for run in runs):.1f}",
        f"{median(run.p99_ms for run in runs):.1f}",
        str(sum(run.refused for run in runs)),
        str(sum(run.broken for run in runs)),
    )


def _print(kind: str, rows: list[tuple[str, ...]], before: float, after: float) -> None:
    print(kind + (f", yardstick {before:,.0f} before, {after:,.0f} after" if before else ""))
    ratio = "   of yardstick" if before else ""
    print(f"  connections     a second   p50 ms   p99 ms   refused   broken{ratio}")
    for connections, a_second, p50, p99, refused, broken in rows:
        if before:
            ratio = f"   {2 * float(a_second) / (before + after):>12.2f}"
        latencies, failures = f"{p50:>6}   {p99:>6}", f"{refused:>7}   {broken:>6}"
        print(f"  {connections:>11}   {float(a_second):>10,.0f}   {latencies}   {failures}{ratio}", flush=True)


@contextmanager
def _server(workers: int) -> Iterator[str]:
    """The web server as `wafa serve` starts it, on a port of its own."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "wafa.config.child", "web", HOST, str(port), str(workers)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603
    try:
        deadline = time.monotonic() + READY_SECONDS_MAX
        while True:
            try:
                socket.create_connection((HOST, port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.1)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait()


def _yardstick(options: Options) -> float:
    from wafa.config.bench.yardstick import receipts_a_second

    return receipts_a_second(Path(options.yardstick)) if options.yardstick else 0.0


if __name__ == "__main__":
    main()
