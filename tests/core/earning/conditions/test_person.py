"""Who bought: the age, and days of the year that are the member's own. Of what is unknown nothing holds."""

from __future__ import annotations

import pytest

from tests.core.earning.trying import holds
from tests.core.programmes import Json
from tests.core.scenarios import table


def known(text: str) -> int | None:
    """`-` is not known."""
    return None if text == "-" else int(text)


@table("""
    bounds | age | held
    18 25  | 17  | no
    18 25  | 18  | yes
    18 25  | 25  | yes
    18 25  | 26  | no
    18 25  | -   | no
    60 -   | 59  | no
    60 -   | 60  | yes
    60 -   | 101 | yes
    60 -   | -   | no
    - 12   | 0   | yes
    - 12   | 12  | yes
    - 12   | 13  | no
    - 12   | -   | no        # an unknown age is not a small one
""")
def test_age(bounds: str, age: str, held: str) -> None:
    read = zip(("at_least", "at_most"), bounds.split(), strict=True)
    condition: Json = {"kind": "age"} | {name: int(bound) for name, bound in read if bound != "-"}
    assert holds(condition, age=known(age)) == held


@table("""
    before | after | days | held
    -      | -     | -1   | no          # left out: the day itself
    -      | -     | 0    | yes
    -      | -     | 1    | no
    3      | -     | -4   | no
    3      | -     | -3   | yes         # three days before it
    3      | -     | 0    | yes
    3      | -     | 1    | no
    -      | 5     | -1   | no
    -      | 5     | 0    | yes
    -      | 5     | 5    | yes
    -      | 5     | 6    | no
    3      | 5     | -3   | yes
    3      | 5     | 5    | yes
    3      | 5     | -    | no          # it is not known
    180    | 180   | 182  | no
""")
@pytest.mark.parametrize(
    ("condition", "fact"),
    [
        ({"kind": "birthday"}, "birthday_in"),
        ({"kind": "anniversary", "of": "enrolment"}, "enrolment_in"),
        ({"kind": "anniversary", "of": "first_purchase"}, "first_purchase_in"),
    ],
    ids=["birthday", "enrolment", "first_purchase"],
)
def test_days_around_a_day(condition: Json, fact: str, before: str, after: str, days: str, held: str) -> None:
    bounds = {"days_before": known(before), "days_after": known(after)}
    window = {name: bound for name, bound in bounds.items() if bound is not None}
    assert holds(condition | window, **{fact: known(days)}) == held


def test_what_is_unknown_does_not_hold_nor_does_its_contrary_ask_for_it() -> None:
    assert holds({"not": {"kind": "age", "at_least": 18}}, age=None) == "yes"
    assert holds({"not": {"kind": "birthday"}}, birthday_in=None) == "yes"
