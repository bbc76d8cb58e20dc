"""When points can be spent, as it is written."""

from __future__ import annotations

import json as written

from tests.core.scenarios import table
from wafa.core.values.availability import Availability
from wafa.core.values.fields import Fields, Problem


def read(json: str) -> tuple[Availability, list[Problem]]:
    """What was read, and what was wrong with it."""
    problems: list[Problem] = []
    return Availability.read(Fields(written.loads(json), "available", problems)), problems


@table("""
    json                                | kind       | days
    {"kind": "at_once"}                 | at_once    | 0
    {"kind": "after_days", "days": 14}  | after_days | 14
    {"kind": "after_days", "days": 3660} | after_days | 3660
    {"kind": "on_event"}                | on_event   | 0
""")
def test_the_three_kinds(json: str, kind: str, days: str) -> None:
    assert read(json) == (Availability(kind, int(days)), [])


@table("""
    json                                 | place          | problem
    {}                                   | available.kind | missing
    {"kind": "soon"}                     | available.kind | unknown_kind
    {"kind": "after_days"}               | available.days | missing
    {"kind": "after_days", "days": 0}    | available.days | out_of_bounds
    {"kind": "after_days", "days": 3661} | available.days | out_of_bounds
    {"kind": "after_days", "days": "14"} | available.days | not_a_whole_number
    {"kind": "at_once", "days": 14}      | available.days | unknown_field
    {"kind": "on_event", "days": 14}     | available.days | unknown_field
    "at_once"                            | available      | not_an_object
""")
def test_faults_are_named_with_their_place(json: str, place: str, problem: str) -> None:
    assert (place, problem) in read(json)[1]


def test_points_are_to_be_spent_at_once_where_nothing_is_said() -> None:
    assert Availability() == read('{"kind": "at_once"}')[0]
