"""What a branch changes of the chain's rules, within the bounds that the chain sets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Self

from wafa.core.earning.conditions.one_of import GROUP
from wafa.core.earning.lists import each_if_any, each_with_element, factors
from wafa.core.earning.rules import Rule
from wafa.core.earning.rules.base import AS_IT_IS
from wafa.core.earning.rules.cashback import Cashback
from wafa.core.earning.rules.fixed import Fixed
from wafa.core.earning.rules.per_amount import PerAmount
from wafa.core.earning.rules.per_unit import PerUnit
from wafa.core.values.fields import Fields, Problem

RATED = (PerAmount, PerUnit, Fixed, Cashback)
"""The kinds of rules whose points a branch may change by a factor: those that build on nothing and cap nothing."""


@dataclass(frozen=True, slots=True)
class BranchBounds:
    """What branches may do; without it, nothing."""

    factor_least: Fraction = Fraction(1)
    factor_most: Fraction = Fraction(1)
    may_switch_off: frozenset[str] = frozenset()
    may_add: bool = False

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"factor_least": "0.5", "factor_most": "2", "may_switch_off": ["november"], "may_add": true}"""
        one = Fraction(1)
        bounds = cls(
            fields.ratio("factor_least") if fields.has("factor_least") else one,
            fields.ratio("factor_most") if fields.has("factor_most") else one,
            frozenset(fields.texts("may_switch_off")),
            fields.flag("may_add", default=False),
        )
        if bounds.factor_most < bounds.factor_least:
            fields.problem("factor_most", "below_least")
        fields.done()
        return bounds


@dataclass(frozen=True, slots=True)
class BranchRules:
    """Of one branch, or of a group ("group:riyadh"): rules switched off, points by a factor, rules of its own."""

    branch: str
    off: frozenset[str] = frozenset()
    rates: dict[str, Fraction] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @classmethod
    def read(cls, fields: Fields, element: object, rule: Callable[[Fields], Rule | None]) -> Self:
        """{"branch": "olaya", "off": ["november"], "rates": {"base": "1.5"}, "rules": []}"""
        own = cls(
            fields.text("branch", most=70),
            frozenset(fields.texts("off")),
            factors(fields, "rates", element),
            tuple(each for each in each_if_any(fields, "rules", rule) if each),
        )
        fields.done()
        return own


def read_branch_rules(fields: Fields, rule: Callable[[Fields], Rule | None]) -> list[BranchRules]:
    """The programme's "branch_rules"; may be left out."""
    if not fields.has("branch_rules"):
        return []
    return each_with_element(fields, "branch_rules", lambda inner, element: BranchRules.read(inner, element, rule))


def placed_in(changes: Iterable[BranchRules]) -> list[tuple[str, Rule]]:
    """The rules that branches add, each with its place in the JSON."""
    return [
        (f"branch_rules[{index}].rules[{number}]", rule)
        for index, change in enumerate(changes)
        for number, rule in enumerate(change.rules)
    ]


def rules_at(rules: Iterable[Rule], changes: Iterable[BranchRules]) -> tuple[Rule, ...]:
    """The chain's rules as these changes leave them, followed by those that they add.

    Of two factors for one rule the branch's own holds; of two groups', that of the group that is listed first.
    """
    own_first = sorted(changes, key=lambda change: change.branch.startswith(GROUP))
    off = {code for change in own_first for code in change.off}
    rates: dict[str, Fraction] = {}
    for change in own_first:
        rates = change.rates | rates
    kept = (rule for rule in rules if rule.code not in off)
    changed = [
        replace(rule, rate=rate) if (rate := rates.get(rule.code, AS_IT_IS)) != AS_IT_IS else rule for rule in kept
    ]
    return (*changed, *(rule for change in own_first for rule in change.rules))


def faults_of_branches(
    changes: Sequence[BranchRules], bounds: BranchBounds, rules: Sequence[Rule]
) -> Iterable[Problem]:
    """A branch twice, rules that there are not, and whatever the chain does not allow."""
    by_code = {rule.code: rule for rule in rules}
    for index, change in enumerate(changes):
        path = f"branch_rules[{index}]"
        if change.branch in {other.branch for other in changes[:index]}:
            yield f"{path}.branch", "code_used_twice"
        for code in sorted(change.off):
            if code not in by_code:
                yield f"{path}.off", "rule_unknown"
            elif code not in bounds.may_switch_off:
                yield f"{path}.off", "may_not_switch_off"
        for code, factor in change.rates.items():
            if code not in by_code:
                yield f"{path}.rates.{code}", "rule_unknown"
            elif not isinstance(by_code[code], RATED):
                yield f"{path}.rates.{code}", "has_no_rate"
            elif not bounds.factor_least <= factor <= bounds.factor_most:
                yield f"{path}.rates.{code}", "out_of_bounds"
        if change.rules and not bounds.may_add:
            yield f"{path}.rules", "may_not_add"
    if bounds.may_switch_off - by_code.keys():
        yield "branch_bounds.may_switch_off", "rule_unknown"
