"""Faults in `unless`, in `cap` and in spend_reached, each named with its place."""

from __future__ import annotations

import json as written

import pytest

from tests.core.programmes import body, per_amount, rule
from tests.core.scenarios import table
from wafa.core.programme import Programme, ProgrammeInvalidError


def problems(*rules: dict[str, object]) -> list[str]:
    """What is wrong with a programme of these rules."""
    with pytest.raises(ProgrammeInvalidError) as raised:
        Programme.read(body(*rules))
    return [f"{path}: {code}" for path, code in raised.value.problems]


@table("""
    unless                          | problem
    {}                              | rules[0].unless.items: missing         # it would never be met
    {"discounted": false}           | rules[0].unless.items: missing
    {"items": []}                   | rules[0].unless.items: not_a_list_of_texts
    {"items": "A"}                  | rules[0].unless.items: not_a_list_of_texts
    {"discounted": 1}               | rules[0].unless.discounted: not_true_or_false
    {"discounted": null}            | rules[0].unless.discounted: not_true_or_false
    {"items": ["A"], "tags": ["x"]} | rules[0].unless.tags: unknown_field
    null                            | rules[0].unless: not_an_object
    true                            | rules[0].unless: not_an_object
""")
def test_what_keeps_a_rule_from_giving(unless: str, problem: str) -> None:
    assert problem in problems(per_amount(unless=written.loads(unless)))


@table("""
    cap                                     | problem
    {}                                      | rules[0].cap.points: missing
    {"points": 5}                           | rules[0].cap.per: missing
    {"per": "day"}                          | rules[0].cap.points: missing
    {"points": 0, "per": "day"}             | rules[0].cap.points: out_of_bounds
    {"points": "5", "per": "day"}           | rules[0].cap.points: not_a_whole_number
    {"points": 5, "per": "year"}            | rules[0].cap.per: unknown_kind
    {"points": 5, "per": null}              | rules[0].cap.per: unknown_kind
    {"points": 5, "per": "day", "for": "x"} | rules[0].cap.for: unknown_field
    null                                    | rules[0].cap: not_an_object
    5                                       | rules[0].cap: not_an_object
""")
def test_a_cap(cap: str, problem: str) -> None:
    assert problem in problems(per_amount(cap=written.loads(cap)))


@table("""
    fields                                                               | problem
    {"minor": 1, "per": "day"}                                           | rules[0].points: missing
    {"points": 1, "per": "day"}                                          | rules[0].minor: missing
    {"points": 1, "minor": 1}                                            | rules[0].per: missing
    {"points": 0, "minor": 1, "per": "day"}                              | rules[0].points: out_of_bounds
    {"points": 1, "minor": 0, "per": "day"}                              | rules[0].minor: out_of_bounds
    {"points": 1, "minor": 1, "per": "year"}                             | rules[0].per: unknown_kind
    {"points": 1, "minor": 1, "per": "day", "cap": {"points": 5, "per": "day"}} | rules[0].cap: unknown_field # its own
""")
def test_spend_reached(fields: str, problem: str) -> None:
    assert problem in problems(rule("spend_reached", "big", **written.loads(fields)))
