"""What every kind of rule has in common."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from wafa.core.earning.caps import Allowance, Cap, read_caps
from wafa.core.earning.conditions.base import Condition, Lacking, Leaf
from wafa.core.earning.conditions.times import missed_days, read_days
from wafa.core.earning.conditions.tree import read_condition
from wafa.core.earning.facts import LABELS
from wafa.core.earning.judged import BUDGET, CAP, DURING, NOTHING, PER_RECEIPT, UNLESS, Miss
from wafa.core.earning.line_filter import LineFilter
from wafa.core.earning.per_receipt import PerReceipt, cut_figures
from wafa.core.earning.reading import Award, Facts, Reading
from wafa.core.earning.unless import Unless
from wafa.core.ledger.wallet import POINTS
from wafa.core.values.calendar import Window
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of

PRIORITY_MOST = 1000
AS_IT_IS = Fraction(1)
Draft = tuple[int, dict[str, Any]]
"""Points and the figures they came from, before groups and caps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of a programme: a code, names by language, the days it holds on, whether its points qualify.

    `when` says under which conditions it holds, `unless` what on a receipt keeps it from giving anything, `lines` which
    lines it reads. Of the rules of one `group` only the largest award counts. `per_receipt`, `cap`, `caps` and `budget`
    (all points that it may ever give to anybody) say how much it gives at most; what several rules share is given in
    the order of `priority`. `rate` is by what a branch changes its points.
    """

    kind: ClassVar[str]

    code: str
    names: dict[str, str]
    during: Window
    qualifying: bool
    unless: Unless | None = None
    cap: Cap | None = None
    when: Condition | None = None
    lines: LineFilter | None = None
    group: str = ""
    priority: int = 0
    per_receipt: PerReceipt | None = None
    caps: tuple[Cap, ...] = ()
    budget: int | None = None
    unit: str = POINTS
    rate: Fraction = AS_IT_IS

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The rule as written in a programme's JSON; problems are noted in `fields`."""
        raise NotImplementedError

    def points(self, reading: Reading) -> Draft:
        """Points for the receipt, and the figures they came from."""
        raise NotImplementedError

    def at_most(self, reading: Reading) -> int:
        """No receipt with these lines brings more, whoever buys it and when; `reading` has no facts."""
        return self.points(reading)[0]

    def builds_on(self) -> str | None:
        """Code of the per-amount rule whose points this one reads; None where it reads none."""
        return None

    def next_step(self, reading: Reading) -> tuple[Lacking, int] | None:
        """How little more would bring more points, and how many it would then be; None: that cannot be said."""
        return None

    def goods(self) -> frozenset[str] | None:
        """It gives nothing but for goods with one of these keys (see `RuleIndex`); None: that cannot be said."""
        return self.lines.needs() if self.lines else None

    def tiers_named(self) -> frozenset[str]:
        """Codes of the tiers that the rule itself speaks of, besides its conditions."""
        return frozenset()

    def windows_read(self) -> frozenset[str]:
        """Periods whose spend the rule reads in `Facts.spent`."""
        return frozenset().union(*(leaf.windows_read() for leaf in self.leaves()))

    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves of its condition."""
        return self.when.leaves() if self.when else ()

    def facts_read(self) -> frozenset[str]:
        """The names of the facts that it reads in `Facts.more`."""
        labels = {LABELS} if self.lines and self.lines.labels_read() else set()
        return frozenset(labels).union(*(leaf.facts_read() for leaf in self.leaves()))

    def labels_read(self) -> frozenset[str]:
        """The labels of items that it names."""
        own = self.lines.labels_read() if self.lines else frozenset()
        return own.union(*(leaf.labels_read() for leaf in self.leaves()))

    def allowances(self) -> tuple[Allowance, ...]:
        """Its caps, by the keys under which facts hold what they leave."""
        one = (Allowance(self.code, self.code, self.cap, self.during),) if self.cap else ()
        return one + tuple(Allowance(f"{self.code}/{cap.per}", self.code, cap, self.during) for cap in self.caps)

    def budget_key(self) -> str:
        """The key under which facts hold what its budget leaves."""
        return f"{self.code}/{BUDGET}"

    def headroom_read(self) -> list[str]:
        """The keys under which facts hold what all of these leave."""
        keys = [each.key for each in self.allowances()]
        return keys if self.budget is None else [*keys, self.budget_key()]

    def narrowed(self, reading: Reading) -> Reading:
        """The receipt as far as the rule reads it."""
        return reading.of(self.lines.of(reading.lines, reading)) if self.lines else reading

    def draft(self, reading: Reading) -> Draft | None:
        """What it would give, before groups and caps; None where it gives nothing.

        Notes its points for the rules that build on them: before what is the most for a receipt, too (law 5).
        """
        if not self.during.holds(reading.facts.occurred_on):
            return None
        if self.unless and self.unless.is_met_by(reading.all_lines):
            return None
        if self.when and not self.when.holds(reading):
            return None
        points, figures = self.points(self.narrowed(reading) if self.lines else reading)
        if self.rate is not AS_IT_IS:
            points, figures = self._rated(points, figures)
        if self.per_receipt:
            if points < self.per_receipt.least:
                return None
            reading.points_of[self.code] = points
            points, figures = self.per_receipt.cut(points, figures)
        else:
            reading.points_of[self.code] = points
        return (points, figures) if points else None

    def award(self, points: int, figures: dict[str, Any], facts: Facts) -> Award | None:
        """The line of the slip: what its caps and its budget leave of a draft; None where that is nothing."""
        if self.cap:
            points, figures = self.cap.cut(points, facts.headroom[self.code], figures)
        for cap in self.caps:
            points, figures = cap.cut(points, facts.headroom[f"{self.code}/{cap.per}"], figures)
        if self.budget is not None:
            left = facts.headroom[self.budget_key()]
            if points > left:
                points, figures = left, cut_figures(points, figures, left, BUDGET)
        return Award(self.code, self.kind, points, self.qualifying, figures, self.unit) if points else None

    def shaped(self, points: int) -> int:
        """Points of the receipt by the branch's rate and the bounds of a receipt."""
        points, _ = self._rated(points, {})
        if self.per_receipt is None:
            return points
        return self.per_receipt.cut(points, {})[0] if points >= self.per_receipt.least else 0

    def missed(self, reading: Reading) -> Miss:
        """Why it gives nothing, of a receipt for which that is so by itself: not by its group or the programme."""
        if not self.during.holds(reading.facts.occurred_on):
            return Miss(DURING, missed_days(self.during, reading))
        if self.unless and (lines := self.unless.met_by(reading.all_lines)):
            return Miss(UNLESS, {"items": sorted({line[0] for line in lines})})
        if self.when and not self.when.holds(reading):
            leaf, wanted = self.when.culprit(reading, wanted=True)
            return Miss(leaf.kind, leaf.miss(reading) if wanted else leaf.miss(reading) | {"not": True})
        points, figures = self._rated(*self.points(self.narrowed(reading)))
        if not points:
            return Miss(NOTHING, figures | self.why_nothing(reading))
        if self.per_receipt and points < self.per_receipt.least:
            return Miss(PER_RECEIPT, {"points": points, "least": self.per_receipt.least})
        for allowance in self.allowances():
            if not reading.facts.headroom[allowance.key]:
                return Miss(CAP, {"points": points, "most": allowance.cap.points, "per": allowance.cap.per})
        return Miss(BUDGET, {"points": points, "most": self.budget})

    def why_nothing(self, reading: Reading) -> dict[str, Any]:
        """What explains that there was nothing to count, besides the figures of an award."""
        return {}

    def _rated(self, points: int, figures: dict[str, Any]) -> Draft:
        """By the branch's rate, floor."""
        if self.rate is AS_IT_IS:
            return points, figures
        rated = floor_of(points * self.rate.numerator, self.rate.denominator)
        return rated, figures | {"rate": as_written(self.rate), "unrated": points}


