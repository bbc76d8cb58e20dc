"""A programme: tiers, rules, and what may be done with points; read from typed JSON, validated whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from wafa.core.earning.exclusions import Exclusions
from wafa.core.earning.reading import Award, Facts, Reading, ReceiptLine
from wafa.core.earning.rules import KINDS, Rule
from wafa.core.earning.rules.per_amount import PerAmount
from wafa.core.expiry.policy import ExpiryPolicy, Never
from wafa.core.ledger.wallet import POINTS
from wafa.core.redemption.policies import HoldPolicy, RedemptionPolicy, TransferPolicy
from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.qualification import LIFETIME_POINTS, Qualification, Tier
from wafa.core.units import Unit
from wafa.core.values.availability import Availability
from wafa.core.values.fields import Fields, Problem

DEBT_POLICIES = ("debt", "forgive", "refuse")
"""What becomes of clawed-back points that are nowhere to be found: the member owes them, they are forgiven, or the
return is refused unless their worth is withheld."""


class ProgrammeInvalidError(ValueError):
    """A programme that cannot be; `problems` names each fault as (path, code)."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Terms:
    """When points can be spent: from when on, and until which day."""

    expiry: ExpiryPolicy
    available: Availability


@dataclass(frozen=True, slots=True)
class Programme:
    """One version's rules, ready to evaluate. Immutable: a changed rule is another version.

    `terms` are those of points, `own_terms` those of the rules that have others. `undo_days` bounds the undoing of a
    merge, `claim_days` the claiming of an anonymous receipt.
    """

    ladder: Ladder
    exclusions: Exclusions
    rules: tuple[Rule, ...]
    terms: Terms
    own_terms: dict[str, Terms] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    redemption: RedemptionPolicy = field(default_factory=RedemptionPolicy)
    holds: HoldPolicy = field(default_factory=HoldPolicy)
    debt: str = DEBT_POLICIES[0]
    transfers: TransferPolicy | None = None
    undo_days: int = 30
    claim_days: int = 30

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The ladder's steps."""
        return self.ladder.tiers

    def terms_of(self, rule: str) -> Terms:
        """When points of a rule can be spent."""
        return self.own_terms.get(rule, self.terms)

    def expiry_of(self, unit: str) -> ExpiryPolicy | None:
        """How long a unit's lots last; None: the programme does not know the unit."""
        if unit == POINTS:
            return self.terms.expiry
        return self.units[unit].expiry if unit in self.units else None

    def caps(self) -> dict[str, str]:
        """The rules that are capped, with the periods of their caps."""
        return {rule.code: rule.cap.per for rule in self.rules if rule.cap}

    def windows_read(self) -> frozenset[str]:
        """The periods whose spend some rule reads."""
        return frozenset().union(*(rule.windows_read() for rule in self.rules))

    def has_idle_expiry(self) -> bool:
        """Whether some lots' last day moves with the wallet's activity."""
        of_points = [terms.expiry for terms in (self.terms, *self.own_terms.values())]
        return any(policy.idle_months for policy in (*of_points, *(unit.expiry for unit in self.units.values())))

    def eligible(self, lines: Iterable[ReceiptLine]) -> list[ReceiptLine]:
        """The lines that rules may read: those whose item is not excluded."""
        exclude = self.exclusions.exclude
        return [line for line in lines if not exclude(line[0])]

    def eligible_minor(self, lines: Iterable[ReceiptLine]) -> int:
        """The amount that earns, in minor units."""
        exclude = self.exclusions.exclude
        return sum(amount for item, _, amount, _ in lines if not exclude(item))

    def evaluate(self, facts: Facts, lines: Sequence[ReceiptLine]) -> list[Award]:
        """The awards of a receipt, in the order of the rules: each rounded on its own, the points are their sum.

        Reads nothing but its arguments, so evaluating again gives the same again.
        """
        eligible = self.eligible(lines)
        reading = Reading(facts, lines, eligible, sum(amount for _, _, amount, _ in eligible), {})
        return [award for rule in self.rules if (award := rule.award(reading))]

    def kind_of(self, code: str) -> str:
        """The kind of a rule, by its code."""
        return next(rule.kind for rule in self.rules if rule.code == code)

    @classmethod
    def read(cls, body: object) -> "Programme":
        """A programme from its JSON (docs/reference/programme.md); raises ProgrammeInvalidError."""
        problems: list[Problem] = []
        fields = Fields(body, "", problems)
        tiers = tuple(_tier(element, path, problems) for element, path in fields.objects("tiers"))
        qualification = Qualification.read(fields.inner("qualification")) if fields.has("qualification") else None
        terms = Terms(ExpiryPolicy.read(fields.inner("expiry")), _available(fields, Availability()))
        excluded = fields.inner_or_empty("exclusions")
        exclusions = Exclusions(excluded.texts("items"), excluded.texts("patterns"))
        excluded.done()
        own_terms: dict[str, Terms] = {}
        elements = fields.objects("rules")
        rules = tuple(rule for element, path in elements if (rule := _rule(element, path, problems, terms, own_terms)))
        units = [Unit.read(Fields(element, path, problems)) for element, path in _optional(fields, "units")]
        policies = _policies(fields)
        fields.done()
        problems += _faults_between(tiers, rules)
        problems += _faults_of_policies(units, policies)
        if problems:
            raise ProgrammeInvalidError(problems)
        ladder = Ladder(tiers, qualification or LIFETIME_POINTS)
        return cls(ladder, exclusions, rules, terms, own_terms, {unit.code: unit for unit in units}, **policies)


