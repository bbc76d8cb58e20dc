"""What every kind of rule has in common."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.caps import Cap
from wafa.core.earning.reading import Award, Reading
from wafa.core.earning.unless import Unless
from wafa.core.values.calendar import Window
from wafa.core.values.fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of a programme: a code, names by language, the days it holds on, whether its points qualify.

    `unless` says what on a receipt keeps it from giving anything, `cap` how much it gives at most in a period.
    """

    kind: ClassVar[str]

    code: str
    names: dict[str, str]
    during: Window
    qualifying: bool
    unless: Unless | None = None
    cap: Cap | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The rule as written in a programme's JSON; problems are noted in `fields`."""
        raise NotImplementedError

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """Points for the receipt, and the figures they came from."""
        raise NotImplementedError

    def builds_on(self) -> str | None:
        """Code of the per-amount rule whose points this one reads; None where it reads none."""
        return None

    def tiers_named(self) -> frozenset[str]:
        """Codes of the tiers that the rule speaks of."""
        return frozenset()

    def windows_read(self) -> frozenset[str]:
        """Periods (day, week, month) whose spend the rule reads in `Facts.spent`."""
        return frozenset()

    def award(self, reading: Reading) -> Award | None:
        """The line of the slip, or None where the rule gives nothing.

        Notes the points before the cap: rules that build on them read those (law 5).
        """
        if not self.during.holds(reading.facts.occurred_on):
            return None
        if self.unless and self.unless.is_met_by(reading.all_lines):
            return None
        points, figures = self.points(reading)
        reading.points_of[self.code] = points
        if self.cap and points:
            points, figures = self.cap.cut(points, reading.facts.headroom[self.code], figures)
        return Award(self.code, self.kind, points, self.qualifying, figures) if points else None


def common(fields: Fields, own_cap: Cap | None = None) -> dict[str, Any]:
    """The fields that every kind has; one that is capped by its nature has no cap to be set."""
    during = fields.inner_or_empty("during")
    window = Window(during.day("from"), during.day("to"))
    if window.first and window.last and window.first > window.last:
        during.problem("to", "before_from")
    during.done()
    return {
        "code": fields.text("code"),
        "names": fields.names(),
        "during": window,
        "qualifying": fields.flag("qualifying", default=False),
        "unless": Unless.read(fields.inner("unless")) if fields.has("unless") else None,
        "cap": own_cap or (Cap.read(fields.inner("cap")) if fields.has("cap") else None),
    }
