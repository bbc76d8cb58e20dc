"""A programme: tiers, rules, and what may be done with points; read from typed JSON, validated whole."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from wafa.core.earning.activities import Activity
from wafa.core.earning.branches import (
    BranchBounds,
    BranchRules,
    faults_of_branches,
    placed_in,
    read_branch_rules,
    rules_at,
)
from wafa.core.earning.caps import Allowance
from wafa.core.earning.conditions.one_of import branch_names
from wafa.core.earning.exclusions import Exclusions
from wafa.core.earning.explaining import explain, switched_off
from wafa.core.earning.facts import BRANCH, BRANCH_GROUPS
from wafa.core.earning.faults import faults_of_rules
from wafa.core.earning.judged import Judged
from wafa.core.earning.limits import Limits
from wafa.core.earning.lists import each_if_any, each_of
from wafa.core.earning.reading import NO_FACTS, Award, Facts, PlainLine, ReceiptLine, receipt_lines
from wafa.core.earning.rulebook import NO_LIMITS, RuleBook
from wafa.core.earning.rules import KINDS, Rule
from wafa.core.earning.rules.base import AS_IT_IS
from wafa.core.expiry.policy import ExpiryPolicy, Never
from wafa.core.ledger.wallet import POINTS
from wafa.core.redemption.policies import HoldPolicy, RedemptionPolicy, TransferPolicy
from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.qualification import LIFETIME_POINTS, Qualification, Tier
from wafa.core.units import Unit
from wafa.core.values.availability import ON_EVENT, Availability
from wafa.core.values.fields import Fields, Problem
from wafa.core.values.rounding import floor_of

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

    `terms` are those of points, `own_terms` those of the rules and activities that have others. `limits` are those of
    all rules together. `branch_rules` are what branches change; `at` gives the rules as they hold at one. `undo_days`
    bounds the undoing of a merge, `claim_days` the claiming of an anonymous receipt.
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
    limits: Limits = NO_LIMITS
    branch_rules: tuple[BranchRules, ...] = ()
    activities: dict[str, Activity] = field(default_factory=dict)
    book: RuleBook = field(init=False, repr=False, compare=False)
    """All rules, those of branches too: what some receipt may read."""
    _at: dict[tuple[str, ...], "Programme"] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        every = (*self.rules, *(rule for change in self.branch_rules for rule in change.rules))
        object.__setattr__(self, "book", RuleBook(every, self.exclusions, self.limits))

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

    def at(self, branch: str, groups: Sequence[str] = ()) -> "Programme":
        """The programme as it holds at a branch, which is in these groups; made once."""
        names = set(branch_names(branch, groups))
        changes = tuple(change for change in self.branch_rules if change.branch in names)
        key = tuple(change.branch for change in changes)
        if key not in self._at:
            self._at[key] = replace(self, rules=rules_at(self.rules, changes), branch_rules=())
        return self._at[key]

    def caps(self) -> dict[str, str]:
        """The rules with one `cap`, with the periods of their caps; all caps are `allowances`."""
        return {rule.code: rule.cap.per for rule in self.book.rules if rule.cap}

    def allowances(self) -> tuple[Allowance, ...]:
        """All caps of rules and limits of the programme, by their keys in `Facts.headroom`."""
        return self.book.allowances

    def budgets(self) -> dict[str, int]:
        """The rules with a budget, and its points; what is left is in `Facts.headroom` by `Rule.budget_key`."""
        return self.book.budgets

    def at_most(self, lines: Sequence[PlainLine]) -> dict[str, int]:
        """Of each rule with a budget, what no receipt with these lines can exceed, at whatever branch."""
        found = self.book.at_most(lines)
        for code in found:
            rate = max([AS_IT_IS, *(change.rates[code] for change in self.branch_rules if code in change.rates)])
            found[code] = floor_of(found[code] * rate.numerator, rate.denominator)
        return found

    def counts_in(self, allowance: Allowance, rule: str) -> bool:
        """Whether a cap counts what a rule gave: its own, or, of the programme's limits, points of any rule."""
        return rule == allowance.rule if allowance.rule else rule not in self.book.granting

    def units_given(self) -> frozenset[str]:
        """The units, besides points, that rules give."""
        return self.book.units_given

    def windows_read(self) -> frozenset[str]:
        """The periods whose spend some rule reads."""
        return self.book.windows_read

    def facts_read(self) -> frozenset[str]:
        """The names of the facts in `Facts.more` that some rule or exclusion reads (`wafa.core.earning.facts`)."""
        return self.book.facts_read | (_OF_BRANCHES if self.branch_rules else frozenset())

    def labels_read(self) -> frozenset[str]:
        """The labels of items that some rule or exclusion names: "category:dairy"."""
        return self.book.labels_read

    def has_idle_expiry(self) -> bool:
        """Whether some lots' last day moves with the wallet's activity."""
        of_points = [terms.expiry for terms in (self.terms, *self.own_terms.values())]
        return any(policy.idle_months for policy in (*of_points, *(unit.expiry for unit in self.units.values())))

    def eligible(self, lines: Iterable[PlainLine], facts: Facts | None = None) -> list[ReceiptLine]:
        """The lines that rules may read: those that are not excluded. Facts are needed where exclusions read any."""
        return self.exclusions.eligible(receipt_lines(lines), facts or NO_FACTS)

    def eligible_minor(self, lines: Iterable[PlainLine], facts: Facts | None = None) -> int:
        """The amount that earns, in minor units."""
        return self.exclusions.worth(self.eligible(lines, facts), facts or NO_FACTS)

    def evaluate(self, facts: Facts, lines: Sequence[PlainLine], among: Collection[str] | None = None) -> list[Award]:
        """The awards of a receipt, in the order of the rules: each rounded on its own, the points are their sum.

        Reads nothing but its arguments, so evaluating again gives the same again. At which branch it was is a fact.
        `among`: only these rules can give anything; for evaluating again what some rules gave.
        """
        return self._here(facts).book.evaluate(facts, lines, among)

    def explain(self, facts: Facts, lines: Sequence[PlainLine]) -> list[Judged]:
        """Of each rule its award, as `evaluate` gives it, or why there is none; and what was near."""
        here = self._here(facts)
        judged = explain(here.book, facts, lines)
        held = {each.rule for each in judged}
        off = [switched_off(rule, facts.more[BRANCH]) for rule in self.rules if rule.code not in held]
        listed = [rule.code for rule in self.rules]
        listed += [rule.code for rule in here.rules if rule.code not in listed]
        return sorted((*judged, *off), key=lambda each: listed.index(each.rule))

    def kind_of(self, code: str) -> str:
        """The kind of a rule, by its code."""
        return next(rule.kind for rule in self.book.rules if rule.code == code)

    def _here(self, facts: Facts) -> "Programme":
        return self.at(facts.more[BRANCH], facts.more[BRANCH_GROUPS]) if self.branch_rules else self

    @classmethod
    def read(cls, body: object) -> "Programme":
        """A programme from its JSON (docs/reference/programme.md); raises ProgrammeInvalidError."""
        problems: list[Problem] = []
        fields = Fields(body, "", problems)
        tiers = tuple(each_of(fields, "tiers", _tier))
        qualification = Qualification.read(fields.inner("qualification")) if fields.has("qualification") else None
        terms = Terms(ExpiryPolicy.read(fields.inner("expiry")), _available(fields, Availability()))
        exclusions = Exclusions.read(fields.inner_or_empty("exclusions"))
        units = each_if_any(fields, "units", Unit.read)
        own = _OwnTerms(terms, {unit.code: unit for unit in units})
        rules = each_of(fields, "rules", own.rule)
        limits = Limits.read(fields.inner("limits")) if fields.has("limits") else NO_LIMITS
        changes = read_branch_rules(fields, own.rule)
        bounds = BranchBounds.read(fields.inner("branch_bounds")) if fields.has("branch_bounds") else BranchBounds()
        activities = each_if_any(fields, "activities", own.activity)
        policies = _policies(fields)
        fields.done()
        placed = [(f"rules[{index}]", rule) for index, rule in enumerate(rules) if rule]
        chain, every = [rule for _, rule in placed], placed + placed_in(changes)
        problems += _faults_of_tiers(tiers)
        problems += faults_of_rules(every, {tier.code for tier in tiers}, {unit.code: unit.kind for unit in units})
        problems += faults_of_branches(changes, bounds, chain)
        problems += _faults_of_activities(activities, [rule for _, rule in every])
        problems += _faults_of_policies(units, policies)
        if problems:
            raise ProgrammeInvalidError(problems)
        return cls(
            Ladder(tiers, qualification or LIFETIME_POINTS),
            exclusions,
            tuple(chain),
            terms,
            own.found,
            own.units,
            **policies,
            limits=limits,
            branch_rules=tuple(changes),
            activities={activity.code: activity for activity in activities},
        )


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


