"""Why a rule gave nothing for a receipt, as a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from wafa.core.earning.judged import Judged
from wafa.wording import dates
from wafa.wording.rules import nothing
from wafa.wording.rules.conditions import CLAUSES
from wafa.wording.rules.figures_read import Figures, as_written
from wafa.wording.rules.series import codes, ended, together
from wafa.wording.rules.terms import Terms, amount
from wafa.wording.rules.terms import branch as branch_named
from wafa.wording.rules.there import THERE
from wafa.wording.rules.times import clock


def missed(judged: Judged, terms: Terms) -> str:
    """ "Only for Gold members; the member is Silver." Empty where the rule gave something."""
    miss = judged.missed
    if miss is None:
        return ""
    if miss.code in REASONS:
        return ended(REASONS[miss.code](judged, miss.figures, terms))
    return ended(_condition(miss.code, miss.figures, terms))


def _condition(kind: str, figures: Figures, terms: Terms) -> str:
    unwanted = bool(figures.get("not"))
    if kind == "hours" and not unwanted and figures["from"] < figures["to"]:
        return _too_early_or_late(figures)
    if kind == "dates" and not unwanted:
        return _outside(figures)
    wanted = CLAUSES[kind](as_written(kind, figures), terms)
    text = _("Not %(clause)s; %(there)s.") if unwanted else _("Only %(clause)s; %(there)s.")
    return text % {"clause": wanted, "there": THERE[kind](figures, terms)}


def _too_early_or_late(figures: Figures) -> str:
    if figures["minute"] < figures["from"]:
        return _("Not before %(time)s.") % {"time": clock(figures["from"])}
    return _("Only until %(time)s.") % {"time": clock(figures["to"])}


def _outside(figures: Figures) -> str:
    first, last = figures["from"], figures["to"]
    if first and figures["day"] < first:
        return _("Not before %(day)s.") % {"day": dates.day(date.fromisoformat(first))}
    return _("Only until %(day)s.") % {"day": dates.day(date.fromisoformat(last))}


def _unless(judged: Judged, figures: Figures, terms: Terms) -> str:
    return _("Not with %(goods)s on the receipt.") % {"goods": together(codes(figures["items"]))}


def _used_up(judged: Judged, figures: Figures, terms: Terms) -> str:
    said = {
        "day": _("The day's %(points)s are used up."),
        "week": _("The week's %(points)s are used up."),
        "month": _("The month's %(points)s are used up."),
        "year": _("The year's %(points)s are used up."),
        "campaign": _("The campaign's %(points)s are used up."),
        "lifetime": _("The %(points)s that a member can ever get are used up."),
    }
    return said[figures["per"]] % {"points": amount(figures["most"], terms.measure_of(judged.rule))}


def _budget(judged: Judged, figures: Figures, terms: Terms) -> str:
    return _("The %(points)s for all members together are used up.") % {
        "points": amount(figures["most"], terms.measure_of(judged.rule))
    }


def _group(judged: Judged, figures: Figures, terms: Terms) -> str:
    return _("Another offer gave more: %(rule)s, %(points)s.") % {
        "rule": terms.rule(figures["best"]),
        "points": amount(figures["best_points"], terms.measure_of(figures["best"])),
    }


def _too_few(judged: Judged, figures: Figures, terms: Terms) -> str:
    measure = terms.measure_of(judged.rule)
    return _("It would be %(points)s, and the least for a receipt is %(least)s.") % {
        "points": amount(figures["points"], measure),
        "least": amount(figures["least"], measure),
    }


def _limits(judged: Judged, figures: Figures, terms: Terms) -> str:
    return _("It would be %(points)s, but the programme's limits for all points together leave none.") % {
        "points": amount(figures["points"], terms.measure_of(judged.rule))
    }


def _switched_off(judged: Judged, figures: Figures, terms: Terms) -> str:
    return _("Switched off at %(branch)s.") % {"branch": branch_named(figures["branch"])}


REASONS: dict[str, Callable[[Judged, Figures, Terms], str]] = {
    "during": lambda judged, figures, terms: _outside(figures),
    "unless": _unless,
    "nothing_to_count": nothing.nothing_to_count,
    "cap": _used_up,
    "budget": _budget,
    "group": _group,
    "per_receipt": _too_few,
    "limits": _limits,
    "branch_rule": _switched_off,
}
