"""A programme names exactly the facts that it reads: with those it is evaluated, and without one of them it is not."""

from __future__ import annotations

import json as written
from dataclasses import replace
from typing import Any

import pytest

from tests.core.earning.evaluating import facts
from tests.core.earning.trying import fixed, knowing, sold
from tests.core.programmes import Json, first_purchase, multiplier, per_amount, programme, programme_with, rule, unit
from tests.core.scenarios import table
from wafa.core.earning.facts import EVERY
from wafa.core.programme import Programme

KNOWN: dict[str, Any] = {
    "minute": 1000,
    "branch": "olaya",
    "branch_groups": ["riyadh"],
    "channel": "app",
    "currency": "SAR",
    "tags": ["staff"],
    "payments": {"mada": 800},
    "total_minor": 800,
    "jalali": [1390, 1, 1, 31],
    "hijri": [1432, 9, 1, 29],
    "labels": {"A": ["category:dairy"]},
    "member_tags": ["vip"],
    "age": 30,
    "birthday_in": 0,
    "enrolment_in": 0,
    "first_purchase_in": 0,
    "enrolled_days": 1,
    "since_last": 100,
    "at_branch": 0,
    "referred_purchase": 1,
    "visits:day": 2,
    "visits:week": 2,
    "visits:month": 2,
    "visits:year": 2,
}
"""A value for each fact, such that the conditions below hold."""


def needs_exactly(under: Programme, known_names: set[str]) -> None:
    """Evaluated and tried with these facts; with any of them left out it is a mistake, not a guess."""
    known = knowing(
        facts("bronze, 2 earlier", spent=", ".join(f"{per} 100" for per in sorted(under.windows_read()))),
        **{name: KNOWN[name] for name in known_names},
    )
    receipt = sold("A×3 8.00 tagged gift, B 2.00")
    assert under.facts_read() == known_names
    assert under.evaluate(known, receipt)
    assert under.explain(known, receipt)
    for name in known_names:
        fewer = replace(known, more={key: value for key, value in known.more.items() if key != name})
        with pytest.raises(KeyError, match=name):
            under.evaluate(fewer, receipt)
    for per in under.windows_read():
        with pytest.raises(KeyError, match=per):
            under.evaluate(replace(known, spent={}), receipt)


CONDITIONS = """
    condition                                                                 | facts
    {"kind": "items", "lines": {"items": ["A"]}}                              | -
    {"kind": "items", "lines": {"categories": ["dairy"]}}                     | labels
    {"kind": "items", "lines": {"not": {"tags": ["halal"]}}}                  | labels
    {"kind": "bundle", "of": [{"items": ["A"]}, {"items": ["A"]}]}            | -
    {"kind": "bundle", "of": [{"items": ["B"]}, {"categories": ["dairy"]}]}   | labels
    {"kind": "amount", "at_least_minor": 1, "with_tax": false}                | -
    {"kind": "quantity", "at_least": "1"}                                     | -
    {"kind": "branch", "of": ["olaya"]}                                       | branch
    {"kind": "branch", "of": ["group:riyadh"]}                                | branch branch_groups
    {"kind": "channel", "of": ["app"]}                                        | channel
    {"kind": "payment", "of": ["mada"]}                                       | payments
    {"kind": "currency", "of": ["SAR"]}                                       | currency
    {"kind": "tag", "of": ["staff"]}                                          | tags
    {"kind": "weekday", "of": ["wednesday"]}                                  | -
    {"kind": "hours", "from": "16:00", "to": "18:00"}                         | minute
    {"kind": "dates", "from": "2011-01-01"}                                   | -
    {"kind": "season", "calendar": "gregorian", "from": [1, 1], "to": [1, 9]} | -
    {"kind": "season", "calendar": "jalali", "from": [1, 1], "to": [1, 9]}    | jalali
    {"kind": "season", "calendar": "hijri", "from": [9, 1], "to": [9, 30]}    | hijri
    {"kind": "tier", "of": ["bronze"]}                                        | -
    {"kind": "member_tag", "of": ["vip"]}                                     | member_tags
    {"kind": "age", "at_least": 18}                                           | age
    {"kind": "birthday"}                                                      | birthday_in
    {"kind": "anniversary", "of": "enrolment"}                                | enrolment_in
    {"kind": "anniversary", "of": "first_purchase"}                           | first_purchase_in
    {"kind": "nth_purchase", "n": 3}                                          | -
    {"kind": "first_at_branch"}                                               | at_branch
    {"kind": "not_seen", "days": 60}                                          | since_last
    {"kind": "new_member", "days": 30}                                        | enrolled_days
    {"kind": "visits", "per": "day", "n": 3}                                  | visits:day
    {"kind": "visits", "per": "week", "n": 3}                                 | visits:week
    {"kind": "visits", "per": "month", "at_least": 3}                         | visits:month
    {"kind": "visits", "per": "year", "at_least": 3}                          | visits:year
    {"kind": "spent", "per": "week", "at_least_minor": 1}                     | -
    {"kind": "spent", "per": "year", "at_least_minor": 1}                     | -
    {"kind": "referred", "n": 1}                                              | referred_purchase
"""


