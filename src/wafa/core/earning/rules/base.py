"""What every kind of rule has in common."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.fields import Fields
from wafa.core.earning.reading import Award, Reading
from wafa.core.values.calendar import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of a programme: a code, names by language, the days it holds on, whether its points qualify."""

    kind: ClassVar[str]

    code: str
    names: dict[str, str]
    during: Window
    qualifying: bool

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

    def award(self, reading: Reading) -> Award | None:
        """The line of the slip, or None where the rule gives nothing."""
        if not self.during.holds(reading.facts.occurred_on):
            return None
        points, figures = self.points(reading)
        return Award(self.code, self.kind, points, self.qualifying, figures) if points else None


def common(fields: Fields) -> dict[str, Any]:
    """The fields that every kind has."""
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
    }
