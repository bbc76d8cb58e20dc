"""What holds for every evaluation, whatever the rules."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.core.programmes import first_purchase, multiplier, per_amount, per_unit, programme, rule, tier_percentage
from wafa.core.earning.reading import Facts, ReceiptLine
from wafa.core.programme import Programme
from wafa.core.values.calendar import SPANS

POINTS = st.integers(0, 300)
UNLESS = st.sampled_from([{"discounted": True}, {"items": ["B"]}, {"items": ["X"], "discounted": True}])
CAP = st.fixed_dictionaries({"points": st.integers(1, 200), "per": st.sampled_from(SPANS)})
LINES = st.lists(
    st.tuples(st.sampled_from("ABCX"), st.integers(1, 5000), st.integers(0, 20_000), st.booleans()), max_size=5
)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields, or none."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def programmes(draw: st.DrawFn, caps: st.SearchStrategy[dict[str, Any]] = CAP) -> Programme:
    """One rule of each kind, in the usual order, with and without conditions and caps."""
    more = [draw(optional(unless=UNLESS, cap=caps)) for _ in range(5)]
    reached = {"points": draw(st.integers(1, 200)), "minor": draw(st.integers(1, 20_000))}
    return programme(
        per_amount(**more[0]),
        multiplier("1.5", **more[1]),
        tier_percentage({"bronze": 50}, **more[2]),
        per_unit("A", "B", **more[3]),
        first_purchase(**more[4]),
        rule("spend_reached", "big", per=draw(st.sampled_from(SPANS)), **reached, **draw(optional(unless=UNLESS))),
        items=["X"],
    )


@st.composite
def contexts(draw: st.DrawFn, under: Programme) -> Facts:
    """What a programme's rules read, as the store would bring it."""
    headroom = {each.code: each.cap.headroom(draw(POINTS)) for each in under.rules if each.cap}
    spent = {per: draw(st.integers(0, 20_000)) for each in under.rules for per in each.windows_read()}
    return Facts(date(2011, 11, 30), "bronze", draw(st.integers(0, 1)), headroom, spent)


@given(st.data())
def test_in_the_kept_context_it_gives_the_same_again(data: st.DataObject) -> None:
    under = data.draw(programmes())
    facts, lines = data.draw(contexts(under)), data.draw(LINES)
    kept = json.loads(json.dumps(facts.as_json()))
    assert under.evaluate(Facts.from_json(kept), list(lines)) == under.evaluate(facts, lines)


@given(st.data())
def test_no_rule_gives_more_than_its_headroom_nor_nothing_nor_less(data: st.DataObject) -> None:
    under = data.draw(programmes())
    facts, lines = data.draw(contexts(under)), data.draw(LINES)
    for award in under.evaluate(facts, lines):
        assert 0 < award.points <= facts.headroom.get(award.rule, award.points)
        assert ("headroom" in award.figures) <= (award.points == facts.headroom.get(award.rule))


@given(st.data(), st.lists(LINES, max_size=6))
def test_all_receipts_of_a_period_together_get_no_more_than_the_cap(
    data: st.DataObject, receipts: list[list[ReceiptLine]]
) -> None:
    under = data.draw(programmes())
    given_so_far = {each.code: 0 for each in under.rules}
    spent = 0
    for lines in receipts:
        headroom = {each.code: each.cap.headroom(given_so_far[each.code]) for each in under.rules if each.cap}
        facts = Facts(date(2011, 11, 30), "bronze", 0, headroom, dict.fromkeys(SPANS, spent))
        for award in under.evaluate(facts, lines):
            given_so_far[award.rule] += award.points
        spent += under.eligible_minor(lines)
    assert all(given_so_far[each.code] <= each.cap.points for each in under.rules if each.cap)


@given(st.data())
def test_a_cap_moves_no_other_rule(data: st.DataObject) -> None:
    lines, cap = data.draw(LINES), data.draw(CAP)
    rules = {"free": programme(per_amount(), multiplier("3")), "cut": programme(per_amount(cap=cap), multiplier("3"))}
    facts = Facts(date(2011, 11, 30), "bronze", 0, {"base": data.draw(st.integers(0, cap["points"]))})
    doubled = {name: [a for a in under.evaluate(facts, lines) if a.rule == "double"] for name, under in rules.items()}
    assert doubled["free"] == doubled["cut"]
