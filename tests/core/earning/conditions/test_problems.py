"""Conditions and filters that cannot be: every fault is named with its place."""

from __future__ import annotations

import json as written
from typing import Any

import pytest

from tests.core.earning.trying import fixed
from tests.core.programmes import Json, body, per_amount
from tests.core.scenarios import table
from wafa.core.earning.conditions.tree import CONDITIONS
from wafa.core.programme import Programme, ProgrammeInvalidError


def problems(*rules: Json) -> list[str]:
    """What is wrong with a programme of these rules."""
    with pytest.raises(ProgrammeInvalidError) as raised:
        Programme.read(body(*rules, tiers="bronze 0, gold 9"))
    return [f"{path}: {code}" for path, code in raised.value.problems]


def of_condition(condition: Any) -> str:
    """The first fault of a condition, without the place of its rule."""
    return problems(fixed(when=condition))[0].removeprefix("rules[0].when").removeprefix(".")


@table("""
    condition                                         | problem
    {}                                                | kind: missing
    null                                              | : not_an_object
    []                                                | : not_an_object
    {"kind": "moon"}                                  | kind: unknown_kind
    {"kind": null}                                    | kind: unknown_kind
    {"all": []}                                       | all: empty
    {"any": []}                                       | any: empty
    {"all": {}}                                       | all: not_a_list
    {"any": [5]}                                      | any[0]: not_an_object
    {"any": [{"kind": "moon"}]}                       | any[0].kind: unknown_kind
    {"not": null}                                     | not: not_an_object
    {"not": {"kind": "age"}}                          | not.at_least: missing
    {"all": [{"kind": "first_at_branch"}], "any": []} | any: unknown_field
    {"not": {"kind": "first_at_branch"}, "kind": "age"} | kind: unknown_field
    {"kind": "first_at_branch", "of": 1}              | of: unknown_field
    {"any": [{"all": [{"not": {"kind": "age"}}]}]}    | any[0].all[0].not.at_least: missing
""")
def test_its_shape(condition: str, problem: str) -> None:
    assert of_condition(written.loads(condition)) == problem


@table("""
    condition                                                             | problem
    {"kind": "items"}                                                     | lines: missing
    {"kind": "items", "lines": []}                                        | lines: not_an_object
    {"kind": "items", "lines": {"items": "A"}}                            | lines.items: not_a_list_of_texts
    {"kind": "items", "lines": {"labels": ["A"]}}                         | lines.labels: unknown_field
    {"kind": "items", "lines": {"discounted": null}}                      | lines.discounted: not_true_or_false
    {"kind": "items", "lines": {"not": {}}}                               | lines.not: never_holds
    {"kind": "items", "lines": {"not": {"items": []}}}                    | lines.not: never_holds
    {"kind": "items", "lines": {"not": {"brands": [1]}}}                  | lines.not.brands: not_a_list_of_texts
    {"kind": "items", "lines": {}, "quantity": 2}                         | quantity: not_a_text
    {"kind": "items", "lines": {}, "quantity": "0"}                       | quantity: not_a_quantity
    {"kind": "items", "lines": {}, "quantity": "0.000"}                   | quantity: not_a_quantity
    {"kind": "items", "lines": {}, "quantity": "-1"}                      | quantity: not_a_quantity
    {"kind": "items", "lines": {}, "quantity": "1.2345"}                  | quantity: not_a_quantity
    {"kind": "items", "lines": {}, "quantity": "٣"}                       | quantity: not_a_quantity
    {"kind": "items", "lines": {}, "amount_minor": 0}                     | amount_minor: out_of_bounds
    {"kind": "bundle"}                                                    | of: missing
    {"kind": "bundle", "of": [{"items": ["A"]}]}                          | of: out_of_bounds
    {"kind": "bundle", "of": [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]} | of: out_of_bounds
    {"kind": "bundle", "of": [{}, {"item": []}]}                          | of[1].item: unknown_field
""")
def test_goods(condition: str, problem: str) -> None:
    assert of_condition(written.loads(condition)) == problem


@table("""
    condition                                                             | problem
    {"kind": "amount"}                                                    | at_least_minor: missing
    {"kind": "amount", "at_least_minor": -1}                              | at_least_minor: out_of_bounds
    {"kind": "amount", "at_least_minor": "5"}                             | at_least_minor: not_a_whole_number
    {"kind": "amount", "at_least_minor": 5, "at_most_minor": 4}           | at_most_minor: below_least
    {"kind": "amount", "at_least_minor": 5, "with_tax": 1}                | with_tax: not_true_or_false
    {"kind": "amount", "at_least_minor": 5, "before_discount": "no"}      | before_discount: not_true_or_false
    {"kind": "quantity"}                                                  | at_least: missing
    {"kind": "quantity", "at_least": "2", "at_most": "1.999"}             | at_most: below_least
    {"kind": "quantity", "at_least": "x"}                                 | at_least: not_a_quantity
""")
def test_amounts(condition: str, problem: str) -> None:
    assert of_condition(written.loads(condition)) == problem


