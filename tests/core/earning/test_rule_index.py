"""Which rules are asked at all: those that the receipt can match, and none of the others.

That the index changes no award is a property (tests/properties/test_earning.py); here is what it saves.
"""

from __future__ import annotations

import json as written
from typing import Any

from tests.core.earning.evaluating import awards, facts
from tests.core.earning.trying import fixed, knowing, labelled, sold
from tests.core.programmes import Json, multiplier, per_amount, per_unit, programme, programme_with, tier_percentage
from tests.core.scenarios import table
from wafa.core.earning.rule_index import WORTH_IT

OTHERS = [fixed(f"other{number}", lines={"items": [f"OTHER{number}"]}) for number in range(WORTH_IT - 1)]
"""Rules that no receipt here matches: so many that an index is worth it, with one more."""
SHELF = {"GOUDA": ["category:cheese", "category:dairy", "brand:alp"], "SOAP": ["category:care"]}
EVERYWHERE: dict[str, Any] = {
    "channel": "store",
    "branch": "olaya",
    "branch_groups": ["riyadh"],
    "payments": {"mada": 1},
    "tags": ["gift"],
    "member_tags": ["vip"],
    "currency": "SAR",
    "age": 30,
    "labels": {},
}


def asked(rules: list[Json], receipt: str, on: str = "2011-01-05") -> list[str]:
    """The codes of the rules that are asked for the receipt."""
    under = programme(*OTHERS, *rules)
    known = knowing(facts(on=on), **{name: EVERYWHERE[name] for name in under.facts_read()})
    if under.labels_read():
        known = knowing(known, labels=labelled(under, receipt, SHELF))
    assert under.book._index
    return [each.code for each in under.book._index.candidates(under.book.read(known, sold(receipt)))]


@table("""
    lines                                                    | receipt               | asked
    {}                                                       | A 1.00                | own
    {"discounted": true}                                     | A 1.00                | own      # of any goods
    {"not": {"items": ["A"]}}                                | A 1.00                | own
    {"items": ["A"]}                                         | A 1.00                | own
    {"items": ["A"]}                                         | B 1.00                |
    {"items": ["A"]}                                         | -                     |
    {"items": ["A", "B"], "discounted": true}                | B 1.00                | own
    {"categories": ["dairy"]}                                | GOUDA 1.00            | own
    {"categories": ["dairy"]}                                | SOAP 1.00             |
    {"brands": ["alp"], "items": ["SOAP"]}                   | SOAP 1.00             | own
    {"tags": ["gift"]}                                       | A 1.00 tagged gift    | own
    {"tags": ["gift"]}                                       | A 1.00                |
""")
def test_by_the_goods_that_a_rule_reads(lines: str, receipt: str, asked: str) -> None:
    own = written.loads(lines)
    assert asked_for(fixed("own", lines=own), receipt) == asked
    assert asked_for(fixed("own", when={"kind": "items", "lines": own}), receipt) == asked
    assert asked_for(fixed("own", when={"kind": "bundle", "of": [{}, own]}), receipt) == asked


def asked_for(rule: Json, receipt: str) -> str:
    """Its code, where it is asked."""
    return " ".join(asked([rule], receipt))


@table("""
    condition                                                                               | asked
    {"kind": "channel", "of": ["store", "app"]}                                             | own
    {"kind": "channel", "of": ["app"]}                                                      |
    {"kind": "branch", "of": ["malaz"]}                                                     |
    {"kind": "branch", "of": ["malaz", "group:riyadh"]}                                     | own
    {"kind": "payment", "of": ["cash"]}                                                     |
    {"kind": "tag", "of": ["gift"]}                                                         | own
    {"kind": "tag", "of": ["staff"]}                                                        |
    {"kind": "member_tag", "of": ["gift"]}                                                  |
    {"kind": "currency", "of": ["USD"]}                                                     |
    {"kind": "tier", "of": ["bronze"]}                                                      | own
    {"kind": "weekday", "of": ["friday"]}                                                   |
    {"kind": "weekday", "of": ["wednesday"]}                                                | own
    {"kind": "age", "at_least": 99}                                                         | own
    {"not": {"kind": "channel", "of": ["store"]}}                                           | own
    {"any": [{"kind": "channel", "of": ["app"]}, {"kind": "payment", "of": ["cash"]}]}      |
    {"any": [{"kind": "channel", "of": ["app"]}, {"kind": "payment", "of": ["mada"]}]}      | own
    {"any": [{"kind": "channel", "of": ["app"]}, {"kind": "age", "at_least": 99}]}          | own
    {"all": [{"kind": "channel", "of": ["app"]}, {"kind": "age", "at_least": 99}]}          |
    {"all": [{"kind": "channel", "of": ["store"]}, {"kind": "items", "lines": {"items": ["B"]}}]}    |
    {"all": [{"kind": "channel", "of": ["app"]}, {"kind": "items", "lines": {"items": ["A"]}}]}      | own
""")
def test_by_its_condition_of_several_by_the_goods(condition: str, asked: str) -> None:
    assert asked_for(fixed("own", when=written.loads(condition)), "A 1.00") == asked


