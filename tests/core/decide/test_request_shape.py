"""What is wrong with a request in itself, before anybody looks up what it names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.core.programmes import programme
from tests.core.scenarios import commands
from tests.core.telling import told
from tests.core.world import LONDON, World, photograph
from wafa.core.commands import Command
from wafa.core.outcomes import Refused
from wafa.core.refusals import Refusal

SOUND: dict[str, Command] = dict(
    zip(
        ("redeem", "capture", "adjust", "give", "merge", "move", "open"),
        commands(
            """
            redeem   R1  2011-01-05  ann          10
            capture  P1  2011-01-05  H1           10
            adjust   J1  2011-01-05  ann          10
            give     T1  2011-01-05  ann to bob   10
            merge    M1  2011-01-05  ann into bob
            move     W1  2011-01-05  1 to bob
            open     O1  2011-01-05  ann          10
            """,
            LONDON,
        ),
        strict=True,
    )
)
LONG, NUL, NO_UTF_8 = "x" * 61, "a\0b", "half \ud83d of a pair"
TEXTS: list[tuple[str, str, list[Any]]] = [
    *((verb, "key", ["", "x" * 121, NUL, NO_UTF_8]) for verb in SOUND),
    *((verb, "member", ["", LONG, NUL]) for verb in ("redeem", "adjust", "give", "merge", "open")),
    ("give", "to", ["", LONG, NO_UTF_8]),
    ("move", "to", ["", LONG]),
    ("merge", "into", ["", NUL]),
    *((verb, "unit", ["", LONG]) for verb in ("redeem", "adjust", "give", "open")),
    *((verb, field, [LONG, NUL]) for verb in ("redeem", "capture") for field in ("branch", "till", "cashier")),
    *((verb, "reference", [LONG, NUL]) for verb in ("redeem", "capture")),
    *((verb, "purpose", ["", "loan"]) for verb in ("redeem", "capture")),
    ("adjust", "reason", [LONG, NUL]),
    ("adjust", "note", ["x" * 401, NUL]),
    ("adjust", "branch", [LONG]),
    ("move", "receipt", [("till", "", LONG), (NUL, "", "1")]),
]


@pytest.mark.parametrize(("verb", "field", "bad"), TEXTS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_text_that_cannot_be_kept(verb: str, field: str, bad: list[Any]) -> None:
    world = World(programme())
    before = photograph(world.snapshot)
    for each in bad:
        [outcome] = world.post(replace(SOUND[verb], **{field: each}))
        assert outcome == Refused(Refusal.TEXT_NOT_USABLE, {"field": field}), repr(each)
    assert photograph(world.snapshot) == before


@pytest.mark.parametrize("verb", ["redeem", "capture", "give"])
def test_points_are_above_zero_and_within_what_can_be_counted(verb: str) -> None:
    tried = [(0, "points_not_above_zero"), (-1, "points_not_above_zero"), (10**15 + 1, "figure_out_of_range")]
    for points, refusal in tried:
        [outcome] = World(programme()).post(replace(SOUND[verb], points=points))
        assert told(outcome) == f"refused {refusal}"


def test_up_to_the_very_limit_all_is_well() -> None:
    fine: dict[str, dict[str, Any]] = {
        "adjust": {"key": "x" * 120, "note": "ش" * 400, "reason": "y" * 60, "points": 10**15},
        "merge": {"key": "ش" * 120},
    }
    for verb, fields in fine.items():
        [outcome] = World(programme()).post(replace(SOUND[verb], **fields))
        assert not isinstance(outcome, Refused), told(outcome)