def _optional(fields: Fields, name: str) -> list[tuple[object, str]]:
    return fields.objects(name) if fields.has(name) else []


def _available(fields: Fields, otherwise: Availability) -> Availability:
    return Availability.read(fields.inner("available")) if fields.has("available") else otherwise


def _policies(fields: Fields) -> dict[str, Any]:
    """What may be done with points, as far as the programme says."""
    policies: dict[str, Any] = {}
    if fields.has("redemption"):
        policies["redemption"] = RedemptionPolicy.read(fields.inner("redemption"))
    if fields.has("holds"):
        policies["holds"] = HoldPolicy.read(fields.inner("holds"))
    if fields.has("debt"):
        policies["debt"] = fields.one_of("debt", DEBT_POLICIES) or DEBT_POLICIES[0]
    if fields.has("transfers"):
        policies["transfers"] = TransferPolicy.read(fields.inner("transfers"))
    for name, days, into in (("merges", "undo_days", "undo_days"), ("claims", "days", "claim_days")):
        if fields.has(name):
            inner = fields.inner(name)
            policies[into] = inner.whole(days, most=3650)
            inner.done()
    return policies


def _tier(element: object, path: str, problems: list[Problem]) -> Tier:
    fields = Fields(element, path, problems)
    tier = Tier(fields.text("code", most=40), fields.whole("from"), fields.names())
    fields.done()
    return tier


def _rule(
    element: object, path: str, problems: list[Problem], usual: Terms, own_terms: dict[str, Terms]
) -> Rule | None:
    fields = Fields(element, path, problems)
    kind = fields.one_of("kind", KINDS)
    if kind is None:
        return None
    has_own = fields.has("expiry") or fields.has("available")
    expiry = ExpiryPolicy.read(fields.inner("expiry")) if fields.has("expiry") else usual.expiry
    terms = Terms(expiry, _available(fields, usual.available))
    rule = KINDS[kind].read(fields)
    fields.done()
    if has_own:
        own_terms[rule.code] = terms
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


def _faults_of_policies(units: Sequence[Unit], policies: dict[str, Any]) -> Iterable[Problem]:
    """Units named twice; a refusal that could not say what to withhold."""
    codes = [POINTS, *(unit.code for unit in units)]
    for index, unit in enumerate(units):
        if unit.code in codes[: index + 1]:
            yield f"units[{index}].code", "code_used_twice"
    if policies.get("debt") == "refuse" and not policies.get("redemption", RedemptionPolicy()).worth:
        yield "debt", "needs_redemption_worth"


WITHOUT_RULES = Programme(Ladder((), LIFETIME_POINTS), Exclusions((), ()), (), Terms(Never(), Availability()))
"""What holds where a merchant has no programme: nothing earns, and what is there never runs out."""