@pytest.mark.parametrize("kind", ["branch", "channel", "payment", "currency", "tag", "tier", "member_tag", "weekday"])
def test_one_of_nothing(kind: str) -> None:
    assert of_condition({"kind": kind}) == "of: missing"
    assert of_condition({"kind": kind, "of": []}) == "of: not_a_list_of_texts"
    assert of_condition({"kind": kind, "of": "x"}) == "of: not_a_list_of_texts"
    assert of_condition({"kind": kind, "of": [""]}) == "of: not_a_list_of_texts"


@table("""
    condition                                                             | problem
    {"kind": "weekday", "of": ["friday", "Monday"]}                       | of: not_a_weekday
    {"kind": "hours", "from": "16:00"}                                    | to: missing
    {"kind": "hours", "to": "16:00"}                                      | from: missing
    {"kind": "hours", "from": "16:00", "to": "16:00"}                     | to: never_holds
    {"kind": "hours", "from": "24:00", "to": "16:00"}                     | from: not_a_time
    {"kind": "hours", "from": "4:00", "to": "16:00"}                      | from: not_a_time
    {"kind": "hours", "from": "16:00", "to": "16:60"}                     | to: not_a_time
    {"kind": "hours", "from": "16:00", "to": "25:00"}                     | to: not_a_time
    {"kind": "hours", "from": 16, "to": "18:00"}                          | from: not_a_text
    {"kind": "dates"}                                                     | from: missing
    {"kind": "dates", "from": "2011-02-30"}                               | from: not_a_day
    {"kind": "dates", "from": "2011-11-02", "to": "2011-11-01"}           | to: before_from
    {"kind": "season", "from": [1, 1], "to": [1, 2]}                      | calendar: missing
    {"kind": "season", "calendar": "lunar", "from": [1, 1], "to": [1, 2]} | calendar: unknown_kind
    {"kind": "season", "calendar": "hijri", "to": [1, 2]}                 | from: missing
    {"kind": "season", "calendar": "hijri", "from": 9, "to": [1, 2]}      | from: not_a_list
    {"kind": "season", "calendar": "hijri", "from": [9], "to": [1, 2]}    | from: not_a_month_and_day
    {"kind": "season", "calendar": "hijri", "from": [13, 1], "to": [1, 2]} | from: not_a_month_and_day
    {"kind": "season", "calendar": "hijri", "from": [0, 1], "to": [1, 2]} | from: not_a_month_and_day
    {"kind": "season", "calendar": "hijri", "from": [1, 31], "to": [1, 2]} | from: not_a_month_and_day
    {"kind": "season", "calendar": "jalali", "from": [7, 31], "to": [1, 2]} | from: not_a_month_and_day
    {"kind": "season", "calendar": "jalali", "from": [6, 31], "to": [6, 0]} | to: not_a_month_and_day
    {"kind": "season", "calendar": "gregorian", "from": [2, 30], "to": [3, 1]} | from: not_a_month_and_day
    {"kind": "season", "calendar": "gregorian", "from": [true, 1], "to": [3, 1]} | from: not_a_month_and_day
""")
def test_times(condition: str, problem: str) -> None:
    assert of_condition(written.loads(condition)) == problem


