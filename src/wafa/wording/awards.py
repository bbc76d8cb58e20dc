"""Why a rule gave what it gave: one short clause for each kind of rule, from the figures kept with the award."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording.figures import decimal, money, number, percent
from wafa.wording.languages import isolated

Figures = Mapping[str, Any]


def clause(kind: str, points: int, figures: Figures, currency: str) -> str:
    """The reason behind an award; empty where there is nothing to add to the rule's name and its points."""
    speak = _CLAUSES.get(kind)
    try:
        return _with_cut(speak(points, figures, currency), figures) if speak else ""
    except (KeyError, TypeError, ValueError):
        return ""  # figures of another shape: the name and the points still stand


def _with_cut(reason: str, figures: Figures) -> str:
    """The reason, and where a cap took some of the points, what it had left."""
    if "headroom" not in figures:
        return reason
    said = {
        "day": _("%(reason)s; cut at %(points)s, all that was left for the day"),
        "week": _("%(reason)s; cut at %(points)s, all that was left for the week"),
        "month": _("%(reason)s; cut at %(points)s, all that was left for the month"),
    }
    return said[figures["per"]] % {"reason": reason, "points": number(int(figures["headroom"]))}


def _per_amount(points: int, figures: Figures, currency: str) -> str:
    each = int(figures["each"])
    return ngettext(
        "%(points)s point for each full %(step)s of %(amount)s",
        "%(points)s points for each full %(step)s of %(amount)s",
        each,
    ) % {
        "points": number(each),
        "step": isolated(money(int(figures["per_minor"]), currency)),
        "amount": isolated(money(int(figures["eligible_minor"]), currency)),
    }


def _multiplier(points: int, figures: Figures, currency: str) -> str:
    factor = str(figures["factor"])
    if factor == "2":
        return _("double points")
    if factor == "3":
        return _("triple points")
    return _("points times %(factor)s") % {"factor": decimal(factor)}


def _tier_percentage(points: int, figures: Figures, currency: str) -> str:
    share = int(figures["percent"])
    if share == 25:
        return _("a quarter as much again")
    if share == 50:
        return _("half as much again")
    if share == 100:
        return _("as much again")
    return _("%(share)s more") % {"share": percent(share)}


def _per_unit(points: int, figures: Figures, currency: str) -> str:
    each, units, cap = int(figures["each"]), int(figures["units"]), figures.get("cap")
    items = _(", ").join(isolated(str(item)) for item in figures["items"])
    text = ngettext(
        "%(units)s unit of %(items)s, %(each)s each", "%(units)s units of %(items)s, %(each)s each", units
    ) % {"units": number(units), "items": items, "each": number(each)}
    if cap is not None and int(figures["uncut"]) > int(cap):
        return _("%(reason)s; at most %(cap)s a receipt") % {"reason": text, "cap": number(int(cap))}
    return text


def _first_purchase(points: int, figures: Figures, currency: str) -> str:
    return _("for the first purchase")


def _spend_reached(points: int, figures: Figures, currency: str) -> str:
    said = {
        "day": _("for %(amount)s spent in a day"),
        "week": _("for %(amount)s spent in a week"),
        "month": _("for %(amount)s spent in a month"),
    }
    return said[figures["per"]] % {"amount": isolated(money(int(figures["minor"]), currency))}


_CLAUSES: dict[str, Callable[[int, Figures, str], str]] = {
    "per_amount": _per_amount,
    "multiplier": _multiplier,
    "tier_percentage": _tier_percentage,
    "per_unit": _per_unit,
    "first_purchase": _first_purchase,
    "spend_reached": _spend_reached,
}
