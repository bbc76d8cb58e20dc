"""Whatever is asked for, in whatever order: after every command all laws hold, and a refusal changes nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.programmes import first_purchase, per_amount, programme_with, rule, tier_percentage
from tests.core.scenarios import play
from tests.core.world import World
from wafa.core.programme import Programme


def rules(**sections: object) -> Programme:
    """Everything in one programme: own terms, a cap, tiers of a year, holds of an hour."""
    return programme_with(
        per_amount(cap={"points": 90, "per": "week"}),
        tier_percentage({"silver": 50}, unless={"items": ["B"]}, available={"kind": "on_event"}),
        first_purchase(50, expiry={"kind": "days", "days": 2}),
        rule(
            "spend_reached", "reached", points=40, minor=6000, per="month", expiry={"kind": "inactivity", "months": 1}
        ),
        tiers="bronze 0, silver 60",
        available={"kind": "after_days", "days": 2},
        expiry={"kind": "days", "days": 9},
        holds={"minutes": 60, "least": 1, "most": 6000},
        transfers={"fee_percent": 10},
        qualification={"measure": "points", "window": {"kind": "rolling_months", "months": 2}},
        **sections,
    )


WORTH = {"points": 10, "minor": 7}
PROGRAMMES = [
    rules(),
    rules(debt="forgive", redemption={"restored": {"kind": "grace", "days": 3}}),
    rules(debt="refuse", redemption={"worth": WORTH}),
]
START = datetime(2011, 3, 21, 9, tzinfo=UTC)

MEMBERS = st.sampled_from(("ann", "bob", "cem"))
EARLIER = st.integers(0, 3).map("#{}".format)
"""The latest thing of the kind that the verb is about, or the third but that."""
POINTS = st.integers(1, 40).map(str)
PARTS = st.sampled_from(("A", "A×2", "A×0.5", "B", "A, B", "A×3"))
GOODS = st.sampled_from(("A×2 20.00", "A×3 61.50", "A 9.99, B 30.00", "B×2 55.00", "A×2 40.00, B×3 15.00"))


def line(verb: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """A verb, and what is asked; when is said later, and by number or key it has its place."""
    return st.tuples(st.just(verb), *parts)


def joined(pattern: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """`{0} of {1}` of two things."""
    return st.tuples(*parts).map(lambda said: pattern.format(*said))


STEPS = st.one_of(
    line("buy", MEMBERS, GOODS),
    line("buy", st.just("-"), GOODS),
    line("back", MEMBERS, PARTS),
    line("back", joined("{0} of {1}", MEMBERS, EARLIER), PARTS),
    line("back", MEMBERS, PARTS, st.just("withheld 50.00")),
    line("swap", joined("{0} of {1}", MEMBERS, EARLIER), joined("{0} for {1}", GOODS, PARTS)),
    line("void", EARLIER),
    line("unback", EARLIER),
    line("redeem", MEMBERS, POINTS),
    line("cancel", EARLIER),
    line("hold", MEMBERS, joined("{0} for {1}", POINTS, st.integers(1, 6000).map(str))),
    line("capture", EARLIER, POINTS),
    line("capture", EARLIER),
    line("release", EARLIER),
    line("adjust", MEMBERS, POINTS),
    line("adjust", MEMBERS, POINTS.map("-{}".format)),
    line("give", joined("{0} to {1}", MEMBERS, MEMBERS), POINTS),
    line("merge", joined("{0} into {1}", MEMBERS, MEMBERS)),
    line("unmerge", EARLIER),
    line("close", st.just("cem")),
    line("open", MEMBERS, joined("{0}, {1} until 2011-03-30, qualifying {2}", POINTS, POINTS, POINTS)),
    line("activate", EARLIER),
    line("move", joined("{0} to {1}", EARLIER, MEMBERS)),
    line("claim", joined("{0} by {1}", EARLIER, MEMBERS)),
    line("settle"),
    line("review", MEMBERS),
)
STORIES = st.lists(st.tuples(st.integers(0, 30), STEPS), max_size=25)
ABOUT = {
    "unback": ("back", "swap"),
    "cancel": ("redeem", "capture"),
    "capture": ("hold",),
    "release": ("hold",),
    "unmerge": ("merge",),
}
SOLD = ("buy", "swap")


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(PROGRAMMES), STORIES)
def test_all_laws_hold(programme: Programme, story: list[tuple[int, tuple[str, ...]]]) -> None:
    world, at = World(programme), START
    verbs = [verb for _, (verb, *_) in story]
    for place, (hours, (verb, *columns)) in enumerate(story):
        at += timedelta(hours=hours)
        there = [str(number) for number, each in enumerate(verbs[:place]) if each in ABOUT.get(verb, SOLD)]
        columns = [_with_names(each, there) for each in columns]
        key = [] if verb in ("settle", "review") else [str(place)]
        play(world, "  ".join([verb, *key, f"{at:%Y-%m-%d %H:%M}", *columns]))


def _with_names(column: str, there: list[str]) -> str:
    """`#0` is the last of those that are there."""
    return re.sub(r"#(\d)", lambda found: next(iter(there[-1 - int(found[1]) :]), "none"), column)
