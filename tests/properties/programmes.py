"""Programmes at random, of all five kinds of rules."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.core.programmes import Json, body, first_purchase, multiplier, per_amount, per_unit, tier_percentage

ITEMS = ("A", "B", "C", "POST", "gift_1")
LADDERS = ("bronze 0", "bronze 0, silver 30", "bronze 0, silver 30, gold 100", "bronze 0, silver 1, gold 2")
DURING = (None, None, None, None, "2011-01-01 2011-01-31", "2011-02-28 2011-02-28", "2011-02-01 2012-12-31")


@st.composite
def programme_bodies(draw: st.DrawFn) -> Json:
    """A programme's JSON: one or two bases, then whatever builds on them."""
    ladder = draw(st.sampled_from(LADDERS))
    tiers = [step.split()[0] for step in ladder.split(", ")]
    bases = ["base", "extra"][: draw(st.integers(1, 2))]
    rules = [draw(_bases(code)) for code in bases]
    rules += draw(st.lists(st.one_of(_building(tiers, bases), _standing()), max_size=4))
    for number, rule in enumerate(rules[len(bases) :]):
        rule["code"] = f"{rule['code']}{number}"
    months = draw(st.sampled_from([None, 1, 2, 6]))
    return body(*rules, tiers=ladder, months=months, items=["POST"], patterns=["gift_*"])


def _common() -> st.SearchStrategy[dict[str, Any]]:
    def put(during: str | None, qualifying: bool) -> dict[str, Any]:
        return {"qualifying": qualifying} | ({"during": during} if during else {})

    return st.builds(put, st.sampled_from(DURING), st.booleans())


def _bases(code: str) -> st.SearchStrategy[Json]:
    steps = st.sampled_from([1, 1, 7, 100, 100, 333])
    return st.builds(
        lambda points, step, common: per_amount(code, points=points, per_minor=step, **common),
        st.integers(1, 5),
        steps,
        _common(),
    )


def _building(tiers: list[str], bases: list[str]) -> st.SearchStrategy[Json]:
    factors = st.sampled_from(["1", "1.1", "1.5", "2", "2.75", "3"])
    shares = st.dictionaries(st.sampled_from(tiers), st.sampled_from([1, 25, 50, 133]))
    of = st.sampled_from(bases)
    return st.one_of(
        st.builds(lambda of, factor, common: multiplier(factor, of=of, **common), of, factors, _common()),
        st.builds(lambda of, percent, common: tier_percentage(percent, of=of, **common), of, shares, _common()),
    )


def _standing() -> st.SearchStrategy[Json]:
    items = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3)
    cap = st.sampled_from([None, 1, 7, 20])
    return st.one_of(
        st.builds(
            lambda items, points, cap, common: per_unit(
                *items, points=points, **({"cap_per_receipt": cap} if cap else {}), **common
            ),
            items,
            st.integers(1, 5),
            cap,
            _common(),
        ),
        st.builds(lambda points, common: first_purchase(points, **common), st.integers(1, 100), _common()),
    )
