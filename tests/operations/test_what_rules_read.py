"""Every fact that a rule can read, found when a receipt is counted, kept with it, and never looked up again (law 6)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.db import query
from tests.world import NOON, PLAIN, World, line
from wafa.core.commands import Line, MergeMembers, MoveReceipt, Payment
from wafa.core.earning import facts
from wafa.operations.group_branches import BranchUnknownError, group_branches
from wafa.operations.keep_catalogue import CategoryRow, ItemRow, upsert_categories, upsert_items
from wafa.operations.set_profiles import MemberUnknownError, ProfileRow, set_profiles
from wafa.store.models import Branch, Member

pytestmark = pytest.mark.django_db
SOLD_AT = {"olaya": ("riyadh", "north")}


def fifty(**when: Any) -> dict[str, Any]:
    """50 points under a condition."""
    rule = {"code": "fifty", "kind": "fixed", "points": 50, "name": {"en": "Fifty"}, "when": when}
    return PLAIN | {"rules": [*PLAIN["rules"], rule]}


def shop(*members: str, **when: Any) -> World:
    """A point a riyal, and 50 under a condition; with a catalogue, groups and a profile."""
    world = World(fifty(**when), members or ("amal",))
    upsert_categories(world.id, [CategoryRow("dairy"), CategoryRow("cheese", parent="dairy"), CategoryRow("other")])
    upsert_items(
        world.id,
        [ItemRow("BRIE", category="cheese", brand="lait", supplier="farm", tags=("soft",)), ItemRow("SOAP")],
    )
    group_branches(world.id, SOLD_AT)
    born = date(1990, 6, 3)
    set_profiles(world.id, [ProfileRow(member, born, tags=("vip",)) for member in members or ("amal",)])
    return world


def awarded(outcome: Any) -> bool:
    """Whether the 50 points were given."""
    return "fifty" in {award["rule"] for award in outcome.slip.explanation["awards"]}


def kept(world: World, outcome: Any) -> dict[str, Any]:
    """The facts that the entry keeps."""
    by_id = "SELECT context FROM entry WHERE merchant_id = %s AND document_id = %s"
    more: dict[str, Any] = json.loads(query(by_id, world.id, outcome.slip.id)[0][0]).get("more", {})
    return more


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    facts.MINUTE: ({"kind": "hours", "from": "15:00", "to": "15:01"}, {facts.MINUTE: 900}, True),
    facts.BRANCH: (
        {"kind": "branch", "of": ["group:north"]},
        {facts.BRANCH: "olaya", facts.BRANCH_GROUPS: ["north", "riyadh"]},
        True,
    ),
    facts.CHANNEL: ({"kind": "channel", "of": ["online"]}, {facts.CHANNEL: "online"}, True),
    facts.CURRENCY: ({"kind": "currency", "of": ["EUR"]}, {facts.CURRENCY: "SAR"}, False),
    facts.TAGS: ({"kind": "tag", "of": ["staff"]}, {facts.TAGS: ["staff", "eid"]}, True),
    facts.PAYMENTS: ({"kind": "payment", "of": ["cash"]}, {facts.PAYMENTS: {"mada": 3000, "points": 7000}}, False),
    facts.JALALI: (
        {"kind": "season", "calendar": "jalali", "from": [3, 11], "to": [3, 11]},
        {facts.JALALI: [1390, 3, 11, 31]},
        True,
    ),
    facts.HIJRI: (
        {"kind": "season", "calendar": "hijri", "from": [6, 29], "to": [6, 30]},
        {facts.HIJRI: [1432, 6, 29, 30]},
        True,
    ),
    facts.LABELS: (
        {"kind": "items", "lines": {"categories": ["dairy"], "tags": ["fair"]}},
        {facts.LABELS: {"BRIE": ["category:dairy"]}},
        True,
    ),
    facts.MEMBER_TAGS: ({"kind": "member_tag", "of": ["vip"]}, {facts.MEMBER_TAGS: ["vip"]}, True),
    facts.AGE: ({"kind": "age", "at_least": 21}, {facts.AGE: 20}, False),
    facts.BIRTHDAY_IN: ({"kind": "birthday", "days_before": 2, "days_after": 0}, {facts.BIRTHDAY_IN: -2}, True),
    facts.ENROLMENT_IN: (
        {"kind": "anniversary", "of": "enrolment", "days_before": 3, "days_after": 3},
        {facts.ENROLMENT_IN: -214},
        False,
    ),
    facts.ENROLLED_DAYS: ({"kind": "new_member", "days": 151}, {facts.ENROLLED_DAYS: 151}, True),
    facts.SINCE_LAST: ({"kind": "not_seen", "days": 60}, {facts.SINCE_LAST: None}, False),
    facts.AT_BRANCH: ({"kind": "first_at_branch"}, {facts.AT_BRANCH: 0}, True),
    "visits:month": ({"kind": "visits", "per": "month", "n": 1}, {"visits:month": 0}, True),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_kept_is_exactly_what_the_rules_read(name: str) -> None:
    when, more, gives = CASES[name]
    world = shop(**when)
    outcome = world.buy(
        Line("BRIE", 1000, 10_000, tags=("ripe",)),
        line("SOAP"),
        channel="online",
        tags=("staff", "eid"),
        payments=(Payment("mada", 3000), Payment("points", 5000), Payment("points", 2000)),
    )
    assert kept(world, outcome) == more
    assert awarded(outcome) is gives
    assert world.differences() == []


def test_each_name_has_a_case() -> None:
    elsewhere = {
        facts.REFERRED_PURCHASE,
        facts.BRANCH_GROUPS,
        facts.TOTAL_MINOR,
        facts.FIRST_PURCHASE_IN,
        *facts.VISITS,
    }
    assert set(facts.EVERY) <= set(CASES) | elsewhere


def test_a_programme_that_reads_nothing_keeps_nothing() -> None:
    world = World(PLAIN)
    assert kept(world, world.buy(channel="online")) == {}


def test_the_merchants_hijri_day_may_run_ahead() -> None:
    """1 August 2011 was Ramadan 1, 1432 by Umm al-Qura; where the moon was seen a day later, it was Shaban 30."""
    eve = datetime(2011, 8, 1, 9, tzinfo=UTC)
    ramadan = {"kind": "season", "calendar": "hijri", "from": [9, 1], "to": [9, 30]}
    for shift, day, gives in ((0, [1432, 9, 1, 29], True), (-1, [1432, 8, 30, 30], False), (1, [1432, 9, 2, 29], True)):
        world = shop(**ramadan)
        world.merchant.hijri_shift = shift
        world.merchant.save()
        outcome = world.buy(occurred_at=eve, at=eve)
        assert kept(world, outcome) == {facts.HIJRI: day}
        assert awarded(outcome) is gives


def test_what_is_paid_with_points_earns_nothing() -> None:
    """100 riyals, of which 25 in points: 75 points."""
    world = World(PLAIN | {"exclusions": {"payments": ["points"]}})
    outcome = world.buy(payments=(Payment("cash", 7500), Payment("points", 2500)))
    assert kept(world, outcome) == {facts.PAYMENTS: {"cash": 7500, "points": 2500}, facts.TOTAL_MINOR: 10_000}
    assert world.wallet().available == 75
    world.bring_back(line("TEA", 0))
    assert world.wallet().available == 0
    assert world.differences() == []


def test_tax_stated_for_the_receipt_belongs_to_its_lines() -> None:
    """115 riyals with 15 of tax, of which the tea's 92 carry 12: 100 points. Half of the tea comes back: 40 go."""
    world = World(PLAIN | {"exclusions": {"tax": True}})
    bought = world.purchase(line("TEA", 92, 2), line("CUP", 23), tax_minor=1500)
    world.post(bought)
    assert world.wallet().available == 100
    world.bring_back(line("TEA", 0), of=bought)
    assert world.wallet().available == 60
    assert world.differences() == []


