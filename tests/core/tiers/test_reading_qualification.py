"""Qualification as a programme writes it: read strictly, every fault by its path."""

from __future__ import annotations

import json

from tests.core.scenarios import table
from wafa.core.tiers.qualification import LIFETIME_POINTS, Measure, Qualification
from wafa.core.tiers.window import Lifetime
from wafa.core.values.fields import Fields, Problem

LIFETIME = {"kind": "lifetime"}


def reading(body: object) -> tuple[Qualification, list[Problem]]:
    problems: list[Problem] = []
    return Qualification.read(Fields(body, "qualification", problems)), problems


@table("""
    measure | window                                             | read
    points  | {"kind": "lifetime"}                               | Lifetime()
    spend   | {"kind": "calendar_year", "calendar": "hijri"}     | CalendarYear(calendar='hijri')
    visits  | {"kind": "calendar_year", "calendar": "jalali"}    | CalendarYear(calendar='jalali')
    points  | {"kind": "calendar_year", "calendar": "gregorian"} | CalendarYear(calendar='gregorian')
    visits  | {"kind": "rolling_months", "months": 12}           | RollingMonths(months=12)
    points  | {"kind": "rolling_months", "months": 1}            | RollingMonths(months=1)
    points  | {"kind": "rolling_months", "months": 120}          | RollingMonths(months=120)
""")
def test_what_is_written_is_read(measure: str, window: str, read: str) -> None:
    qualification, problems = reading({"measure": measure, "window": json.loads(window)})
    assert not problems
    assert (qualification.measure, str(qualification.window)) == (measure, read)


def test_grace_and_soft_landing_are_read() -> None:
    body = {"measure": "points", "window": LIFETIME, "grace_days": 30, "soft_landing": True}
    assert reading(body) == (Qualification(Measure.POINTS, Lifetime(), 30, True), [])


def test_what_may_be_left_out_is_what_a_programme_without_it_means() -> None:
    assert reading({"measure": "points", "window": LIFETIME}) == (LIFETIME_POINTS, [])


@table("""
    field        | value                                            | problems
    measure      | "stars"                                          | measure: unknown_kind
    measure      | "POINTS"                                         | measure: unknown_kind
    measure      | null                                             | measure: unknown_kind
    window       | null                                             | window: not_an_object, window.kind: missing
    window       | {}                                               | window.kind: missing
    window       | {"kind": "weeks", "weeks": 2}                    | window.kind: unknown_kind
    window       | {"kind": "lifetime", "months": 2}                | window.months: unknown_field
    window       | {"kind": "calendar_year"}                        | window.calendar: missing
    window       | {"kind": "calendar_year", "calendar": "mayan"}   | window.calendar: unknown_kind
    window       | {"kind": "rolling_months"}                       | window.months: missing
    window       | {"kind": "rolling_months", "months": 0}          | window.months: out_of_bounds
    window       | {"kind": "rolling_months", "months": 121}        | window.months: out_of_bounds
    window       | {"kind": "rolling_months", "months": "12"}       | window.months: not_a_whole_number
    window       | {"kind": "rolling_months", "months": 1, "a": 1}  | window.a: unknown_field
    grace_days   | -1                                               | grace_days: out_of_bounds
    grace_days   | 3651                                             | grace_days: out_of_bounds
    grace_days   | null                                             | grace_days: not_a_whole_number
    soft_landing | 1                                                | soft_landing: not_true_or_false
    soft_landing | null                                             | soft_landing: not_true_or_false
    grace        | 3                                                | grace: unknown_field
""")
def test_every_fault_has_its_path(field: str, value: str, problems: str) -> None:
    _, found = reading({"measure": "points", "window": LIFETIME} | {field: json.loads(value)})
    assert ", ".join(f"{path}: {code}" for path, code in found) == ", ".join(
        f"qualification.{problem}" for problem in problems.split(", ")
    )


def test_what_must_be_there_is_missed() -> None:
    _, found = reading({})
    assert {path for path, _ in found} == {f"qualification.{name}" for name in ("measure", "window", "window.kind")}
