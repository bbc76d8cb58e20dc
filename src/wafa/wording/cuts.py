"""What kept an award from being larger: a cap, a limit of the programme, the bounds of a receipt, a budget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wafa.wording.measures import Measure

Figures = Mapping[str, Any]


def cut_clause(reason: str, kind: str, figures: Figures, measure: Measure) -> str:
    """The reason, and where something took a part of the award, what it had left."""
    if "headroom" not in figures:
        return reason
    return said(cut_by(kind, figures)) % {"reason": reason, "points": measure.number(int(figures["headroom"]))}


def cut_by(kind: str, figures: Figures) -> str:
    """What cut last: figures of an earlier cut stay beside it. A rule for spending has a period of its own."""
    by = str(figures.get("cut_by") or "")
    if "per" in figures and (not by or (by == "receipt" and kind != "spend_reached")):
        return str(figures["per"])
    return by


def said(by: str) -> str:
    """A template for what took something."""
    return {
        "day": _("%(reason)s; cut at %(points)s, all that was left for the day"),
        "week": _("%(reason)s; cut at %(points)s, all that was left for the week"),
        "month": _("%(reason)s; cut at %(points)s, all that was left for the month"),
        "year": _("%(reason)s; cut at %(points)s, all that was left for the year"),
        "campaign": _("%(reason)s; cut at %(points)s, all that was left for the campaign"),
        "lifetime": _("%(reason)s; cut at %(points)s, all that the member could still get of it"),
        "receipt": _("%(reason)s; cut at %(points)s, the most for a receipt"),
        "budget": _("%(reason)s; cut at %(points)s, all that was left for all members together"),
        "limits/receipt": _("%(reason)s; cut at %(points)s: all points of a receipt together are limited"),
        "limits/day": _("%(reason)s; cut at %(points)s: all points of a day together are limited"),
        "limits/week": _("%(reason)s; cut at %(points)s: all points of a week together are limited"),
        "limits/month": _("%(reason)s; cut at %(points)s: all points of a month together are limited"),
        "limits/year": _("%(reason)s; cut at %(points)s: all points of a year together are limited"),
        "limits/lifetime": _("%(reason)s; cut at %(points)s: all points of a member together are limited"),
    }[by]
