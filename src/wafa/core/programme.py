"""A programme: tiers, expiry, exclusions and rules, read from typed JSON, validated whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wafa.core.earning.exclusions import Exclusions
from wafa.core.earning.fields import Fields, Problem
from wafa.core.earning.reading import Award, Facts, Reading, ReceiptLine
from wafa.core.earning.rules import KINDS, Rule
from wafa.core.earning.rules.per_amount import PerAmount
from wafa.core.expiry.policy import ExpiryPolicy
from wafa.core.tiers.qualification import Tier


class ProgrammeInvalidError(ValueError):
    """A programme that cannot be; `problems` names each fault as (path, code)."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Programme:
    """One version's rules, ready to evaluate. Immutable: a changed rule is another version."""

    tiers: tuple[Tier, ...]
    expiry: ExpiryPolicy
    exclusions: Exclusions
    rules: tuple[Rule, ...]

    def eligible(self, lines: Iterable[ReceiptLine]) -> list[ReceiptLine]:
        """The lines that rules may read: those whose item is not excluded."""
        exclude = self.exclusions.exclude
        return [line for line in lines if not exclude(line[0])]

    def eligible_minor(self, lines: Iterable[ReceiptLine]) -> int:
        """The amount that earns, in minor units."""
        exclude = self.exclusions.exclude
        return sum(amount for item, _, amount in lines if not exclude(item))

    def evaluate(self, facts: Facts, lines: Iterable[ReceiptLine]) -> list[Award]:
        """The awards of a receipt, in the order of the rules: each rounded on its own, the points are their sum.

        Reads nothing but its arguments, so evaluating again gives the same again.
        """
        eligible = self.eligible(lines)
        reading = Reading(facts, eligible, sum(amount for _, _, amount in eligible), {})
        awards = []
        for rule in self.rules:
            award = rule.award(reading)
            if award:
                reading.points_of[rule.code] = award.points
                awards.append(award)
        return awards

    def kind_of(self, code: str) -> str:
        """The kind of a rule, by its code."""
        return next(rule.kind for rule in self.rules if rule.code == code)

    @classmethod
    def read(cls, body: object) -> "Programme":
        """A programme from its JSON (docs/reference/programme.md); raises ProgrammeInvalidError."""
        problems: list[Problem] = []
        fields = Fields(body, "", problems)
        tiers = tuple(_tier(element, path, problems) for element, path in fields.objects("tiers"))
        expiry = _expiry(fields.inner("expiry"))
        excluded = fields.inner_or_empty("exclusions")
        exclusions = Exclusions(excluded.texts("items"), excluded.texts("patterns"))
        excluded.done()
        rules = tuple(rule for element, path in fields.objects("rules") if (rule := _rule(element, path, problems)))
        fields.done()
        problems += _faults_between(tiers, rules)
        if problems:
            raise ProgrammeInvalidError(problems)
        return cls(tiers, expiry, exclusions, rules)


def _tier(element: object, path: str, problems: list[Problem]) -> Tier:
    fields = Fields(element, path, problems)
    tier = Tier(fields.text("code", most=40), fields.whole("from"), fields.names())
    fields.done()
    return tier


def _expiry(fields: Fields) -> ExpiryPolicy:
    kind = fields.one_of("kind", ("months", "never"))
    if kind is None:
        return ExpiryPolicy(None)
    months = fields.whole("months", least=1, most=1200) if kind == "months" else None
    fields.done()
    return ExpiryPolicy(months)


def _rule(element: object, path: str, problems: list[Problem]) -> Rule | None:
    fields = Fields(element, path, problems)
    kind = fields.one_of("kind", KINDS)
    if kind is None:
        return None
    rule = KINDS[kind].read(fields)
    fields.done()
    return rule


def _faults_between(tiers: Sequence[Tier], rules: Sequence[Rule]) -> Iterable[Problem]:
    """What no field shows by itself: order of tiers, codes used twice, references that lead nowhere."""
    if not tiers or tiers[0].threshold != 0:
        yield "tiers", "first_not_from_zero"
    if any(lower.threshold >= higher.threshold for lower, higher in pairwise(tiers)):
        yield "tiers", "not_ascending"
    if len({tier.code for tier in tiers}) < len(tiers):
        yield "tiers", "code_used_twice"
    bases: set[str] = set()
    codes: set[str] = set()
    for index, rule in enumerate(rules):
        if rule.code in codes:
            yield f"rules[{index}].code", "code_used_twice"
        codes.add(rule.code)
        base = rule.builds_on()
        if base is not None and base not in bases:
            yield f"rules[{index}].of", "not_an_earlier_per_amount_rule"
        if isinstance(rule, PerAmount):
            bases.add(rule.code)
        if rule.tiers_named() - {tier.code for tier in tiers}:
            yield f"rules[{index}].percent", "tier_unknown"
