"""In which terms rules are told: the currency, the units, and what tiers and rules are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording.figures import money, number
from wafa.wording.languages import isolated
from wafa.wording.measures import POINTS, Measure, Measures
from wafa.wording.names import name_in

Body = Mapping[str, Any]
"""A programme's JSON, or that of something in it."""
GROUP = "group:"


@dataclass(frozen=True, slots=True)
class Terms:
    """What rules are told by besides their own JSON; tiers and rules (those of branches too) by their codes."""

    currency: str
    units: Measures
    tiers: Mapping[str, Body]
    rules: Mapping[str, Body]

    @classmethod
    def of(cls, body: Body, currency: str) -> Self:
        """Those of a programme; `currency` is the merchant's."""
        return cls(
            currency,
            Measures(body.get("units") or (), currency),
            {str(tier["code"]): tier for tier in body.get("tiers") or ()},
            {str(rule["code"]): rule for rule in every_rule(body)},
        )

    def tier(self, code: str) -> str:
        """What a tier is called."""
        return isolated(name_in(self.tiers.get(code, {}).get("name"), code))

    def rule(self, code: str) -> str:
        """What a rule is called."""
        return isolated(name_in(self.rules.get(code, {}).get("name"), code))

    def measure_of(self, rule: str) -> Measure:
        """What a rule gives."""
        return self.units.of(str(self.rules.get(rule, {}).get("unit", POINTS.code)))

    def money(self, minor: int) -> str:
        """An amount in the merchant's currency."""
        return isolated(money(minor, self.currency))


def every_rule(body: Body) -> Iterator[Body]:
    """The chain's rules, then those that branches add."""
    yield from body.get("rules") or ()
    for change in body.get("branch_rules") or ():
        yield from change.get("rules") or ()


def amount(value: int, measure: Measure = POINTS) -> str:
    """What is given, as a sentence has it that is about it: 120 points, 3 stamps, £1.20."""
    match measure.kind:
        case "money":
            return isolated(measure.number(value))
        case "stamps":
            return ngettext("%(stamps)s stamp", "%(stamps)s stamps", value) % {"stamps": number(value)}
        case "points":
            return ngettext("%(points)s point", "%(points)s points", value) % {"points": number(value)}
    return _("%(count)s of %(unit)s") % {"count": number(value), "unit": isolated(measure.name)}


def days(count: int) -> str:
    """A number of days, as it stands after a preposition."""
    return ngettext("%(days)s day", "%(days)s days", count) % {"days": number(count)}


def branch(code: str) -> str:
    """A branch, or the branches of a group, as programmes name them: "olaya", "group:riyadh"."""
    if code.startswith(GROUP):
        return _("the branches of the group %(group)s") % {"group": isolated(code.removeprefix(GROUP))}
    return _("the branch %(branch)s") % {"branch": isolated(code)}