def test_returns_read_what_was_kept_whatever_has_changed_since() -> None:
    world = shop(
        all=[
            {"kind": "items", "lines": {"categories": ["dairy"]}},
            {"kind": "member_tag", "of": ["vip"]},
            {"kind": "branch", "of": ["group:north"]},
            {"kind": "birthday", "days_before": 2, "days_after": 0},
        ]
    )
    bought = world.purchase(line("BRIE", 40, 2), line("SOAP", 60))
    world.post(bought)
    assert world.wallet().available == 150
    upsert_items(world.id, [ItemRow("BRIE", category="other")])
    upsert_categories(world.id, [CategoryRow("cheese")])
    group_branches(world.id, {"olaya": ()})
    set_profiles(world.id, [ProfileRow("amal")])
    world.bring_back(line("BRIE", 0), of=bought)
    assert world.wallet().available == 130  # 20 of 40 came back: still dairy, still hers
    world.bring_back(line("BRIE", 0), of=bought)
    assert world.wallet().available == 60  # no dairy is left
    assert world.differences() == []


def test_a_moved_receipt_is_read_for_whom_it_belongs_to() -> None:
    world = shop("amal", "bilal", kind="member_tag", of=["vip"])
    set_profiles(world.id, [ProfileRow("bilal")])
    bought = world.purchase(line("SOAP"))
    world.post(bought)
    assert world.wallet().available == 150
    world.do(MoveReceipt, receipt=bought.key, to="bilal")
    assert (world.wallet().available, world.wallet("bilal").available) == (0, 100)
    assert world.differences() == []


# --- the history before it --------------------------------------------------------------------------------------------


def test_the_third_visit_of_the_month_also_in_one_batch() -> None:
    world = shop(kind="visits", per="month", n=3)
    outcomes = world.post(*(world.purchase() for _ in range(4)))
    assert [awarded(outcome) for outcome in outcomes] == [False, False, True, False]
    assert [kept(world, outcome)["visits:month"] for outcome in outcomes] == [0, 1, 2, 3]
    assert world.differences() == []


def test_a_visit_that_came_back_whole_is_none() -> None:
    world = shop(kind="visits", per="month", n=2)
    first = world.purchase()
    world.post(first)
    world.bring_back(line("TEA", 0), of=first)
    assert not awarded(world.buy())
    assert awarded(world.buy())
    assert world.differences() == []


