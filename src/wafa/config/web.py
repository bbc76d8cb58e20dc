"""The web server: granian, with threads, in one process or several."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from wafa.config import database, embedded
from wafa.config.logs import LOGGING

# A thread holds a connection to the database while it answers, so this times `workers` stays below max_connections.
THREADS = 64
# Requests that may wait for a thread; more are refused by the kernel's queue.
WAITING = 512
# A request that takes longer than this is cut off when the server stops.
DRAIN_SECONDS = 8
# Who takes longer than this to send a request's headers is not a browser.
HEADER_SECONDS_MAX = 10
THREAD_IDLE_SECONDS_MAX = 600


def run(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM: then no new request is taken, and those under way are answered."""
    # A clean process for each worker: a forked one would share this one's locks and threads.
    multiprocessing.set_start_method("spawn")
    server = Granian(
        "wafa.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=THREAD_IDLE_SECONDS_MAX,
        backpressure=WAITING,
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
        log_dictconfig=LOGGING,
        log_level=LogLevels.error,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS_MAX * 1000),
        websockets=False,
    )
    server.serve(target_loader=load_application, wrap_loader=False)


def load_application() -> Any:
    """The application, in the worker process that will run it."""
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    if database.is_embedded():
        embedded.join()
    from wafa.config.wsgi import application

    return application


def _stop_with_parent() -> None:
    """A worker whose parent was killed would go on serving, unseen and unstoppable."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