def _tier(fields: Fields) -> Tier:
    tier = Tier(fields.text("code", most=40), fields.whole("from"), fields.names())
    fields.done()
    return tier


@dataclass(slots=True)
class _OwnTerms:
    """Reads rules and activities, and notes the terms of those that have others than points do."""

    usual: Terms
    units: dict[str, Unit]
    found: dict[str, Terms] = field(default_factory=dict)

    def rule(self, fields: Fields) -> Rule | None:
        """A rule of the kind that it says; None, and a problem, where there is no such kind."""
        kind = fields.one_of("kind", KINDS)
        if kind is None:
            return None
        expiry = ExpiryPolicy.read(fields.inner("expiry")) if fields.has("expiry") else None
        own_available = _available(fields, Availability()) if fields.has("available") else None
        rule = KINDS[kind].read(fields)
        if rule.unit != POINTS and own_available and own_available.kind == ON_EVENT:
            fields.problem("available", "only_points_wait_for_an_event")
        available = own_available or (self.usual.available if rule.unit == POINTS else Availability())
        fields.done()
        of_unit = self.units[rule.unit].expiry if rule.unit in self.units else self.usual.expiry
        terms = Terms(expiry or of_unit, available)
        if terms != self.usual:
            self.found[rule.code] = terms
        return rule

    def activity(self, fields: Fields) -> Activity:
        """An activity; its points last as long as others, unless it says otherwise."""
        expiry = ExpiryPolicy.read(fields.inner("expiry")) if fields.has("expiry") else self.usual.expiry
        activity = Activity.read(fields)
        fields.done()
        if expiry != self.usual.expiry:
            self.found[activity.code] = Terms(expiry, self.usual.available)
        return activity


