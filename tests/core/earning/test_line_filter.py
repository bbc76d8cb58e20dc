"""Which lines a rule reads: by item, category, brand, supplier, tag and discount; not these."""

from __future__ import annotations

import json as written

from tests.core.earning.evaluating import facts
from tests.core.earning.trying import fixed, knowing, labelled, sold
from tests.core.programmes import Json, per_amount, programme
from tests.core.scenarios import table
from tests.core.telling import awards_told

SHELF = {
    "GOUDA": ("category:cheese", "category:dairy", "category:food", "brand:alp", "supplier:north", "tag:halal"),
    "MILK": ("category:dairy", "category:food", "brand:farm", "supplier:north"),
    "BREAD": ("category:baked", "category:food", "brand:alp", "supplier:south", "tag:fresh"),
    "SOAP": ("category:care", "brand:farm"),
}
ALL = "GOUDA 1.00, MILK 2.00, BREAD 4.00, SOAP 8.00, UNKNOWN 16.00"
"""Every amount is told apart in a sum: 5 is GOUDA and BREAD."""


def reads(lines: Json, receipt: str) -> str:
    """The whole amount of the lines that a rule with the filter reads."""
    under = programme(per_amount("read", lines=lines))
    assert under.facts_read() == ({"labels"} if under.labels_read() else set())
    known = knowing(facts(), labels=labelled(under, receipt, SHELF)) if under.labels_read() else facts()
    return awards_told(under.evaluate(known, sold(receipt)))


@table("""
    filter                                          | told
    {}                                              | read 31       # nothing named: every line
    {"items": ["MILK"]}                             | read 2
    {"items": ["MILK", "SOAP"]}                     | read 10
    {"items": ["milk"]}                             | -
    {"categories": ["cheese"]}                      | read 1
    {"categories": ["dairy"]}                       | read 3        # what is below it too
    {"categories": ["food"]}                        | read 7
    {"categories": ["cheese", "care"]}              | read 9
    {"categories": ["nothing"]}                     | -
    {"brands": ["alp"]}                             | read 5
    {"brands": ["ALP"]}                             | -
    {"suppliers": ["north"]}                        | read 3
    {"tags": ["fresh"]}                             | read 4
    {"brands": ["cheese"]}                          | -             # a category is no brand
    {"categories": ["cheese"], "brands": ["farm"]}  | read 11       # any of what is named
    {"items": ["SOAP"], "suppliers": ["south"], "tags": ["halal"]} | read 13
""")
def test_any_of_what_is_named(filter: str, told: str) -> None:
    assert reads(written.loads(filter), ALL) == told


@table("""
    filter                                                     | told
    {"not": {"categories": ["food"]}}                          | read 24
    {"categories": ["food"], "not": {"brands": ["alp"]}}       | read 2
    {"categories": ["food"], "not": {"items": ["GOUDA"]}}      | read 6
    {"categories": ["food"], "not": {"categories": ["care"]}}  | read 7
    {"not": {"categories": ["food"], "not": {"brands": ["alp"]}}} | read 29    # all but the food that is not alp's
    {"items": ["MILK"], "not": {"items": ["MILK"]}}            | -
""")
def test_but_not_these(filter: str, told: str) -> None:
    assert reads(written.loads(filter), ALL) == told


@table("""
    filter                                                      | told
    {"discounted": true}                                        | read 10
    {"discounted": false}                                       | read 5
    {"categories": ["dairy"], "discounted": true}               | read 2         # both
    {"categories": ["dairy"], "discounted": false}              | read 1
    {"categories": ["dairy"], "not": {"discounted": true}}      | read 1
    {"not": {"categories": ["dairy"], "discounted": true}}      | read 13
""")
def test_discounted_or_not(filter: str, told: str) -> None:
    assert reads(written.loads(filter), "GOUDA 1.00, MILK 2.00 saved 0.50, BREAD 4.00, SOAP 8.00 reduced") == told


@table("""
    filter                                           | told
    {"tags": ["gift"]}                               | read 18       # on the line itself
    {"tags": ["halal"]}                              | read 5        # of the item, and of a line
    {"tags": ["gift"], "not": {"tags": ["halal"]}}   | read 18
    {"not": {"tags": ["gift", "halal"]}}             | read 8
""")
def test_a_tag_is_one_of_the_item_or_one_of_the_line(filter: str, told: str) -> None:
    receipt = "GOUDA 1.00, MILK 2.00 tagged gift, BREAD 4.00 tagged halal, SOAP 8.00, UNKNOWN 16.00 tagged gift"
    assert reads(written.loads(filter), receipt) == told


@table("""
    filter                                                   | names
    {"items": ["MILK"]}                                      | -
    {"items": ["MILK"], "brands": ["alp"]}                   | brand:alp
    {"categories": ["a", "b"], "not": {"tags": ["fresh"]}}   | category:a category:b tag:fresh
    {"suppliers": ["s"]}                                     | supplier:s
""")
def test_the_labels_that_are_named(filter: str, names: str) -> None:
    inside = {"kind": "items", "lines": written.loads(filter)}
    assert sorted(programme(per_amount(lines=written.loads(filter))).labels_read()) == names.strip("-").split()
    assert sorted(programme(fixed(when=inside)).labels_read()) == names.strip("-").split()
    both = {"kind": "bundle", "of": [written.loads(filter), {"items": ["X"]}]}
    assert sorted(programme(fixed(when={"not": both})).labels_read()) == names.strip("-").split()
