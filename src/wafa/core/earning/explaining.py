"""Why each rule gave what it gave for a receipt, and what was near; for trying a receipt, not for counting it."""

from collections.abc import Sequence
from typing import Any

from wafa.core.earning.judged import BRANCH_RULE, GROUP, LIMITS, NOTHING, PER_RECEIPT, Judged, Miss, Near
from wafa.core.earning.reading import Award, Facts, PlainLine, Reading
from wafa.core.earning.rulebook import Drafted, RuleBook, best_of_groups
from wafa.core.earning.rules import Rule
from wafa.core.earning.rules.base import Draft


def explain(book: RuleBook, facts: Facts, lines: Sequence[PlainLine]) -> list[Judged]:
    """Of each rule, in the order in which they are listed: its award, as `evaluate` gives it, or why there is none."""
    awards = {award.rule: award for award in book.evaluate(facts, lines)}
    reading = book.read(facts, lines)
    drafted = book.draft(reading)
    judge = _Judge(reading, awards, drafted)
    return [judge.of(rule) for rule in book.rules]


def switched_off(rule: Rule, branch: str) -> Judged:
    """Of a rule that does not hold at the branch at all."""
    return Judged(rule.code, rule.kind, None, Miss(BRANCH_RULE, {"branch": branch}), None)


class _Judge:
    """A receipt that has been evaluated."""

    def __init__(self, reading: Reading, awards: dict[str, Award], drafted: Drafted) -> None:
        self._reading, self._awards = reading, awards
        self._drafts: dict[str, Draft] = {rule.code: (points, figures) for rule, points, figures in drafted}
        self._best = {rule.group: rule.code for rule, _, _ in best_of_groups(drafted) if rule.group}

    def of(self, rule: Rule) -> Judged:
        """One rule's part."""
        award = self._awards.get(rule.code)
        missed = None if award else self._missed(rule)
        return Judged(rule.code, rule.kind, award, missed, self._near(rule, award, missed))

    def _missed(self, rule: Rule) -> Miss:
        draft = self._drafts.get(rule.code)
        if draft is None:
            return rule.missed(self._reading)
        points, figures = draft
        best = self._best.get(rule.group, rule.code)
        if best != rule.code:
            return Miss(GROUP, {"points": points, "best": best, "best_points": self._drafts[best][0]})
        if rule.award(points, figures, self._reading.facts):
            return Miss(LIMITS, {"points": points})
        return rule.missed(self._reading)

    def _near(self, rule: Rule, award: Award | None, missed: Miss | None) -> Near | None:
        """What the next step of the award would bring, or what the one condition that fails lacks."""
        is_counted = missed is None or missed.code in (NOTHING, PER_RECEIPT)
        near = self._next_step(rule) if is_counted else self._all_but_one(rule, missed)
        room = self._room(rule, award) if near else None
        if near is None or room is None:
            return near
        return near._replace(figures=near.figures | {"points": min(near.figures["points"], room)}) if room else None

    def _room(self, rule: Rule, award: Award | None) -> int | None:
        """Points that the rule's caps and budget would leave beyond its award; None: any number."""
        headroom = self._reading.facts.headroom
        keys = rule.headroom_read()
        return max(0, min(headroom[key] for key in keys) - (award.points if award else 0)) if keys else None

    def _next_step(self, rule: Rule) -> Near | None:
        narrowed = rule.narrowed(self._reading)
        step = rule.next_step(narrowed)
        if step is None:
            return None
        lacking, points = step
        more = rule.shaped(points) - rule.shaped(rule.points(narrowed)[0])
        return Near(lacking.code, lacking.missing, {"points": more}) if more > 0 else None

    def _all_but_one(self, rule: Rule, missed: Miss | None) -> Near | None:
        """Only where every other condition holds, and where it is a condition that fails."""
        if rule.when is None or missed is None or missed.code not in {leaf.kind for leaf in rule.leaves()}:
            return None
        for leaf in rule.leaves():
            lacking = leaf.lacks(self._reading)
            if lacking and rule.when.would_hold(self._reading, leaf):
                more = lacking.missing if lacking.code == "amount" else 0
                points = rule.shaped(rule.points(rule.narrowed(self._reading.more_by(more)))[0])
                figures: dict[str, Any] = leaf.miss(self._reading) | {"points": points}
                return Near(lacking.code, lacking.missing, figures) if points else None
        return None
