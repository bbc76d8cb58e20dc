"""What the member bought before; a purchase without an eligible amount is not counted as one."""

from __future__ import annotations

from typing import Any

from tests.core.earning.trying import holds
from tests.core.scenarios import table


def known(text: str) -> int | None:
    """`-` is not known, or there was none."""
    return None if text == "-" else int(text)


def earlier(number: str) -> str:
    """So many purchases before this one."""
    return f"bronze, {number} earlier"


@table("""
    before | receipt | third | every_fifth
    0      | A 8.00  | no    | no
    1      | A 8.00  | no    | no
    2      | A 8.00  | yes   | no         # two before: this is the third
    2      | A 0.01  | yes   | no         # a penny is an amount
    2      | A 0.00  | no    | no         # nothing is bought
    2      | -       | no    | no
    3      | A 8.00  | no    | no
    4      | A 8.00  | no    | yes
    4      | A 0.00  | no    | no
    5      | A 8.00  | no    | no
    9      | A 8.00  | no    | yes
    10     | A 8.00  | no    | no
""")
def test_the_third_and_every_fifth_purchase(before: str, receipt: str, third: str, every_fifth: str) -> None:
    assert holds({"kind": "nth_purchase", "n": 3}, receipt, before=earlier(before)) == third
    assert holds({"kind": "nth_purchase", "every": 5}, receipt, before=earlier(before)) == every_fifth


@table("""
    at_branch | receipt | held
    0         | A 8.00  | yes
    0         | A 0.00  | no
    1         | A 8.00  | no
    7         | A 8.00  | no
""")
def test_the_first_at_this_branch(at_branch: str, receipt: str, held: str) -> None:
    assert holds({"kind": "first_at_branch"}, receipt, at_branch=int(at_branch)) == held


@table("""
    since | held
    -     | no          # who never bought has not stayed away
    0     | no
    59    | no
    60    | yes
    61    | yes
    1000  | yes
""")
def test_not_seen_for_sixty_days(since: str, held: str) -> None:
    assert holds({"kind": "not_seen", "days": 60}, since_last=known(since)) == held


@table("""
    since | held
    -     | no
    0     | yes
    30    | yes
    31    | no
""")
def test_a_member_for_at_most_thirty_days(since: str, held: str) -> None:
    assert holds({"kind": "new_member", "days": 30}, enrolled_days=known(since)) == held


def test_on_the_day_of_enrolment_alone() -> None:
    assert holds({"kind": "new_member", "days": 0}, enrolled_days=0) == "yes"
    assert holds({"kind": "new_member", "days": 0}, enrolled_days=1) == "no"


@table("""
    before | receipt | third | from_the_third_on
    0      | A 8.00  | no    | no
    1      | A 8.00  | no    | no
    2      | A 8.00  | yes   | yes
    2      | A 0.00  | no    | no
    3      | A 8.00  | no    | yes
    3      | -       | no    | no
""")
def test_visits_in_a_period(before: str, receipt: str, third: str, from_the_third_on: str) -> None:
    for per in ("day", "week", "month", "year"):
        more: dict[str, Any] = {f"visits:{per}": int(before)}
        assert holds({"kind": "visits", "per": per, "n": 3}, receipt, **more) == third
        assert holds({"kind": "visits", "per": per, "at_least": 3}, receipt, **more) == from_the_third_on


@table("""
    spent  | held
    0      | no
    999.99 | no
    1000   | yes
    1000.01 | yes
""")
def test_so_much_was_spent_before(spent: str, held: str) -> None:
    for per in ("day", "week", "month", "year"):
        condition = {"kind": "spent", "per": per, "at_least_minor": 100_000}
        assert holds(condition, "A 500.00", spent=f"{per} {spent}") == held


@table("""
    number | receipt | first | second
    -      | A 8.00  | no    | no         # nobody brought this member
    1      | A 8.00  | yes   | no
    1      | A 0.00  | no    | no
    2      | A 8.00  | no    | yes
    3      | A 8.00  | no    | no
""")
def test_purchases_of_somebody_who_was_referred(number: str, receipt: str, first: str, second: str) -> None:
    assert holds({"kind": "referred", "n": 1}, receipt, referred_purchase=known(number)) == first
    assert holds({"kind": "referred", "n": 2}, receipt, referred_purchase=known(number)) == second
