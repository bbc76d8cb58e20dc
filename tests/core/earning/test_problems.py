"""Rules, limits, exclusions and branches that cannot be: every fault is named with its place."""

from __future__ import annotations

import json as written

import pytest

from tests.core.earning.trying import fixed
from tests.core.programmes import body, multiplier, per_amount, rule, unit
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
    {"points": 5, "per": "quarter"}         | rules[0].cap.per: unknown_kind
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


def refused(change: dict[str, object], *, units: bool = False) -> list[str]:
    """What is wrong with a programme that is otherwise right, with this section instead of its own."""
    plain = body(per_amount(), fixed("visit"), multiplier("2"), tiers="bronze 0, gold 9")
    known = {"units": [unit("stamps"), unit("credit", "money")]} if units else {}
    with pytest.raises(ProgrammeInvalidError) as raised:
        Programme.read(plain | known | change)
    return [f"{path}: {code}" for path, code in raised.value.problems]


@table("""
    fields                                                        | problem
    {"per_receipt": {}}                                           | rules[0].per_receipt.least: missing
    {"per_receipt": {"least": 0}}                                 | rules[0].per_receipt.least: out_of_bounds
    {"per_receipt": {"most": 0}}                                  | rules[0].per_receipt.most: out_of_bounds
    {"per_receipt": {"least": 5, "most": 4}}                      | rules[0].per_receipt.most: below_least
    {"per_receipt": {"least": 5, "max": 4}}                       | rules[0].per_receipt.max: unknown_field
    {"per_receipt": 5}                                            | rules[0].per_receipt: not_an_object
    {"caps": {"points": 5, "per": "day"}}                         | rules[0].caps: not_a_list
    {"caps": [{"points": 5, "per": "decade"}]}                    | rules[0].caps[0].per: unknown_kind
    {"caps": [{"points": 5, "per": "day"}, {"points": 0, "per": "week"}]} | rules[0].caps[1].points: out_of_bounds
    {"caps": [{"points": 5, "per": "day"}, {"points": 6, "per": "day"}]}  | rules[0].caps[1].per: per_used_twice
    {"caps": [{"points": 5, "per": "campaign"}]}                  | rules[0].caps: needs_during
    {"cap": {"points": 5, "per": "campaign"}}                     | rules[0].caps: needs_during
    {"caps": [{"points": 5, "per": "campaign"}], "during": {}}    | rules[0].caps: needs_during
    {"budget": 0}                                                 | rules[0].budget: out_of_bounds
    {"budget": "many"}                                            | rules[0].budget: not_a_whole_number
    {"priority": 1001}                                            | rules[0].priority: out_of_bounds
    {"priority": -1001}                                           | rules[0].priority: out_of_bounds
    {"priority": 1.5}                                             | rules[0].priority: not_a_whole_number
    {"group": ""}                                                 | rules[0].group: not_a_text
    {"group": null}                                               | rules[0].group: not_a_text
    {"lines": []}                                                 | rules[0].lines: not_an_object
    {"lines": {"what": 1}}                                        | rules[0].lines.what: unknown_field
    {"when": {}}                                                  | rules[0].when.kind: missing
    {"unit": "gems"}                                              | rules[0].unit: unit_unknown
    {"unit": "stamps", "available": {"kind": "on_event"}}         | rules[0].available: only_points_wait_for_an_event
    {"unit": ""}                                                  | rules[0].unit: not_a_text
    {"unit": "stamps", "qualifying": true}                        | rules[0].qualifying: only_points_qualify
    {"branches": {"only": ["olaya"]}}                             | rules[0].branches: unknown_field
    {"rate": "2"}                                                 | rules[0].rate: unknown_field
""")
def test_what_every_rule_may_say(fields: str, problem: str) -> None:
    assert problem in refused({"rules": [fixed(**{"points": 5} | written.loads(fields))]}, units=True)