def _faults_of_tiers(tiers: Sequence[Tier]) -> Iterable[Problem]:
    """What no field of a tier shows by itself: their order, codes used twice."""
    if not tiers or tiers[0].threshold != 0:
        yield "tiers", "first_not_from_zero"
    if any(lower.threshold >= higher.threshold for lower, higher in pairwise(tiers)):
        yield "tiers", "not_ascending"
    if len({tier.code for tier in tiers}) < len(tiers):
        yield "tiers", "code_used_twice"


def _faults_of_activities(activities: Sequence[Activity], rules: Sequence[Rule]) -> Iterable[Problem]:
    """Their points are kept by code, as those of rules are."""
    codes = {rule.code for rule in rules}
    for index, activity in enumerate(activities):
        if activity.code in codes:
            yield f"activities[{index}].code", "code_used_twice"
        codes.add(activity.code)


def _faults_of_policies(units: Sequence[Unit], policies: dict[str, Any]) -> Iterable[Problem]:
    """Units named twice; a refusal that could not say what to withhold."""
    codes = [POINTS, *(unit.code for unit in units)]
    for index, unit in enumerate(units):
        if unit.code in codes[: index + 1]:
            yield f"units[{index}].code", "code_used_twice"
    if policies.get("debt") == "refuse" and not policies.get("redemption", RedemptionPolicy()).worth:
        yield "debt", "needs_redemption_worth"


_OF_BRANCHES = frozenset({BRANCH, BRANCH_GROUPS})
WITHOUT_RULES = Programme(Ladder((), LIFETIME_POINTS), Exclusions((), ()), (), Terms(Never(), Availability()))
"""What holds where a merchant has no programme: nothing earns, and what is there never runs out."""