@pytest.mark.parametrize(
    ("calendar", "days"),
    [
        ("gregorian", [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
        ("jalali", [31] * 6 + [30] * 6),
        ("hijri", [30] * 12),
    ],
)
def test_each_month_of_a_season_has_its_days(calendar: str, days: list[int]) -> None:
    for month, last in enumerate(days, start=1):
        season: Json = {"kind": "season", "calendar": calendar, "from": [1, 1], "to": [month, last]}
        assert Programme.read(body(fixed(when=season))).rules[0].when
        for day in (0, last + 1):
            assert of_condition(season | {"to": [month, day]}) == "to: not_a_month_and_day"


@table("""
    condition                                                             | problem
    {"kind": "tier", "of": ["gold", "platinum"]}                          | : tier_unknown
    {"kind": "age", "at_least": 20, "at_most": 19}                        | at_most: below_least
    {"kind": "age", "at_least": null}                                     | at_least: not_a_whole_number
    {"kind": "birthday", "days_before": 181}                              | days_before: out_of_bounds
    {"kind": "birthday", "days_after": -1}                                | days_after: out_of_bounds
    {"kind": "anniversary"}                                               | of: missing
    {"kind": "anniversary", "of": "wedding"}                              | of: unknown_kind
    {"kind": "nth_purchase"}                                              | n: missing
    {"kind": "nth_purchase", "n": 0}                                      | n: out_of_bounds
    {"kind": "nth_purchase", "every": 1}                                  | every: out_of_bounds
    {"kind": "nth_purchase", "n": 3, "every": 5}                          | n: unknown_field
    {"kind": "not_seen", "days": 0}                                       | days: out_of_bounds
    {"kind": "new_member"}                                                | days: missing
    {"kind": "new_member", "days": 36501}                                 | days: out_of_bounds
    {"kind": "visits", "per": "month"}                                    | n: missing
    {"kind": "visits", "n": 3}                                            | per: missing
    {"kind": "visits", "per": "quarter", "n": 3}                          | per: unknown_kind
    {"kind": "visits", "per": "month", "n": 3, "at_least": 3}             | n: unknown_field
    {"kind": "visits", "per": "month", "at_least": 0}                     | at_least: out_of_bounds
    {"kind": "spent", "per": "month"}                                     | at_least_minor: missing
    {"kind": "spent", "per": "lifetime", "at_least_minor": 1}             | per: unknown_kind
    {"kind": "spent", "per": "month", "at_least_minor": 0}                | at_least_minor: out_of_bounds
    {"kind": "referred"}                                                  | n: missing
    {"kind": "referred", "n": 10001}                                      | n: out_of_bounds
""")
def test_persons_and_what_they_bought(condition: str, problem: str) -> None:
    assert of_condition(written.loads(condition)) == problem


@table("""
    condition                                                                                       | problem
    {"all": [{"kind": "weekday", "of": ["friday"]}, {"kind": "weekday", "of": ["monday"]}]}         | all: never_holds
    {"all": [{"kind": "channel", "of": ["app"]}, {"kind": "channel", "of": ["store", "online"]}]}   | all: never_holds
    {"all": [{"kind": "tier", "of": ["gold"]}, {"all": [{"kind": "tier", "of": ["bronze"]}]}]}      | all: never_holds
    {"not": {"all": [{"kind": "tier", "of": ["gold"]}, {"kind": "tier", "of": ["bronze"]}]}}    | not.all: never_holds
""")
def test_what_can_never_hold_is_refused(condition: str, problem: str) -> None:
    assert of_condition(written.loads(condition)) == problem


def test_three_of_a_kind_that_share_nothing_never_hold_though_any_two_might() -> None:
    pairs = [["friday", "monday"], ["monday", "sunday"], ["sunday", "friday"]]
    assert of_condition({"all": [{"kind": "weekday", "of": pair} for pair in pairs]}) == "all: never_holds"


@table("""
    condition
    {"any": [{"kind": "weekday", "of": ["friday"]}, {"kind": "weekday", "of": ["monday"]}]}
    {"all": [{"kind": "tag", "of": ["a"]}, {"kind": "tag", "of": ["b"]}]}
    {"all": [{"kind": "payment", "of": ["a"]}, {"kind": "payment", "of": ["b"]}]}
    {"all": [{"kind": "branch", "of": ["a"]}, {"kind": "branch", "of": ["group:b"]}]}
    {"all": [{"kind": "weekday", "of": ["friday"]}, {"kind": "channel", "of": ["app"]}]}
    {"all": [{"kind": "weekday", "of": ["friday"]}, {"not": {"kind": "weekday", "of": ["monday"]}}]}
    {"kind": "items", "lines": {}}
    {"kind": "hours", "from": "00:00", "to": "24:00"}
""")
def test_what_can_hold_is_not(condition: str) -> None:
    assert Programme.read(body(fixed(when=written.loads(condition)))).rules[0].when


@pytest.mark.parametrize("wrap", ["not", "all", "any"])
def test_conditions_nine_deep_are_too_deep_however_deep_they_are(wrap: str) -> None:
    for levels in (8, 9, 400):
        condition: Any = {"kind": "first_at_branch"}
        for _ in range(levels):
            condition = {wrap: condition if wrap == "not" else [condition]}
        deep = ".".join(["not"] * 8) if wrap == "not" else ".".join([f"{wrap}[0]"] * 8)
        assert f"rules[0].when.{deep}: too_deep" in problems(fixed(when=condition))


def test_filters_nine_deep_are_too_deep_however_deep_they_are() -> None:
    for levels, is_too_deep in [(7, False), (8, True), (9, True), (400, True)]:
        lines: Any = {"items": ["A"]}
        for _ in range(levels):
            lines = {"not": lines}
        if is_too_deep:
            assert problems(per_amount(lines=lines)) == [f"rules[0].lines{'.not' * 8}: too_deep"]
        else:
            assert Programme.read(body(per_amount(lines=lines))).rules[0].lines


def test_the_place_of_a_fault_is_told_from_the_programme_down() -> None:
    own = fixed("own", when={"all": [{"kind": "weekday", "of": ["friday"]}, {"any": [{"kind": "age", "of": 1}]}]})
    with pytest.raises(ProgrammeInvalidError) as raised:
        Programme.read(
            body(per_amount())
            | {"branch_rules": [{"branch": "olaya", "rules": [own]}], "branch_bounds": {"may_add": True}}
        )
    place = "branch_rules[0].rules[0].when.all[1].any[0]"
    assert raised.value.problems == ((f"{place}.at_least", "missing"), (f"{place}.of", "unknown_field"))


def test_every_kind_is_strict() -> None:
    for kind in CONDITIONS:
        assert "rules[0].when.surprise: unknown_field" in problems(fixed(when={"kind": kind, "surprise": 1}))
