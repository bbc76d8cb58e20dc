"""A programme's rules, ready to evaluate: put in order, indexed, with what is excluded and what limits them all.

A receipt goes through them thus: what is excluded is left out; then of each rule its conditions, its points, and its
bounds for a receipt; then of each group the largest alone is left; then each rule's caps and its budget cut; then the
limits of the programme cut, in the order of priority, then rule code.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any, cast

from wafa.core.earning.caps import Allowance
from wafa.core.earning.exclusions import NOTHING_ELSE, Exclusions
from wafa.core.earning.limits import Limits
from wafa.core.earning.reading import NO_FACTS, Award, Facts, PlainLine, Reading, ReceiptLine, receipt_lines
from wafa.core.earning.rule_index import WORTH_IT, RuleIndex
from wafa.core.earning.rules import Rule
from wafa.core.ledger.wallet import POINTS

NO_LIMITS = Limits()
Drafted = list[tuple[Rule, int, dict[str, Any]]]


class RuleBook:
    """Rules as they hold together. Reads nothing but what it is given, so evaluating again gives the same again."""

    def __init__(self, rules: tuple[Rule, ...], exclusions: Exclusions, limits: Limits = NO_LIMITS) -> None:
        self.rules, self.exclusions, self.limits = rules, exclusions, limits
        self._order = sorted(rules, key=lambda rule: rule.builds_on() is not None)
        self._index = RuleIndex(self._order) if len(rules) >= WORTH_IT else None
        listed = {rule.code: place for place, rule in enumerate(rules)}
        self._place = listed if self._order != list(rules) else None
        self._priorities = {rule.code: rule.priority for rule in rules}
        # What reads lines by place alone, as plain programmes do, is spared the naming of their fields.
        self._names_fields = exclusions.also != NOTHING_ELSE or any(rule.when or rule.lines for rule in rules)
        self._are_grouped = any(rule.group for rule in rules)

    def read(self, facts: Facts, lines: Sequence[PlainLine]) -> Reading:
        """A receipt as rules read it."""
        all_lines = receipt_lines(lines) if self._names_fields else cast(list[ReceiptLine], lines)
        eligible = self.exclusions.eligible(all_lines, facts)
        return Reading(facts, all_lines, eligible, self.exclusions.worth(eligible, facts), {}, self.exclusions)

    def evaluate(self, facts: Facts, lines: Sequence[PlainLine], among: Collection[str] | None = None) -> list[Award]:
        """The awards of a receipt, in the order in which the rules are listed; each rounded on its own.

        `among`: only these rules can give anything (of a receipt evaluated again: those that gave at first), so that
        nobody else's draft outdoes theirs in a group or takes up what limits leave.
        """
        drafted = self.draft(self.read(facts, lines))
        if among is not None:
            drafted = [draft for draft in drafted if draft[0].code in among]
        if self._are_grouped:
            drafted = best_of_groups(drafted)
        awards = [award for rule, points, figures in drafted if (award := rule.award(points, figures, facts))]
        if self.limits is not NO_LIMITS:
            awards = self.limits.cut(awards, self._priorities, facts)
        if self._place:
            place = self._place
            awards.sort(key=lambda award: place[award.rule])
        return awards

    def draft(self, reading: Reading) -> Drafted:
        """What each rule would give, before groups and caps; bases before what builds on them."""
        rules = self._index.candidates(reading) if self._index else self._order
        return [(rule, *draft) for rule in rules if (draft := rule.draft(reading))]

    @cached_property
    def allowances(self) -> tuple[Allowance, ...]:
        """All caps and limits."""
        return (*self.limits.allowances(), *(each for rule in self.rules for each in rule.allowances()))

    @cached_property
    def budgets(self) -> dict[str, int]:
        """The rules with a budget, and how many points it is."""
        return {rule.code: rule.budget for rule in self.rules if rule.budget is not None}

    def at_most(self, lines: Sequence[PlainLine]) -> dict[str, int]:
        """Of each rule with a budget, what no receipt with these lines can exceed."""
        all_lines = receipt_lines(lines)
        reading = Reading(NO_FACTS, all_lines, all_lines, sum(line.amount_minor for line in all_lines), {})
        for rule in self._order:
            reading.points_of[rule.code] = rule.at_most(reading)
        return {code: reading.points_of[code] for code in self.budgets}

    @cached_property
    def granting(self) -> frozenset[str]:
        """The codes of rules that give something else than points."""
        return frozenset(rule.code for rule in self.rules if rule.unit != POINTS)

    @cached_property
    def units_given(self) -> frozenset[str]:
        """What they give."""
        return frozenset(rule.unit for rule in self.rules if rule.unit != POINTS)

    @cached_property
    def windows_read(self) -> frozenset[str]:
        """The periods whose spend some rule reads."""
        return frozenset().union(*(rule.windows_read() for rule in self.rules))

    @cached_property
    def labels_read(self) -> frozenset[str]:
        """The labels that rules and exclusions name."""
        return self.exclusions.also.labels.union(*(rule.labels_read() for rule in self.rules))

    @cached_property
    def facts_read(self) -> frozenset[str]:
        """The names of the facts in `Facts.more` that rules and exclusions read."""
        return self.exclusions.facts_read().union(*(rule.facts_read() for rule in self.rules))


def best_of_groups(drafted: Drafted) -> Drafted:
    """Of each group the largest alone; of equal ones the first by rule code. What is in no group stays."""
    best: dict[str, tuple[int, str]] = {}
    for rule, points, _ in drafted:
        if rule.group:
            best[rule.group] = min(best.get(rule.group, (0, "")), (-points, rule.code))
    return [draft for draft in drafted if not draft[0].group or best[draft[0].group][1] == draft[0].code]
