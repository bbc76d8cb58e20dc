"""Scenarios and tables written as aligned text.

A table is a header and rows, cells parted by bars; `@table(TEXT)` runs a test once a row. A story is one
command a line, its columns parted by two or more spaces, and after the arrow what must come of it:

    buy     1    2011-01-05          ann        A×2 20.00, B 5.50    -> +125: base 25, welcome 100
    back    C1   2011-01-06 10:30    ann        A                    -> -10: own 10
    back    C2   2011-01-07          ann of 1   A                    -> -10: own 10
    spend        2011-01-08          ann        50
    expire       2011-07-06                                          -> -55
    see          ann                                                 -> available 0, debt 0, tier bronze
    holds        1                                                   -> base 5 of 25, welcome 100 of 100

`2011-01-05 at 2011-09-01` happened on the one day and is counted on the other; without an hour it is noon. `-` is
nobody. An expectation without a colon says the points alone. Whatever stands after # is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from decimal import Decimal

import pytest

from tests.core.telling import seen, told
from tests.core.world import World, goods_back, purchase
from wafa.core.commands import Command, ExpireLots, Line


def table(text: str) -> pytest.MarkDecorator:
    """Run the test once for each row; the header names its arguments."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in _lines(text)]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"{row} has not the cells {header}")
    return pytest.mark.parametrize(header, rows, ids=[" | ".join(row).replace("×", "x") for row in rows])


def _lines(text: str) -> list[str]:
    without_remarks = (line.split(" #")[0].strip() for line in text.splitlines())
    return [line for line in without_remarks if line and not line.startswith("#")]


def instant(text: str, zone: tzinfo) -> datetime:
    """`2011-01-05` or `2011-01-05 10:30`, by the merchant's clock; noon where no hour is said."""
    return datetime.fromisoformat(text if ":" in text else f"{text} 12:00").replace(tzinfo=zone)


def goods(text: str) -> tuple[Line, ...]:
    """`A×2 20.00, B 5.50`: two of A for 20.00 together and a B for 5.50; what comes back needs no amount."""
    return tuple(_goods_line(each) for each in text.split(", "))


def _goods_line(text: str) -> Line:
    item, amount = text.rsplit(" ", 1) if re.search(r" -?\d", text) else (text, "0")
    code, _, quantity = item.partition("×")
    return Line(code, _scaled(quantity or "1", 1000), _scaled(amount, 100))


def _scaled(text: str, by: int) -> int:
    scaled = Decimal(text) * by
    if scaled != int(scaled):
        raise ValueError(f"{text} has more places than it may")
    return int(scaled)


def play(world: World, story: str) -> None:
    """Count a story's commands one after another, and compare what came of each."""
    for line in _lines(story):
        said, _, expected = (part.strip() for part in line.partition("->"))
        verb, *columns = re.split(r"\s{2,}", said)
        came = _VERBS[verb](world, *columns)
        if expected and ":" not in expected and re.match(r"[+-]\d", expected):
            came = came.split(":")[0]
        if verb == "see":
            came = seen(world, columns[0], expected)
        assert f"{said} -> {came}" == f"{said} -> {expected or came}"


def commands(story: str, zone: tzinfo) -> list[Command]:
    """A story's commands without what comes of them: buy, back and expire."""
    parted = (re.split(r"\s{2,}", line.partition("->")[0].strip()) for line in _lines(story))
    return [_COMMANDS[verb](zone, *columns) for verb, *columns in parted]


def _times(text: str, zone: tzinfo) -> dict[str, datetime]:
    occurred, _, at = text.partition(" at ")
    return {"occurred_at": instant(occurred, zone), "at": instant(at or occurred, zone)}


def _buy(zone: tzinfo, number: str, when: str, member: str, lines: str) -> Command:
    return purchase(number, *goods(lines), **_times(when, zone), member=None if member == "-" else member)


def _back(zone: tzinfo, number: str, when: str, whose: str, lines: str) -> Command:
    member, _, receipt = whose.partition(" of ")
    names = {"member": None if member == "-" else member, "receipt": ("till", "", receipt) if receipt else None}
    return goods_back(number, *goods(lines), **_times(when, zone), **names)


def _expire(zone: tzinfo, when: str) -> Command:
    return ExpireLots(at=instant(when, zone))


_COMMANDS: dict[str, Callable[..., Command]] = {"buy": _buy, "back": _back, "expire": _expire}


def _count(verb: str) -> Callable[..., str]:
    def count(world: World, *columns: str) -> str:
        [outcome] = world.post(_COMMANDS[verb](world.snapshot.zone, *columns))
        return told(outcome)

    return count


def _spend(world: World, when: str, member: str, points: str) -> str:
    world.spend(member, int(points), instant(when, world.snapshot.zone))
    return ""


def _holds(world: World, number: str) -> str:
    awards = world.receipt(number).awards
    return ", ".join(f"{each.rule} {each.held_points} of {each.first_points}" for each in awards) or "nothing"


_VERBS: dict[str, Callable[..., str]] = {
    **{verb: _count(verb) for verb in _COMMANDS},
    "spend": _spend,
    "holds": _holds,
    "see": lambda world, member: "",
}
