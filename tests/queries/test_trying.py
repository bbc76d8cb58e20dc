"""A programme tried on the last receipts: what it would have given, and that nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest

from tests.db import query
from tests.world import DEMO, NOON, PLAIN, World, line
from wafa.core.commands import Payment
from wafa.core.programme import Programme
from wafa.queries.trying import RuleTried, Tried, try_on_last

pytestmark = pytest.mark.django_db
NAME = {"en": "A rule"}


def programme(*rules: dict[str, Any], **more: Any) -> Programme:
    """The demo's tiers, and these rules."""
    named = [{"code": f"r{place}", "name": NAME} | rule for place, rule in enumerate(rules)]
    return Programme.read({"tiers": DEMO["tiers"], "expiry": {"kind": "never"}, "rules": named} | more)


def days(world: World, *after: int, **facts: Any) -> None:
    """Amal buys for 100 riyals on each of these days after the first of June."""
    for day in after:
        world.stand_at(NOON + timedelta(days=day))
        world.buy(line("TEA", 100), **facts)


def receipts(tried: Tried) -> dict[str, int]:
    """On how many receipts each rule would give."""
    return {each.rule: each.receipts for each in tried.rules}


def test_the_version_in_force_gives_what_it_gave() -> None:
    world = World()
    days(world, 0, 1, 2, 160, 161)
    world.buy(line("85123A", 400, 30), line("POST", 9))
    tried = try_on_last(world.merchant, Programme.read(DEMO))
    assert tried.receipts == 6
    assert tried.points == tried.points_then > 0
    assert all(each.points == each.points_then for each in tried.rules)
    assert tried.first_on
    assert tried.first_on.isoformat() == "2011-06-01"


def test_it_is_summed_by_rule_and_writes_nothing() -> None:
    world = World(PLAIN, members=("amal", "badr"))
    days(world, 0, 1)
    days(world, 1, member="badr")
    world.buy(line("TEA", 70), member=None)
    before = world.rows()
    tried = try_on_last(world.merchant, programme(PLAIN["rules"][0] | {"points": 3}, {"kind": "fixed", "points": 50}))
    assert (tried.receipts, tried.points_then, tried.points) == (3, 300, 1050)
    assert tried.rules == (RuleTried("base", "points", 3, 900, 3, 300), RuleTried("r1", "points", 3, 150))
    assert world.rows() == before


def test_the_latest_alone_as_they_were_sold() -> None:
    world = World(PLAIN)
    days(world, 0, 1, 2)
    world.bring_back(line("TEA", 100))
    tried = try_on_last(world.merchant, programme({"kind": "fixed", "points": 1}), 2)
    assert (tried.receipts, tried.points) == (2, 2)
    assert tried.first_on
    assert tried.first_on.isoformat() == "2011-06-02"


def test_another_merchants_receipts_do_not_count() -> None:
    world, other = World(PLAIN), World(PLAIN)
    days(other, 0)
    tried = try_on_last(world.merchant, programme({"kind": "fixed", "points": 1}))
    assert (tried.receipts, tried.points, tried.first_on, tried.last_on) == (0, 0, None, None)


@pytest.mark.parametrize(
    ("when", "given"),
    [
        ({"kind": "nth_purchase", "n": 2}, 1),
        ({"kind": "not_seen", "days": 30}, 1),
        ({"kind": "visits", "per": "month", "n": 2}, 1),
        ({"kind": "spent", "per": "month", "at_least_minor": 10_000}, 2),
        ({"kind": "first_at_branch"}, 1),
        ({"kind": "new_member", "days": 1}, 0),
        ({"kind": "new_member", "days": 1000}, 4),
        ({"kind": "tier", "of": ["bronze"]}, 4),
        ({"kind": "dates", "from": "2011-06-03", "to": "2011-06-03"}, 1),
        ({"kind": "hours", "from": "15:00", "to": "15:01"}, 4),
        ({"kind": "branch", "of": ["olaya"]}, 4),
        ({"kind": "channel", "of": ["app"]}, 4),
        ({"kind": "tag", "of": ["staff"]}, 4),
        ({"kind": "payment", "of": ["mada"]}, 4),
        ({"kind": "currency", "of": ["SAR"]}, 4),
        ({"kind": "season", "calendar": "jalali", "from": [3, 1], "to": [3, 31]}, 3),
        ({"kind": "season", "calendar": "hijri", "from": [7, 1], "to": [7, 2]}, 1),
        ({"kind": "member_tag", "of": ["vip"]}, 0),
        ({"kind": "birthday"}, 0),
        ({"kind": "items", "lines": {"tags": ["hot"]}}, 0),
    ],
    ids=str,
)
def test_what_the_live_version_did_not_read_is_found_all_the_same(when: dict[str, Any], given: int) -> None:
    world = World(PLAIN)
    facts: dict[str, Any] = {"channel": "app", "tags": ("staff",), "payments": (Payment("mada", 10_000),)}
    days(world, 0, 1, 2, 60, **facts)
    tried = try_on_last(world.merchant, programme({"kind": "fixed", "points": 1, "when": when}))
    assert receipts(tried) == {"r0": given}


def test_caps_and_budgets_count_the_receipts_that_were_tried() -> None:
    world = World(PLAIN, members=("amal", "badr"))
    days(world, 0, 1)
    days(world, 1, member="badr")
    each = {"kind": "fixed", "points": 60}
    tried = try_on_last(
        world.merchant,
        programme(each | {"caps": [{"points": 100, "per": "month"}]}, each | {"budget": 70}, each),
    )
    assert [rule.points for rule in tried.rules] == [160, 70, 180]
    limited = programme(each, limits={"caps": [{"points": 90, "per": "month"}]})
    assert try_on_last(world.merchant, limited).points == 150


def test_a_branch_changes_its_own_rules() -> None:
    world = World(PLAIN)
    days(world, 0)
    days(world, 1, branch="airport")
    changed = programme(
        {"kind": "fixed", "points": 10},
        branch_rules=[{"branch": "airport", "rates": {"r0": "2"}}],
        branch_bounds={"factor_most": "2"},
    )
    assert try_on_last(world.merchant, changed).points == 30


def test_a_few_statements_and_less_than_two_seconds_for_a_thousand() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    world = World(members=tuple(f"m{n}" for n in range(50)))
    bought = []
    for n in range(1000):
        lines = [line(f"ITEM-{(n * 7 + k) % 300}", 5 + k) for k in range(10)]
        bought.append(replace(world.purchase(*lines, member=f"m{n % 50}"), occurred_at=NOON + timedelta(minutes=n)))
    world.stand_at(NOON + timedelta(days=3))
    world.post(*(replace(each, at=world.now) for each in bought))
    everything = programme(
        *DEMO["rules"],
        {"kind": "fixed", "points": 1, "when": {"kind": "visits", "per": "month", "at_least": 2}},
        {"kind": "fixed", "points": 1, "when": {"kind": "first_at_branch"}},
        {"kind": "fixed", "points": 1, "lines": {"categories": ["x"], "brands": ["y"]}},
        {"kind": "fixed", "points": 1, "when": {"kind": "birthday"}, "caps": [{"points": 5, "per": "year"}]},
        {"kind": "fixed", "points": 1, "when": {"kind": "spent", "per": "year", "at_least_minor": 1}, "budget": 100},
    )
    query("ANALYZE")
    with CaptureQueriesContext(connection) as statements:
        begun = perf_counter()
        tried = try_on_last(world.merchant, everything)
        took = perf_counter() - begun
    assert tried.receipts == 1000
    assert len(statements) <= 9
    assert took < 2, took
