"""How much is given at most, and at least: the caps of a rule, and the limits of a programme."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.measures import POINTS, Measure
from wafa.wording.rules.terms import Body, amount


def bounds(of: Body, measure: Measure = POINTS) -> list[str]:
    """A clause for each bound of a rule, or of a programme's limits, which has the same fields."""
    told = [cap(each, measure) for each in ([of["cap"]] if of.get("cap") else []) + list(of.get("caps") or ())]
    receipt = of.get("per_receipt") or {}
    if receipt.get("most") is not None:
        told.append(_("at most %(points)s a receipt") % {"points": amount(receipt["most"], measure)})
    if receipt.get("least") is not None:
        told.append(_("nothing below %(points)s a receipt") % {"points": amount(receipt["least"], measure)})
    if of.get("budget") is not None:
        told.append(_("at most %(points)s for all members together") % {"points": amount(of["budget"], measure)})
    return told


def cap(of: Body, measure: Measure) -> str:
    """At most so many in a period."""
    return at_most(str(of["per"])) % {"points": amount(of["points"], measure)}


def at_most(per: str) -> str:
    """The most of a period, a template."""
    return {
        "day": _("at most %(points)s a day"),
        "week": _("at most %(points)s a week"),
        "month": _("at most %(points)s a month"),
        "year": _("at most %(points)s a year"),
        "campaign": _("at most %(points)s in the whole campaign"),
        "lifetime": _("at most %(points)s ever"),
    }[per]