@table(CONDITIONS)
def test_of_a_condition(condition: str, facts: str) -> None:
    needs_exactly(programme(fixed(when=written.loads(condition))), set(facts.strip("-").split()))


@table(CONDITIONS)
def test_of_a_condition_inside_others(condition: str, facts: str) -> None:
    inside = {"all": [{"not": {"not": written.loads(condition)}}, {"any": [written.loads(condition)]}]}
    needs_exactly(programme(fixed(when=inside)), set(facts.strip("-").split()))


@table(CONDITIONS)
def test_of_many_rules_that_are_found_by_an_index(condition: str, facts: str) -> None:
    many = [fixed(f"visit{number}", when=written.loads(condition)) for number in range(9)]
    needs_exactly(programme(*many), set(facts.strip("-").split()))


@table("""
    lines                                              | facts
    {}                                                 | -
    {"items": ["A"], "discounted": false}              | -
    {"not": {"items": ["A"]}}                          | -
    {"brands": ["x"], "items": ["B"]}                  | labels
    {"not": {"suppliers": ["x"]}}                      | labels
    {"tags": ["gift"]}                                 | labels       # an item's or a line's
""")
def test_of_the_lines_that_a_rule_reads(lines: str, facts: str) -> None:
    needs_exactly(programme(per_amount(lines=written.loads(lines))), set(facts.strip("-").split()))


@table("""
    excluded                                           | facts
    {}                                                 | -
    {"items": ["X"], "patterns": ["Y*"]}               | -
    {"discounted": true, "tax": true}                  | -
    {"tags": ["halal"]}                                | labels
    {"categories": ["meat"]}                           | labels
    {"payments": ["points"]}                           | payments total_minor
""")
def test_of_what_is_excluded(excluded: str, facts: str) -> None:
    under = programme_with(per_amount(), exclusions=written.loads(excluded))
    needs_exactly(under, set(facts.strip("-").split()))


def test_every_fact_has_its_reader() -> None:
    named = {name for line in CONDITIONS.splitlines()[2:] for name in line.rpartition("|")[2].strip(" -").split()}
    assert named | {"total_minor"} == set(EVERY)
    assert KNOWN.keys() == set(EVERY)


def test_plain_rules_read_nothing_more() -> None:
    under = programme(per_amount(), multiplier("2"), first_purchase())
    assert under.facts_read() == under.labels_read() == under.windows_read() == frozenset()
    assert (under.allowances(), under.budgets()) == ((), {})


def test_spending_is_read_by_conditions_and_by_sums_to_reach() -> None:
    spent = {"kind": "spent", "per": "year", "at_least_minor": 1}
    big = rule("spend_reached", "big", points=5, minor=1000, per="month", when={"any": [spent]})
    assert programme(big, fixed(when={"not": spent | {"per": "day"}})).windows_read() == {"month", "year", "day"}


def test_the_headroom_that_is_read_is_that_of_the_allowances_and_budgets() -> None:
    cap: Json = {"points": 500, "per": "day"}
    under = programme_with(
        per_amount(cap=cap, caps=[cap | {"per": "week"}], budget=500),
        fixed("stamp", 1, unit="stamps", caps=[cap]),
        limits={"caps": [cap | {"per": "year"}]},
        units=[unit("stamps")],
    )
    keys = [each.key for each in under.allowances()]
    keys += [each.budget_key() for each in under.rules if each.code in under.budgets()]
    assert sorted(keys) == ["base", "base/budget", "base/week", "limits/year", "stamp/day"]
    known = replace(facts(), headroom=dict.fromkeys(keys, 500))
    assert len(under.evaluate(known, sold("A 8.00"))) == 2
    for key in keys:
        fewer = {name: room for name, room in known.headroom.items() if name != key}
        with pytest.raises(KeyError, match=key):
            under.evaluate(replace(known, headroom=fewer), sold("A 8.00"))