@table("""
    fields                                                                 | problem
    {"kind": "fixed"}                                                      | rules[0].points: missing
    {"kind": "fixed", "points": 0}                                         | rules[0].points: out_of_bounds
    {"kind": "fixed", "points": 5, "items": ["A"]}                         | rules[0].items: unknown_field
    {"kind": "cashback", "unit": "credit"}                                 | rules[0].percent: missing
    {"kind": "cashback", "percent": 2.5, "unit": "credit"}                 | rules[0].percent: not_a_ratio
    {"kind": "cashback", "percent": "0", "unit": "credit"}                 | rules[0].percent: not_a_ratio
    {"kind": "cashback", "percent": "100.01", "unit": "credit"}            | rules[0].percent: out_of_bounds
    {"kind": "cashback", "percent": "2.5"}                                 | rules[0].unit: missing
    {"kind": "cashback", "percent": "2.5", "unit": "stamps"}               | rules[0].unit: not_a_unit_of_money
    {"kind": "cashback", "percent": "2.5", "unit": "points"}               | rules[0].unit: not_a_unit_of_money
    {"kind": "per_amount", "points": 1, "per_minor": 1, "mode": "half"}    | rules[0].mode: unknown_kind
    {"kind": "per_amount", "points": 1, "per_minor": 1, "mode": null}      | rules[0].mode: unknown_kind
    {"kind": "per_unit", "points": 1}                                      | rules[0].items: missing
    {"kind": "per_unit", "points": 1, "items": [], "lines": {}}            | rules[0].items: not_a_list_of_texts
    {"kind": "spend_reached", "points": 1, "minor": 1, "per": "day", "caps": []}  | rules[0].caps: unknown_field
    {"kind": "spend_reached", "points": 1, "minor": 1, "per": "day", "lines": {}} | rules[0].lines: unknown_field
""")
def test_kinds_of_rules(fields: str, problem: str) -> None:
    own = rule("", "own") | written.loads(fields)
    assert problem in refused({"rules": [own]}, units=True)


def test_what_builds_on_a_base_reads_no_lines_and_gives_the_unit_of_its_base() -> None:
    assert refused({"rules": [per_amount(), multiplier("2", lines={})]}) == ["rules[1].lines: unknown_field"]
    stamps = multiplier("2", unit="stamps")
    assert refused({"rules": [per_amount(), stamps]}, units=True) == ["rules[1].unit: not_the_unit_of_its_base"]
    assert refused({"rules": [fixed("base"), multiplier("2")]}) == ["rules[1].of: not_a_per_amount_rule"]


def test_a_base_stands_in_no_group() -> None:
    grouped = [per_amount(group="one"), multiplier("2")]
    assert refused({"rules": grouped}) == ["rules[0].group: others_build_on_it"]
    assert Programme.read(body(per_amount(group="one"), fixed(group="one")))


def test_a_group_gives_one_unit() -> None:
    both = [fixed("a", group="one"), fixed("b", group="one", unit="stamps"), fixed("c", group="two", unit="stamps")]
    assert refused({"rules": both}, units=True) == ["rules[1].group: group_of_another_unit"]


def test_no_rule_has_the_code_of_another_nor_of_its_allowances() -> None:
    caps = [{"points": 5, "per": "day"}]
    cap = {"points": 5, "per": "week"}
    assert refused({"rules": [fixed("a"), fixed("a")]}) == ["rules[1].code: code_used_twice"]
    assert refused({"rules": [fixed("a", caps=caps), fixed("a/day", cap=cap)]}) == ["rules[1].code: code_used_twice"]
    assert refused({"rules": [fixed("a/budget", cap=cap), fixed("a", budget=5)]}) == ["rules[1].code: code_used_twice"]
    assert refused({"rules": [fixed("limits", caps=caps)], "limits": {"caps": caps}}) == [
        "rules[0].code: code_used_twice"
    ]
    assert Programme.read(body(fixed("a", caps=caps), fixed("a/day"), fixed("limits")) | {"limits": {"caps": caps}})


@table("""
    limits                                                      | problem
    {"per_receipt": {"least": 5, "most": 4}}                    | limits.per_receipt.most: below_least
    {"per_receipt": {}}                                         | limits.per_receipt.least: missing
    {"caps": [{"points": 5, "per": "campaign"}]}                | limits.caps[0].per: unknown_kind
    {"caps": [{"points": 5, "per": "day"}, {"points": 6, "per": "day"}]} | limits.caps[1].per: per_used_twice
    {"budget": 5}                                               | limits.budget: unknown_field
    []                                                          | limits: not_an_object
""")
def test_limits_of_the_programme(limits: str, problem: str) -> None:
    assert refused({"limits": written.loads(limits)}) == [problem]


@table("""
    exclusions                      | problem
    {"categories": "dairy"}         | exclusions.categories: not_a_list_of_texts
    {"brands": [5]}                 | exclusions.brands: not_a_list_of_texts
    {"suppliers": null}             | exclusions.suppliers: not_a_list_of_texts
    {"tags": [""]}                  | exclusions.tags: not_a_list_of_texts
    {"discounted": "yes"}           | exclusions.discounted: not_true_or_false
    {"tax": 1}                      | exclusions.tax: not_true_or_false
    {"payments": {"points": 1}}     | exclusions.payments: not_a_list_of_texts
    {"gift_cards": true}            | exclusions.gift_cards: unknown_field
""")
def test_exclusions(exclusions: str, problem: str) -> None:
    assert refused({"exclusions": written.loads(exclusions)}) == [problem]


