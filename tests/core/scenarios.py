"""Scenarios and tables written as aligned text.

A table is a header and rows, cells parted by bars; `@table(TEXT)` runs a test once a row. A story is one
command a line, its columns parted by two or more spaces, and after the arrow what must come of it:

    buy     1    2011-01-05          ann        A×2 20.00, B 5.50    -> +125: base 25, welcome 100
    back    C1   2011-01-06 10:30    ann        A                    -> -10: own 10
    spend        2011-01-08          ann        50
    settle       2011-07-06                                          -> -55
    see          ann                                                 -> available 0, debt 0, tier bronze
    holds        1                                                   -> base 5 of 25, welcome 100 of 100

All verbs that are commands: `tests.core.verbs`. `2011-01-05 at 2011-09-01` happened on the one day and is counted on
the other; without an hour it is noon. An expectation without a colon says the points alone. Whatever stands after # is
a remark. A refusal must leave everything as it was, but for what was due: `play` sees to it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from datetime import tzinfo

import pytest

from tests.core import verbs
from tests.core.goods import goods, instant
from tests.core.telling import seen, told
from tests.core.world import World, photograph
from wafa.core.commands import Command, ReviewTiers, Settle
from wafa.core.decide import decide
from wafa.core.outcomes import Posted, Refused
from wafa.core.snapshot import Snapshot

__all__ = ["commands", "goods", "instant", "play", "table"]


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


def play(world: World, story: str) -> None:
    """Count a story's commands one after another, and compare what came of each."""
    for line in _lines(story):
        said, _, expected = (part.strip() for part in line.partition("->"))
        verb, *columns = re.split(r"\s{2,}", said)
        came = seen(world, columns[0], expected) if verb == "see" else _VERBS.get(verb, _count(verb))(world, *columns)
        if expected and ":" not in expected and re.match(r"[+-]\d", expected):
            came = "; ".join(part.split(":")[0] for part in came.split("; "))
        assert f"{said} -> {came}" == f"{said} -> {expected or came}"


def commands(story: str, zone: tzinfo) -> list[Command]:
    """A story's commands without what comes of them; none may name what an earlier one made."""
    parted = (re.split(r"\s{2,}", line.partition("->")[0].strip()) for line in _lines(story))
    return [verbs.command(verb, columns, zone) for verb, *columns in parted]


def _count(verb: str) -> Callable[..., str]:
    def count(world: World, *columns: str) -> str:
        command = verbs.command(verb, list(columns), world.snapshot.zone, world.named)
        before = copy.deepcopy(world.snapshot)
        [outcome] = world.post(command)
        if isinstance(outcome, Refused):
            _check_that_nothing_came_of_it(before, outcome, world.snapshot)
        if isinstance(outcome, Posted):
            world.named[columns[0]] = outcome.slip.id
        return told(outcome)

    return count


def _check_that_nothing_came_of_it(before: Snapshot, refused: Refused, after: Snapshot) -> None:
    """A refusal leaves everything as it was, but for what was due in the wallets that it touched."""
    for entry in refused.entries:
        decide(before, [Settle(at=entry.posted_at, wallets=(entry.wallet.id,))])
    assert photograph(after) == photograph(before), f"refused {refused.refusal}, and something has changed"


def _spend(world: World, when: str, member: str, points: str) -> str:
    return told(world.spend(member, int(points), instant(when, world.snapshot.zone)))


def _review(world: World, when: str, member: str) -> str:
    at = instant(when, world.snapshot.zone)
    [outcome] = world.post(ReviewTiers(at=at, wallets=(world.wallet(member).id,)))
    return told(outcome)


def _holds(world: World, number: str) -> str:
    awards = world.receipt(number).awards
    return ", ".join(f"{each.rule} {each.held_points} of {each.first_points}" for each in awards) or "nothing"


_VERBS: dict[str, Callable[..., str]] = {"spend": _spend, "review": _review, "holds": _holds}
