"""Items that earn nothing: by code, and by pattern."""

from __future__ import annotations

import pytest

from tests.core.earning.evaluating import awards
from tests.core.programmes import first_purchase, per_amount, per_unit, programme
from tests.core.scenarios import table
from wafa.core.earning import exclusions
from wafa.core.earning.exclusions import Exclusions

PROGRAMME = programme(
    per_amount(), per_unit("A", "POST"), first_purchase(), items=["POST", "m"], patterns=["gift_0001_*", "*-X"]
)


@table("""
    receipt                       | gives
    POST 9.00                     | -                          # by code
    POST 9.00, A 3.00             | base 3, unit 5, welcome 100
    post 9.00                     | base 9, welcome 100        # case-sensitive
    POSTER 9.00                   | base 9, welcome 100        # the whole code
    m 9.00                        | -
    M 9.00                        | base 9, welcome 100
    gift_0001_20 9.00             | -                          # by pattern
    gift_0001_ 9.00               | -                          # anything may be nothing
    gift_0002_20 9.00             | base 9, welcome 100
    GIFT_0001_20 9.00             | base 9, welcome 100
    a_gift_0001_20 9.00           | base 9, welcome 100        # from the beginning
    A-X 9.00                      | -
    A-Xy 9.00                     | base 9, welcome 100        # to the end
    POST 9.00, m 1.00, A-X 2.00   | -                          # buying a gift card earns nothing, nor does any of these
""")
def test_what_is_excluded_earns_nothing_by_any_rule(receipt: str, gives: str) -> None:
    assert awards(PROGRAMME, receipt) == gives


@table("""
    pattern | item  | excluded
    A.C     | A.C   | yes
    A.C     | ABC   | no           # a full stop is a full stop
    A+      | AA    | no
    A(B)    | A(B)  | yes
    *       | any   | yes
    A*C     | ABBBC | yes
    A*C     | ABBBD | no
""")
def test_a_pattern_is_no_regular_expression(pattern: str, item: str, excluded: str) -> None:
    assert Exclusions((), (pattern,)).exclude(item) == (excluded == "yes")


@table("""
    pattern | item | excluded
    A?      | AB   | no
    A[B]    | AB   | no
    A[B]    | A[B] | yes
""")
def test_only_the_star_stands_for_something_else(pattern: str, item: str, excluded: str) -> None:
    assert Exclusions((), (pattern,)).exclude(item) == (excluded == "yes")


def test_anything_is_anything() -> None:
    assert Exclusions((), ("A*C",)).exclude("A\nB\nC")


def test_asked_again_it_says_the_same_however_many_items_there_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exclusions, "_REMEMBERED", 3)
    excluded = Exclusions(("POST",), ("gift_*",))
    for _ in range(2):
        for number in range(10):
            assert excluded.exclude(f"gift_{number}")
            assert not excluded.exclude(f"{number}_gift")
        assert excluded.exclude("POST")