def test_a_rule_is_found_by_the_rarer_of_its_goods_and_its_condition() -> None:
    store = {"kind": "channel", "of": ["store"]}
    assert asked_for(fixed("own", lines={"items": ["B"]}, when=store), "A 1.00") == ""
    assert asked_for(per_unit("B", code="own", when=store), "A 1.00") == ""
    few = {"kind": "items", "lines": {"items": ["A"]}}
    assert asked_for(fixed("own", lines={"items": ["B", "C"]}, when=few), "B 1.00") == ""
    assert asked_for(fixed("own", lines={"items": ["B", "C"]}, when=few), "A 1.00") == "own"


def test_what_builds_on_a_base_is_found_with_it() -> None:
    rules = [multiplier("2"), tier_percentage({"bronze": 5}), per_amount(lines={"items": ["A"]})]
    assert asked(rules, "A 1.00") == ["base", "double", "tier"]
    assert asked(rules, "B 1.00") == []


@table("""
    on         | asked
    2011-10-31 | own
    2011-11-01 | own november
    2011-11-10 | own november
    2011-11-11 | own november eleven
    2011-11-12 | own november
    2011-11-30 | own november
    2011-12-01 | own
""")
def test_by_the_days_on_which_rules_hold(on: str, asked: str) -> None:
    rules = [
        fixed("own"),
        fixed("november", during="2011-11-01 2011-11-30"),
        fixed("eleven", during="2011-11-11 2011-11-11", lines={"items": ["A"]}),
    ]
    assert " ".join(asked_on(rules, on)) == asked


@table("""
    first      | then
    2011-12-01 | 2011-11-30
    2011-11-30 | 2011-12-01
    2011-10-31 | 2011-11-01
    2011-11-01 | 2011-10-31
""")
def test_days_asked_before_are_of_no_account(first: str, then: str) -> None:
    under = programme(*OTHERS, fixed("november", during="2011-11-01 2011-11-30"))
    for on in (first, then):
        gives = "november 10" if "-11-" in on else "-"
        assert awards(under, "A 1.00", on=on) == gives
        [*found] = under.book._index.candidates(under.book.read(facts(on=on), sold("A 1.00")))
        assert [each.code for each in found] == gives.split()[:1] * (gives != "-")


def test_a_bundle_is_found_by_the_part_that_names_the_fewest() -> None:
    narrow, wide = {"items": ["A"]}, {"items": ["B", "C"]}
    for of in ([narrow, wide], [wide, narrow]):
        rule = fixed("own", when={"kind": "bundle", "of": of})
        assert asked_for(rule, "A 1.00") == "own"
        assert asked_for(rule, "B 1.00") == ""


def asked_on(rules: list[Json], on: str) -> list[str]:
    """The codes of the rules that are asked on that day."""
    return asked(rules, "A 1.00", on)


def test_excluded_goods_find_rules_too() -> None:
    rules = [*OTHERS, fixed("own", when={"kind": "items", "lines": {"items": ["POST"]}})]
    under = programme_with(*rules, exclusions={"items": ["POST"]})
    assert [award.rule for award in under.evaluate(facts(), sold("POST 1.00, A 1.00"))] == ["own"]


def test_so_few_rules_are_asked_one_and_all() -> None:
    assert programme(*OTHERS).book._index is None
    assert programme(*OTHERS, fixed("own")).book._index is not None