def common(
    fields: Fields, own_cap: Cap | None = None, *, reads_lines: bool = True, unit: str | None = POINTS
) -> dict[str, Any]:
    """The fields that every kind has; one that is capped by its nature has no cap to be set.

    One that builds on another's points reads no lines. `unit` is what a rule gives that does not say; None: it must.
    """
    during = fields.inner_or_empty("during")
    window = read_days(during)
    during.done()
    common = {
        "code": fields.text("code"),
        "names": fields.names(),
        "during": window,
        "qualifying": fields.flag("qualifying", default=False),
        "unless": Unless.read(fields.inner("unless")) if fields.has("unless") else None,
        "when": read_condition(fields.inner("when")) if fields.has("when") else None,
        "lines": LineFilter.read(fields.inner("lines")) if reads_lines and fields.has("lines") else None,
        "group": fields.text("group") if fields.has("group") else "",
        "priority": fields.whole("priority", least=-PRIORITY_MOST, most=PRIORITY_MOST) if fields.has("priority") else 0,
        "per_receipt": PerReceipt.read(fields.inner("per_receipt")) if fields.has("per_receipt") else None,
        "budget": fields.whole("budget", least=1) if fields.has("budget") else None,
        "unit": fields.text("unit", most=20) if fields.has("unit") or unit is None else unit,
        "cap": own_cap,
    }
    if own_cap is None:
        common["cap"] = Cap.read(fields.inner("cap")) if fields.has("cap") else None
        common["caps"] = read_caps(fields)
    return common


def as_written(factor: Fraction) -> str:
    """A factor as it was written: 3/2 is 1.5."""
    whole, rest = divmod(factor.numerator * 10**18 // factor.denominator, 10**18)
    return f"{whole}.{rest:018d}".rstrip("0").rstrip(".")
