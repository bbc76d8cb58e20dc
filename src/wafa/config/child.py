"""The processes under `wafa serve`: `python -m wafa.config.child web|worker`.

Each dies with its parent: the parent holds the other end of its standard input, and the end of that is the sign.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

from wafa.config import database, embedded


def main() -> None:
    """Become the process that the first argument names, until SIGTERM."""
    name, *arguments = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wafa.config.settings")
    # Until the web server and the worker set their own: what `finally` does below must not be skipped.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    if database.is_embedded():
        embedded.join()
    try:
        if name == "web":
            from wafa.config import web

            host, port, workers = arguments
            web.run(host, int(port), int(workers))
        elif name == "worker":
            import django

            django.setup()
            from wafa.jobs import worker

            worker.run()
        else:
            raise ValueError(f"no such process: {name}")
    finally:
        # Only after the parent was killed are we the last; then the server is ours to stop.
        embedded.leave()


def _stop_with_parent() -> None:
    """Wait for the end of standard input, and then end as though told to."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
