"""What a branch, or a group of branches, changes of the chain's rules."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.core.earning.evaluating import awards, facts, lines
from tests.core.earning.trying import fixed, knowing
from tests.core.programmes import Json, multiplier, per_amount, per_unit, programme_with
from tests.core.scenarios import table
from tests.core.telling import awards_told
from wafa.core.earning.branches import BranchBounds
from wafa.core.programme import Programme

BOUNDS = {"factor_least": "0.5", "factor_most": "2", "may_switch_off": ["visit", "double"], "may_add": True}


def chain(*changes: Json, **more: Any) -> Programme:
    """A chain with a base, its double and points for a visit; what its branches change of that."""
    rules = per_amount(), multiplier("2"), fixed("visit", 10)
    return programme_with(*rules, branch_rules=list(changes), branch_bounds=BOUNDS, **more)


def at(under: Programme, branch: str, groups: str = "", receipt: str = "A 8.00") -> str:
    """What a receipt is given at a branch in these groups."""
    known = knowing(facts(), branch=branch, branch_groups=groups.split())
    return awards_told(under.evaluate(known, lines(receipt)))


@table("""
    branch | groups | gives
    olaya  |        | base 8, double 8
    malaz  |        | base 8, double 8, visit 10
    malaz  | riyadh | base 8, visit 10
    olaya  | riyadh | base 8                     # what either switches off
    riyadh |        | base 8, double 8, visit 10 # a branch is not a group of its name
           |        | base 8, double 8, visit 10
""")
def test_rules_switched_off(branch: str, groups: str, gives: str) -> None:
    under = chain({"branch": "olaya", "off": ["visit"]}, {"branch": "group:riyadh", "off": ["double"]})
    assert at(under, branch, groups) == gives


@table("""
    branch | groups         | receipt | gives
    olaya  |                | A 8.00  | base 12, double 12, visit 10
    olaya  |                | A 5.00  | base 7, double 7, visit 10        # 7.5: floor, once for the receipt
    olaya  |                | A 0.99  | visit 10
    malaz  |                | A 8.00  | base 8, double 8, visit 10
    malaz  | riyadh         | A 8.00  | base 4, double 4, visit 20
    olaya  | riyadh         | A 8.00  | base 12, double 12, visit 20      # the branch's own goes before its group's
    corno  | riyadh central | A 8.00  | base 4, double 4, visit 20        # of groups the one that is listed first
    corno  | central riyadh | A 8.00  | base 4, double 4, visit 20
    corno  | central        | A 8.00  | base 16, double 16, visit 10
""")
def test_points_by_a_factor(branch: str, groups: str, receipt: str, gives: str) -> None:
    under = chain(
        {"branch": "group:riyadh", "rates": {"base": "0.5", "visit": "2"}},
        {"branch": "olaya", "rates": {"base": "1.5"}},
        {"branch": "group:central", "rates": {"base": "2"}},
    )
    assert at(under, branch, groups, receipt) == gives


def test_a_changed_rate_says_so() -> None:
    under = chain({"branch": "olaya", "rates": {"base": "1.50", "visit": "1"}})
    base, _, visit = under.evaluate(knowing(facts(), branch="olaya", branch_groups=[]), lines("A 5.00"))
    assert {name: base.figures[name] for name in ("rate", "unrated")} == {"rate": "1.5", "unrated": 5}
    assert "rate" not in visit.figures


@table("""
    branch | groups | gives
    olaya  |        | base 8, double 8, visit 10, own 3
    malaz  | riyadh | base 8, double 8, visit 10, unit 5
    olaya  | riyadh | base 8, double 8, visit 10, own 3, unit 5
    malaz  |        | base 8, double 8, visit 10
""")
def test_rules_of_their_own(branch: str, groups: str, gives: str) -> None:
    under = chain({"branch": "group:riyadh", "rules": [per_unit("A")]}, {"branch": "olaya", "rules": [fixed("own", 3)]})
    assert at(under, branch, groups) == gives


def test_a_rule_of_a_branch_may_build_on_the_chains_base_and_share_its_groups() -> None:
    own = [multiplier("3", "triple"), fixed("gift", 99, group="one")]
    under = programme_with(
        per_amount(),
        fixed("visit", 10, group="one"),
        branch_rules=[{"branch": "olaya", "rules": own}],
        branch_bounds=BOUNDS | {"may_switch_off": []},
    )
    assert at(under, "olaya") == "base 8, triple 16, gift 99"
    assert at(under, "malaz") == "base 8, visit 10"


def test_the_bounds_of_a_receipt_come_after_the_factor() -> None:
    under = programme_with(
        per_amount(per_receipt={"least": 5, "most": 10}),
        branch_rules=[{"branch": "low", "rates": {"base": "0.5"}}, {"branch": "high", "rates": {"base": "2"}}],
        branch_bounds={"factor_least": "0.5", "factor_most": "2"},
    )
    assert [at(under, branch) for branch in ("low", "high", "other")] == ["-", "base 10", "base 8"]


def test_what_a_programme_reads_is_what_its_branches_read_too() -> None:
    dairy = {"kind": "items", "lines": {"categories": ["dairy"]}}
    cap = {"points": 5, "per": "week"}
    spent = {"kind": "spent", "per": "year", "at_least_minor": 1}
    own = fixed("own", when={"all": [dairy, {"kind": "channel", "of": ["app"]}, spent]}, caps=[cap], budget=9)
    under = chain({"branch": "olaya", "rules": [own]})
    assert under.facts_read() == {"branch", "branch_groups", "labels", "channel"}
    assert under.labels_read() == {"category:dairy"}
    assert under.windows_read() == {"year"}
    assert [each.key for each in under.allowances()] == ["own/week"]
    assert under.budgets() == {"own": 9}
    assert under.kind_of("own") == "fixed"


def test_without_branch_rules_nobody_asks_for_the_branch() -> None:
    assert chain().facts_read() == frozenset()
    assert awards(chain(), "A 8.00") == "base 8, double 8, visit 10"


def test_a_branch_without_changes_has_the_chains_rules_and_one_with_them_is_made_once() -> None:
    under = chain({"branch": "olaya", "off": ["visit"]})
    assert under.at("malaz").rules == under.rules
    assert under.at("olaya") is under.at("olaya", ["riyadh"])
    assert [each.code for each in under.at("olaya").rules] == ["base", "double"]


def test_nothing_is_allowed_that_is_not_said() -> None:
    assert BranchBounds() == BranchBounds(Fraction(1), Fraction(1), frozenset(), may_add=False)
    assert programme_with(per_amount(), branch_bounds={}).branch_rules == ()


def test_what_lasts_otherwise_at_a_branch_is_known() -> None:
    own = fixed("own", expiry={"kind": "never"})
    under = chain({"branch": "olaya", "rules": [own]})
    assert under.terms_of("own") != under.terms_of("base") == under.terms


def test_with_branch_rules_nothing_is_evaluated_without_the_branch() -> None:
    with pytest.raises(KeyError, match="branch"):
        chain({"branch": "olaya", "off": ["visit"]}).evaluate(facts(), lines("A 8.00"))
