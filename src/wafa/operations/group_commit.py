"""Group commit: single requests of many tills become one batch, one commit.

One batch is in flight at a time; what arrives meanwhile is the next. So nobody waits for a timer: a lone request is a
batch of one, and the more there are, the larger the batches become.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

BATCH_MOST = 500


class QueueFullError(Exception):
    """More are waiting than may: come again later."""


class MemberBusyError(Exception):
    """So much of one member's is waiting that more would hold up the others."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What was asked for could not be done, or nobody knows whether it was."""

    error: Exception


@dataclass(slots=True, eq=False)
class _Waiting(Generic[Asked, Answer]):
    asked: Asked
    whose: object
    done: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None
    error: BaseException | None = None


class Batcher(Generic[Asked, Answer]):
    """Takes single requests from many threads and does them together, on a thread and a connection of its own.

    `do` answers a batch whole, one answer each in their order, or fails whole: see `answer_all`.
    """

    def __init__(self, do: Callable[[Sequence[Asked]], Sequence[Answer]], *, waiting_most: int, each_most: int) -> None:
        self._do = do
        self._waiting_most, self._each_most = waiting_most, each_most
        self._queue: deque[_Waiting[Asked, Answer]] = deque()
        self._of: Counter[object] = Counter()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def ask(self, asked: Asked, whose: object = None) -> Answer:
        """Wait for the answer. `whose` is the member it is about, if any: of one only so many may wait.

        Raises QueueFullError or MemberBusyError at once, and whatever doing it raised.
        """
        waiting: _Waiting[Asked, Answer] = _Waiting(asked, whose)
        with self._changed:
            if len(self._queue) >= self._waiting_most:
                raise QueueFullError
            if whose is not None and self._of[whose] >= self._each_most:
                raise MemberBusyError
            self._of[whose] += 1
            self._queue.append(waiting)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="group-commit", daemon=True)
                self._thread.start()
            self._changed.notify()
        waiting.done.wait()
        if waiting.error:
            raise waiting.error
        return waiting.answer  # type: ignore[return-value]

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._queue:
                    self._changed.wait()
                batch = [self._queue.popleft() for _ in range(min(len(self._queue), BATCH_MOST))]
            close_old_connections()
            try:
                self._answer(batch)
            finally:
                self._release(batch)

    def _release(self, batch: Sequence[_Waiting[Asked, Answer]]) -> None:
        with self._changed:
            self._of.subtract(waiting.whose for waiting in batch)
            self._of += Counter()  # Forgets those of whom none is left.
        for waiting in batch:
            if waiting.answer is None and waiting.error is None:
                waiting.error = RuntimeError("the batch ended without an answer")
            waiting.done.set()

    def _answer(self, batch: Sequence[_Waiting[Asked, Answer]]) -> None:
        answers = answer_all(self._do, [waiting.asked for waiting in batch])
        for waiting, answer in zip(batch, answers, strict=True):
            if isinstance(answer, Failed):
                waiting.error = answer.error
            else:
                waiting.answer = answer


def answer_all(do: Callable[[Sequence[Asked]], Sequence[Answer]], asked: Sequence[Asked]) -> list[Answer | Failed]:
    """What came of each. A batch that fails is halved, until the one that is to blame stands alone.

    Where the connection was lost nobody knows what was committed: all of that part have failed.
    """
    try:
        return list(do(asked))
    except (OperationalError, InterfaceError) as error:
        return [Failed(error)] * len(asked)
    except Exception as error:
        if len(asked) == 1:
            return [Failed(error)]
    half = len(asked) // 2
    return answer_all(do, asked[:half]) + answer_all(do, asked[half:])
