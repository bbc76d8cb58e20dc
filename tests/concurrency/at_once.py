"""Several at the same time: each in a thread with a connection of its own, as web workers have."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, connections

from tests.db import query

SECONDS_MAX = 30
# How long the first to come waits for the other: where nothing keeps them apart, and where a lock does, in vain.
MEETING_SECONDS = 10
IN_VAIN_SECONDS = 0.3


def at_once(*acts: Callable[[], Any], seconds: int = SECONDS_MAX) -> list[Any]:
    """Start all together; answers what each answered, or the exception that it ended with."""
    start = threading.Barrier(len(acts))
    answers: list[Any] = [TimeoutError("it never came to an end")] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            query("SELECT set_config('statement_timeout', %s, false)", f"{seconds}s")
            start.wait()
            answers[place] = act()
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 5)
    return answers


class Meeting:
    """Where two threads wait for each other, right after a statement that they both send."""

    def __init__(self, after: str) -> None:
        self._after = after
        self._barrier = threading.Barrier(2)

    @contextlib.contextmanager
    def attended(self, without: str = "") -> Iterator[None]:
        """To be held while the thread does its work; `without` is taken out of what it sends."""

        def send(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            answer = execute(sql.replace(without, "") if without else sql, params, many, context)
            if self._after in sql:
                with contextlib.suppress(threading.BrokenBarrierError):
                    self._barrier.wait(MEETING_SECONDS if without else IN_VAIN_SECONDS)
            return answer

        with connection.execute_wrapper(send):
            yield

    def join(self, act: Callable[[], Any], without: str = "") -> Callable[[], Any]:
        """Something to do, with the meeting on its way."""

        def attending() -> Any:
            with self.attended(without):
                return act()

        return attending


def kinds(answers: list[Any]) -> list[str]:
    """The kinds of the answers, in alphabetical order; of a batch, that of its first outcome."""
    firsts = [answer[0] if isinstance(answer, list) else answer for answer in answers]
    return sorted(type(first).__name__ for first in firsts)
