"""What a cell of a file can hold: always a text in CSV, a real number or date in a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import TypeVar

from wafa.wording.normalise import clean_reference

Cell = str | int | float | datetime | date | time | timedelta
Row = list[Cell]

_MINUS = {ord("−"): "-", ord("﹣"): "-", ord("－"): "-"}
_DECIMAL = {".": ".٫", ",": ",٫"}
_GROUPING = {".": ",٬ '", ",": ".٬ '"}
_NUMBER = {
    mark: re.compile(
        rf"[+-]?(?:[0-9]{{1,15}}|[0-9]{{1,3}}(?:[{_GROUPING[mark]}][0-9]{{3}}){{1,4}})?(?:[{_DECIMAL[mark]}][0-9]{{1,15}})?"
    )
    for mark in _DECIMAL
}
_BARE = {mark: {ord("٫"): ".", ord(mark): "."} | {ord(sign): None for sign in _GROUPING[mark]} for mark in _DECIMAL}
_DIGITS_OF_A_WORKBOOK = ".15g"

# Letters that Arabic and Persian keyboards write differently for the same word.
_LETTERS = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک", ord("ـ"): None}

K = TypeVar("K")
V = TypeVar("V")


def text(cell: Cell) -> str:
    """What a cell says, as a person sees it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{Decimal(format(cell, _DIGITS_OF_A_WORKBOOK)):f}"
    return cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell)


def number(cell: Cell, decimal_mark: str) -> Decimal | None:
    """The number that a cell holds, exactly; None if it holds none.

    Persian and Arabic digits and marks are read wherever they stand. The other of `.` and `,` may part
    thousands, in groups of three only: where `.` is the decimal mark, `1,5` is no number, not fifteen.

    >>> number("1,234.50", "."), number("۱٬۲۳۴٫۵", "."), number("1,5", "."), number("1.234,5", ",")
    (Decimal('1234.50'), Decimal('1234.5'), None, Decimal('1234.5'))
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):  # with as many digits as the workbook itself keeps
        return Decimal(format(cell, _DIGITS_OF_A_WORKBOOK)) if isfinite(cell) else None
    if not isinstance(cell, str):
        return None
    written = clean_reference(cell).translate(_MINUS)
    if not _NUMBER[decimal_mark].fullmatch(written) or not any(sign.isdigit() for sign in written):
        return None
    return Decimal(written.translate(_BARE[decimal_mark]))


def folded(word: str) -> str:
    """A heading or a keyword for comparing: letters' case, the keyboard's kind of yeh or kaf make no difference."""
    return clean_reference(word).casefold().translate(_LETTERS)


class Cache(dict[K, V]):
    """What was made of a value before; emptied when it grows beyond its limit, so that memory stays bounded."""

    def __init__(self, make: Callable[[K], V], entries_max: int = 20_000) -> None:
        super().__init__()
        self._make = make
        self._entries_max = entries_max

    def __missing__(self, key: K) -> V:
        if len(self) >= self._entries_max:
            self.clear()
        made = self[key] = self._make(key)
        return made
