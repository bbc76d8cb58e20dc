"""What a wallet counts, and how amounts of it are told: points, stamps, or money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import ngettext

from wafa.wording import figures
from wafa.wording.names import name_in


@dataclass(frozen=True, slots=True)
class Measure:
    """How amounts of one unit are told. `card` stamps fill a card; money is in the minor units of `currency`."""

    kind: str = "points"
    currency: str = ""
    card: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    code: str = "points"

    @property
    def name(self) -> str:
        """What the unit is called, in the reader's language."""
        return name_in(self.names, self.code)

    def number(self, value: int) -> str:
        """120, or £1.20"""
        return figures.money(value, self.currency) if self.kind == "money" else figures.number(value)

    def change(self, value: int) -> str:
        """+120, or +£1.20"""
        return figures.money_change(value, self.currency) if self.kind == "money" else figures.change(value)

    def amount(self, value: int) -> str:
        """With its noun, as it stands within a sentence: 120 points, 3 stamps, £1.20."""
        if self.kind == "money":
            return self.number(value)
        if self.kind == "stamps":
            return ngettext("%(n)s stamp", "%(n)s stamps", value) % {"n": self.number(value)}
        return ngettext("%(n)s point", "%(n)s points", value) % {"n": self.number(value)}


POINTS = Measure()


class Measures:
    """The units of a programme, by their codes."""

    def __init__(self, units: Iterable[Mapping[str, Any]], currency: str) -> None:
        self._by_code = {str(unit["code"]): _measure(unit, currency) for unit in units}

    def of(self, unit: str) -> Measure:
        """A unit's; one that the programme does not know (any more) is told in plain numbers."""
        return POINTS if unit == POINTS.code else self._by_code.get(unit) or Measure(kind="", code=unit)


def _measure(unit: Mapping[str, Any], currency: str) -> Measure:
    return Measure(str(unit["kind"]), currency, int(unit.get("card") or 0), unit.get("name") or {}, str(unit["code"]))
