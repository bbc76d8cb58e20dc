"""What no field of a rule shows by itself: references that lead nowhere, and what could not be explained to anybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from wafa.core.earning.caps import CAMPAIGN, LIMITS_PER
from wafa.core.earning.limits import NAME
from wafa.core.earning.rules import Rule
from wafa.core.earning.rules.cashback import Cashback
from wafa.core.earning.rules.per_amount import PerAmount
from wafa.core.ledger.wallet import POINTS
from wafa.core.values.fields import Problem

Placed = Sequence[tuple[str, Rule]]
"""Rules, each with its place in the JSON."""


def faults_of_rules(rules: Placed, tiers: Collection[str], units: Mapping[str, str]) -> Iterable[Problem]:
    """Of each rule in its place; `units` are the kinds of the programme's units by code."""
    codes: set[str] = set()
    for path, rule in rules:
        if rule.code in codes:
            yield f"{path}.code", "code_used_twice"
        codes.add(rule.code)
        if not rule.tiers_named() <= set(tiers):
            yield f"{path}.percent", "tier_unknown"
        if any(not leaf.tiers_named() <= set(tiers) for leaf in rule.leaves()):
            yield f"{path}.when", "tier_unknown"
        if any(cap.per == CAMPAIGN for cap in (rule.cap, *rule.caps) if cap) and not (
            rule.during.first or rule.during.last
        ):
            yield f"{path}.caps", "needs_during"
        yield from _faults_of_unit(path, rule, units)
    yield from _faults_of_bases(rules)
    yield from _faults_of_groups(rules)
    yield from _faults_of_keys(rules)


def _faults_of_unit(path: str, rule: Rule, units: Mapping[str, str]) -> Iterable[Problem]:
    if rule.unit != POINTS and rule.unit not in units:
        yield f"{path}.unit", "unit_unknown"
    elif isinstance(rule, Cashback) and units.get(rule.unit) != "money":
        yield f"{path}.unit", "not_a_unit_of_money"
    if rule.qualifying and rule.unit != POINTS:
        yield f"{path}.qualifying", "only_points_qualify"


def _faults_of_bases(rules: Placed) -> Iterable[Problem]:
    """What builds on a base gives the unit of that base, and the base is not one that may be outdone."""
    bases = {rule.code: rule for _, rule in rules if isinstance(rule, PerAmount)}
    built_on = {code for _, rule in rules if (code := rule.builds_on()) is not None}
    for path, rule in rules:
        base = rule.builds_on()
        if base is not None and base not in bases:
            yield f"{path}.of", "not_a_per_amount_rule"
        elif base is not None and bases[base].unit != rule.unit:
            yield f"{path}.unit", "not_the_unit_of_its_base"
        if rule.group and rule.code in built_on:
            yield f"{path}.group", "others_build_on_it"


def _faults_of_groups(rules: Placed) -> Iterable[Problem]:
    """Which award of a group is the largest can be said of one unit alone."""
    first_of: dict[str, Rule] = {}
    for path, rule in rules:
        if rule.group and first_of.setdefault(rule.group, rule).unit != rule.unit:
            yield f"{path}.group", "group_of_another_unit"


def _faults_of_keys(rules: Placed) -> Iterable[Problem]:
    """Facts hold what caps and budgets leave by keys made of codes ("base/day"): none may stand for two of them."""
    codes: set[str] = set()
    taken = {f"{NAME}/{per}" for per in LIMITS_PER}
    for path, rule in rules:
        keys = set(rule.headroom_read())
        if keys & taken and rule.code not in codes:
            yield f"{path}.code", "code_used_twice"
        codes.add(rule.code)
        taken |= keys
