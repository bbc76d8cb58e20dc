"""Why a rule gave what it gave: one short clause for each kind of rule, from the figures kept with the award."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording.cuts import cut_clause
from wafa.wording.figures import decimal, money, number, percent
from wafa.wording.languages import isolated
from wafa.wording.measures import POINTS, Measure
from wafa.wording.rules.giving import per_amount
from wafa.wording.rules.terms import amount

Figures = Mapping[str, Any]


def clause(kind: str, points: int, figures: Figures, currency: str, measure: Measure = POINTS) -> str:
    """The reason behind an award; empty where there is nothing to add to the rule's name and its points.

    `measure` is that of the award's unit; a cashback is money by nature.
    """
    speak = _CLAUSES.get(kind)
    given = Measure("money", currency) if kind == "cashback" else measure
    try:
        if not speak:
            return ""
        rated = _with_rate(speak(measure, figures, currency), figures)
        return cut_clause(rated, kind, figures, given)
    except (KeyError, TypeError, ValueError):
        return ""  # figures of another shape: the name and the points still stand


def _with_rate(reason: str, figures: Figures) -> str:
    """The reason, and by what the branch changes it."""
    if "rate" not in figures:
        return reason
    return _("%(reason)s; times %(factor)s at this branch") % {
        "reason": reason,
        "factor": isolated(decimal(str(figures["rate"]))),
    }


def _per_amount(measure: Measure, figures: Figures, currency: str) -> str:
    each = int(figures["each"])
    said = {
        "points": number(each),
        "step": isolated(money(int(figures["per_minor"]), currency)),
        "amount": isolated(money(int(figures["eligible_minor"]), currency)),
    }
    in_proportion = figures.get("mode") == "proportional"
    if measure.kind != POINTS.kind:
        other = {"points": amount(each, measure), "step": said["step"], "of": said["amount"]}
        return per_amount(in_proportion) % other
    return (_proportional(each) if in_proportion else _by_steps(each)) % said


def _by_steps(each: int) -> str:
    return ngettext(
        "%(points)s point for each full %(step)s of %(amount)s",
        "%(points)s points for each full %(step)s of %(amount)s",
        each,
    )


def _proportional(each: int) -> str:
    return ngettext(
        "%(points)s point for every %(step)s of %(amount)s, in proportion",
        "%(points)s points for every %(step)s of %(amount)s, in proportion",
        each,
    )


def _multiplier(measure: Measure, figures: Figures, currency: str) -> str:
    factor = str(figures["factor"])
    if factor == "2":
        return _("double points")
    if factor == "3":
        return _("triple points")
    return _("points times %(factor)s") % {"factor": decimal(factor)}


def _tier_percentage(measure: Measure, figures: Figures, currency: str) -> str:
    share = int(figures["percent"])
    if share == 25:
        return _("a quarter as much again")
    if share == 50:
        return _("half as much again")
    if share == 100:
        return _("as much again")
    return _("%(share)s more") % {"share": percent(share)}


def _per_unit(measure: Measure, figures: Figures, currency: str) -> str:
    each, units, cap = int(figures["each"]), int(figures["units"]), figures.get("cap")
    items = _(", ").join(isolated(str(item)) for item in figures.get("items") or ())
    text = (
        ngettext("%(units)s unit of %(items)s, %(each)s each", "%(units)s units of %(items)s, %(each)s each", units)
        if items
        else ngettext("%(units)s unit, %(each)s each", "%(units)s units, %(each)s each", units)
    ) % {"units": number(units), "items": items, "each": measure.number(each)}
    if cap is not None and int(figures["uncut"]) > int(cap):
        return _("%(reason)s; at most %(cap)s a receipt") % {"reason": text, "cap": number(int(cap))}
    return text


def _first_purchase(measure: Measure, figures: Figures, currency: str) -> str:
    return _("for the first purchase")


def _spend_reached(measure: Measure, figures: Figures, currency: str) -> str:
    said = {
        "day": _("for %(amount)s spent in a day"),
        "week": _("for %(amount)s spent in a week"),
        "month": _("for %(amount)s spent in a month"),
    }
    return said[figures["per"]] % {"amount": isolated(money(int(figures["minor"]), currency))}


def _fixed(measure: Measure, figures: Figures, currency: str) -> str:
    return _("for the receipt")


def _cashback(measure: Measure, figures: Figures, currency: str) -> str:
    return _("%(percent)s of %(amount)s") % {
        "percent": decimal(f"{figures['percent']}%"),
        "amount": isolated(money(int(figures["eligible_minor"]), currency)),
    }


_CLAUSES: dict[str, Callable[[Measure, Figures, str], str]] = {
    "per_amount": _per_amount,
    "multiplier": _multiplier,
    "tier_percentage": _tier_percentage,
    "per_unit": _per_unit,
    "first_purchase": _first_purchase,
    "spend_reached": _spend_reached,
    "fixed": _fixed,
    "cashback": _cashback,
}
