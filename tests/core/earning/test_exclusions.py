"""What earns nothing: items by code, pattern and label, what is discounted, tax, what was paid with points."""

from __future__ import annotations

import json as written
from typing import Any

import pytest

from tests.core.earning.evaluating import awards, facts
from tests.core.earning.trying import knowing, labelled, sold
from tests.core.programmes import Json, first_purchase, per_amount, per_unit, programme, programme_with
from tests.core.scenarios import table
from tests.core.telling import awards_told
from wafa.core.earning import exclusions
from wafa.core.earning.exclusions import Exclusions
from wafa.core.earning.reading import receipt_lines

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


SHELF = {"GOUDA": ["category:cheese", "category:dairy"], "SODA": ["brand:fizz", "supplier:north", "tag:sweet"]}


def given_without(receipt: str, excluded: Json, **more: Any) -> str:
    """What the lines that are left earn: a point for each 1.00."""
    under = programme_with(per_amount(), exclusions=excluded)
    labels = {"labels": labelled(under, receipt, SHELF)} if under.labels_read() else {}
    known = knowing(facts(), **labels, **more)
    assert under.facts_read() == known.more.keys()
    return awards_told(under.evaluate(known, sold(receipt)))


@table("""
    excluded                                      | gives
    {}                                            | base 31
    {"categories": ["dairy"]}                     | base 30       # what is below it too
    {"categories": ["cheese"]}                    | base 30
    {"brands": ["fizz"]}                          | base 29
    {"suppliers": ["north"]}                      | base 29
    {"tags": ["sweet"]}                           | base 29       # of the item
    {"tags": ["delivery"]}                        | base 27       # of the line
    {"tags": ["delivery", "sweet"]}               | base 25
    {"discounted": true}                          | base 23
    {"discounted": false}                         | base 31
    {"items": ["A"], "brands": ["fizz"], "discounted": true, "patterns": ["G*"]} | base 4
    {"brands": ["FIZZ"], "categories": ["nothing"]} | base 31
""")
def test_by_label_by_tag_and_by_discount(excluded: str, gives: str) -> None:
    receipt = "GOUDA 1.00, SODA 2.00, B 4.00 tagged delivery, C 8.00 saved 1.00, A 16.00"
    assert given_without(receipt, written.loads(excluded)) == gives


@table("""
    receipt                     | gives
    A 11.50 tax 1.50            | base 10
    A 11.49 tax 1.50            | base 9
    A 11.50 tax 1.50, B 5.00    | base 15
    A 11.50                     | base 11      # no tax was told
    A 1.00 tax 1.00             | -
""")
def test_amounts_count_without_tax(receipt: str, gives: str) -> None:
    assert given_without(receipt, {"tax": True}) == gives


def test_a_line_without_names_has_neither_tax_nor_discount_nor_tags() -> None:
    assert receipt_lines([("A", 1000, 100, False)]) == sold("A 1.00") == [("A", 1000, 100, False, 0, 0, ())]


def test_tax_and_discounted_goods_count_unless_it_is_said_otherwise() -> None:
    for excluded in ({}, {"tax": False, "discounted": False}):
        assert given_without("A 11.50 tax 1.50, B 3.00 saved 1.00", excluded) == "base 14"


@table("""
    receipt  | total | paid                          | gives
    A 10.00  | 1000  |                               | base 10
    A 10.00  | 1000  | cash 1000                     | base 10
    A 10.00  | 1000  | points 300, cash 700          | base 7
    A 10.00  | 1000  | points 301, cash 699          | base 6      # floor of 6.99
    A 10.00  | 1000  | points 300, gift_card 200     | base 5
    A 10.00  | 1000  | points 1000                   | -
    A 10.00  | 1000  | points 999                    | -
    A 10.00  | 1000  | points 900                    | base 1
    A 10.00  | 1000  | points 1200                   | -           # more than it came to
    A 5.00   | 1000  | points 300, cash 700          | base 3      # half has come back: 70 % of the rest
    A 6.00, POST 4.00 | 1000 | points 500, cash 500  | base 3      # its share of what is not excluded
    A 0.00   | 0     |                               | -
    -        | 1000  | points 300                    | -
""")
def test_the_part_paid_so_earns_nothing(receipt: str, total: str, paid: str, gives: str) -> None:
    payments = {method: int(minor) for method, minor in (part.split() for part in paid.split(", ") if part)}
    excluded: Json = {"items": ["POST"], "payments": ["points", "gift_card"]}
    assert given_without(receipt, excluded, payments=payments, total_minor=int(total)) == gives


def test_a_method_that_is_named_twice_counts_once() -> None:
    told = given_without("A 10.00", {"payments": ["points", "points"]}, payments={"points": 300}, total_minor=1000)
    assert told == "base 7"


def test_tax_and_payments_together() -> None:
    excluded = {"tax": True, "payments": ["points"]}
    told = given_without("A 11.50 tax 1.50", excluded, payments={"points": 575}, total_minor=1150)
    assert told == "base 5"


def test_a_rule_of_some_lines_has_their_share_of_it() -> None:
    under = programme_with(
        per_amount(), per_amount("own", lines={"items": ["A"]}), exclusions={"tax": True, "payments": ["points"]}
    )
    known = knowing(facts(), payments={"points": 500}, total_minor=2000)
    assert awards_told(under.evaluate(known, sold("A 12.00 tax 2.00, B 8.00"))) == "base 13, own 7"
    assert under.eligible_minor(sold("A 12.00 tax 2.00, B 8.00"), known) == 1350


def test_the_eligible_lines_are_those_that_are_left() -> None:
    under = programme_with(per_amount(), exclusions={"discounted": True, "tax": True, "items": ["POST"]})
    receipt = sold("A 12.00 tax 2.00, B 8.00 saved 1.00, POST 3.00")
    assert [line.item for line in under.eligible(receipt)] == ["A"]
    assert under.eligible_minor(receipt) == 1000