def test_the_first_purchase_at_a_branch() -> None:
    world = shop("amal", "bilal", kind="first_at_branch")
    assert [awarded(world.buy(branch=branch)) for branch in ("olaya", "olaya", "airport")] == [True, False, True]
    bought = world.purchase(member="bilal")
    assert [awarded(each) for each in world.post(bought, world.purchase(member="bilal"))] == [True, False]
    world.bring_back(line("TEA", 0), member="bilal", of=bought)
    assert not awarded(world.buy(member="bilal"))
    assert world.differences() == []


def test_what_two_cards_bought_counts_together_once_they_are_merged() -> None:
    world = shop("amal", "bilal", kind="first_at_branch")
    world.buy(member="bilal", branch="airport")
    assert awarded(world.post(world.ask(MergeMembers, member="bilal", into="amal"), world.purchase(branch="olaya"))[1])
    assert not awarded(world.buy(branch="airport"))
    assert world.differences() == []


def test_who_was_not_seen_for_sixty_days() -> None:
    world = shop(kind="not_seen", days=60)
    seen = []
    for days in (0, 59, 119):
        at = NOON + timedelta(days=days)
        world.stand_at(at)
        seen.append((awarded(outcome := world.buy()), kept(world, outcome)[facts.SINCE_LAST]))
    assert seen == [(False, None), (False, 59), (True, 60)]
    assert world.differences() == []


def test_a_year_since_the_first_purchase() -> None:
    world = shop(kind="anniversary", of="first_purchase", days_before=0, days_after=7)
    seen = []
    for days in (0, 364, 366, 374):
        world.stand_at(NOON + timedelta(days=days))
        seen.append(awarded(world.buy()))
    assert seen == [False, False, True, False]
    assert world.differences() == []


def test_a_birthday_in_the_calendar_of_its_date() -> None:
    """Born on 1 Tir 1360, 22 June 1981. In 1390 that day is 22 June 2011; by the Hijri calendar it is 20 Shaban."""
    born, day = date(1981, 6, 22), datetime(2011, 6, 22, 9, tzinfo=UTC)
    for calendar, gives in (("jalali", True), ("gregorian", True), ("hijri", False)):
        world = shop(kind="birthday", days_before=0, days_after=0)
        set_profiles(world.id, [ProfileRow("amal", born, calendar)])
        world.stand_at(day)
        assert awarded(world.buy()) is gives, calendar


# --- caps over all of it ----------------------------------------------------------------------------------------------


def test_a_cap_holds_within_one_batch_too() -> None:
    rule = PLAIN["rules"][0] | {"caps": [{"points": 250, "per": "day"}, {"points": 300, "per": "lifetime"}]}
    world = World(PLAIN | {"rules": [rule]})
    world.post(*(world.purchase() for _ in range(4)))
    assert world.wallet().available == 250
    world.stand_at(NOON + timedelta(days=400))
    world.post(world.purchase(), world.purchase())
    assert world.wallet().available == 300
    assert world.differences() == []


def test_what_comes_back_makes_room_under_a_limit_of_the_programme() -> None:
    other = {"code": "extra", "kind": "fixed", "points": 30, "name": {"en": "Extra"}, "priority": 1}
    rules = [*PLAIN["rules"], other]
    world = World(PLAIN | {"rules": rules, "limits": {"caps": [{"points": 150, "per": "month"}]}})
    bought = world.purchase()
    world.post(bought, world.purchase())
    assert world.wallet().available == 150  # 130, and 20 of 130
    world.bring_back(line("TEA", 0), of=bought)
    assert world.wallet().available == 20
    world.buy()
    assert world.wallet().available == 150
    assert world.differences() == []


# --- who and where ----------------------------------------------------------------------------------------------------


def test_profiles_are_all_kept_or_none() -> None:
    world = World()
    with pytest.raises(MemberUnknownError) as refused:
        set_profiles(world.id, [ProfileRow("amal", tags=("vip",)), ProfileRow("nobody")])
    assert refused.value.numbers == ("nobody",)
    assert Member.objects.of(world.id).get(number="amal").tags == []


def test_a_merged_number_stands_for_the_survivor() -> None:
    world = World(members=("amal", "bilal"))
    world.do(MergeMembers, member="bilal", into="amal")
    set_profiles(world.id, [ProfileRow("bilal", tags=("vip",))])
    assert Member.objects.of(world.id).get(number="amal").tags == ["vip"]
    assert Member.objects.of(world.id).get(number="bilal").tags == []


def test_groups_of_branches_are_all_set_or_none() -> None:
    world = World()
    with pytest.raises(BranchUnknownError) as refused:
        group_branches(world.id, {"olaya": ("north",), "moon": ()})
    assert refused.value.codes == ("moon",)
    assert groups_of_olaya(world) == []
    group_branches(world.id, {"olaya": ("south", "north", "south")})
    assert groups_of_olaya(world) == ["north", "south"]


def groups_of_olaya(world: World) -> list[str]:
    """As they are kept."""
    return list(Branch.objects.of(world.id).get(code="olaya").groups)