BOUNDS = {"factor_least": "0.5", "factor_most": "2", "may_switch_off": ["visit"], "may_add": True}


@table("""
    change                                          | problem
    {}                                              | branch_rules[0].branch: missing
    {"branch": ""}                                  | branch_rules[0].branch: not_a_text
    {"branch": "a", "off": ["base"]}                | branch_rules[0].off: may_not_switch_off
    {"branch": "a", "off": ["nothing"]}             | branch_rules[0].off: rule_unknown
    {"branch": "a", "off": "visit"}                 | branch_rules[0].off: not_a_list_of_texts
    {"branch": "a", "rates": {"base": "0.49"}}      | branch_rules[0].rates.base: out_of_bounds
    {"branch": "a", "rates": {"base": "2.01"}}      | branch_rules[0].rates.base: out_of_bounds
    {"branch": "a", "rates": {"base": 2}}           | branch_rules[0].rates.base: not_a_ratio
    {"branch": "a", "rates": {"nothing": "1"}}      | branch_rules[0].rates.nothing: rule_unknown
    {"branch": "a", "rates": {"double": "1"}}       | branch_rules[0].rates.double: has_no_rate
    {"branch": "a", "rates": ["base"]}              | branch_rules[0].rates: not_an_object
    {"branch": "a", "rules": {}}                    | branch_rules[0].rules: not_a_list
    {"branch": "a", "rules": [{"kind": "moon"}]}    | branch_rules[0].rules[0].kind: unknown_kind
    {"branch": "a", "on": []}                       | branch_rules[0].on: unknown_field
""")
def test_what_branches_change(change: str, problem: str) -> None:
    assert refused({"branch_rules": [written.loads(change)], "branch_bounds": BOUNDS}) == [problem]


@table("""
    change                                   | problem
    {"branch": "a", "off": ["visit"]}        | branch_rules[0].off: may_not_switch_off
    {"branch": "a", "rates": {"base": "1.1"}} | branch_rules[0].rates.base: out_of_bounds
    {"branch": "a", "rates": {"base": "0.9"}} | branch_rules[0].rates.base: out_of_bounds
""")
def test_without_bounds_branches_may_do_nothing(change: str, problem: str) -> None:
    assert refused({"branch_rules": [written.loads(change)]}) == [problem]


def test_a_branch_adds_rules_only_where_it_may_and_with_codes_of_their_own() -> None:
    own: dict[str, object] = {"branch": "a", "rules": [fixed("own")]}
    assert refused({"branch_rules": [own]}) == ["branch_rules[0].rules: may_not_add"]
    taken = {"branch": "a", "rules": [fixed("base")]}
    assert refused({"branch_rules": [taken], "branch_bounds": BOUNDS}) == [
        "branch_rules[0].rules[0].code: code_used_twice"
    ]
    other = {"branch": "b", "rules": [fixed("own")]}
    assert refused({"branch_rules": [own, other], "branch_bounds": BOUNDS}) == [
        "branch_rules[1].rules[0].code: code_used_twice"
    ]


def test_a_branch_changes_things_in_one_place() -> None:
    twice = [{"branch": "a", "off": ["visit"]}, {"branch": "group:a"}, {"branch": "a"}]
    assert refused({"branch_rules": twice, "branch_bounds": BOUNDS}) == ["branch_rules[2].branch: code_used_twice"]


@table("""
    bounds                                          | problem
    {"factor_least": "2", "factor_most": "1.5"}     | branch_bounds.factor_most: below_least
    {"factor_least": "1.5"}                         | branch_bounds.factor_most: below_least
    {"factor_most": "0.5"}                          | branch_bounds.factor_most: below_least
    {"factor_least": 0.5}                           | branch_bounds.factor_least: not_a_ratio
    {"may_switch_off": ["nothing"]}                 | branch_bounds.may_switch_off: rule_unknown
    {"may_add": "yes"}                              | branch_bounds.may_add: not_true_or_false
    {"may": 1}                                      | branch_bounds.may: unknown_field
""")
def test_bounds_of_branches(bounds: str, problem: str) -> None:
    assert refused({"branch_bounds": written.loads(bounds)}) == [problem]
