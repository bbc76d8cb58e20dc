"""How far an import is, for whoever watches; and what came of it in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Stage(StrEnum):
    """What an import is doing."""

    READING = "reading"
    SORTING = "sorting"
    COUNTING = "counting"


@dataclass(frozen=True, slots=True)
class Progress:
    """`share` is how much of the stage is done, from 0 to 1; None where that cannot be known."""

    stage: Stage
    share: float | None = None
    rows: int = 0
    documents: int = 0


Watcher = Callable[[Progress], None]


@dataclass(slots=True)
class ImportSummary:
    """What came of an import. Every document that was read is counted, counted before, or refused."""

    rows_read: int = 0
    rows_rejected: int = 0  # by themselves; those of documents refused whole come on top
    documents_read: int = 0
    counted: int = 0
    counted_before: int = 0
    refused: int = 0
    anonymous: int = 0  # of those counted
    unmatched: int = 0  # returned lines that no earlier receipt of their member holds
    rejects: Path | None = None
    seconds: float = 0.0

    @property
    def receipts_per_second(self) -> float:
        """Documents that were gone through, by the time of the whole import."""
        return self.documents_read / self.seconds if self.seconds else 0.0
