"""Why there was nothing on the receipt that a rule counts, by the rule's kind."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from wafa.core.earning.judged import Judged
from wafa.wording.figures import decimal
from wafa.wording.rules.figures_read import Figures
from wafa.wording.rules.series import codes, either
from wafa.wording.rules.terms import Terms, amount


def nothing_to_count(judged: Judged, figures: Figures, terms: Terms) -> str:
    """A sentence."""
    if figures.get("unrated"):
        return _("It would be %(points)s, but times %(factor)s, as the branch has it, nothing is left.") % {
            "points": amount(figures["unrated"], terms.measure_of(judged.rule)),
            "factor": decimal(str(figures["rate"])),
        }
    return NOTHING[judged.kind](figures, terms)


def _per_amount(figures: Figures, terms: Terms) -> str:
    eligible = figures["eligible_minor"]
    if eligible <= 0:
        return _nothing_counts()
    text = (
        _("%(amount)s is too little for a whole point.")
        if figures.get("mode") == "proportional"
        else _("%(amount)s is less than one full %(step)s.")
    )
    return text % {"amount": terms.money(eligible), "step": terms.money(figures["per_minor"])}


def _multiplier(figures: Figures, terms: Terms) -> str:
    if figures["of_points"]:
        return _("It adds less than one point.")
    return _("%(base)s gives nothing here that could be multiplied.") % {"base": terms.rule(figures["of"])}


def _tier_percentage(figures: Figures, terms: Terms) -> str:
    if not figures["percent"]:
        if not figures["tier"]:
            return _("Only by tier; the member has none.")
        return _("Nothing for %(tier)s members.") % {"tier": terms.tier(figures["tier"])}
    if figures["of_points"]:
        return _("It adds less than one point.")
    return _("%(base)s gives nothing here that could be raised.") % {"base": terms.rule(figures["of"])}


def _per_unit(figures: Figures, terms: Terms) -> str:
    if figures.get("items"):
        return _("There is no whole unit of %(goods)s on the receipt.") % {"goods": either(codes(figures["items"]))}
    return _nothing_counts()


def _first_purchase(figures: Figures, terms: Terms) -> str:
    return _("This is not the first purchase.") if figures["earlier_purchases"] else _nothing_counts()


def _spend_reached(figures: Figures, terms: Terms) -> str:
    before, wanted = figures["spent_before"], figures["minor"]
    if before >= wanted:
        return _reached(figures["per"]) % {"amount": terms.money(wanted)}
    return _so_far(figures["per"]) % {
        "amount": terms.money(wanted),
        "spent": terms.money(before + figures["eligible_minor"]),
    }


def _reached(per: str) -> str:
    return {
        "day": _("%(amount)s had been reached earlier in the day."),
        "week": _("%(amount)s had been reached earlier in the week."),
        "month": _("%(amount)s had been reached earlier in the month."),
    }[per]


def _so_far(per: str) -> str:
    return {
        "day": _("With this receipt the day comes to %(spent)s of %(amount)s."),
        "week": _("With this receipt the week comes to %(spent)s of %(amount)s."),
        "month": _("With this receipt the month comes to %(spent)s of %(amount)s."),
    }[per]


def _cashback(figures: Figures, terms: Terms) -> str:
    if figures["eligible_minor"] <= 0:
        return _nothing_counts()
    return _("%(percent)s of %(amount)s is less than the smallest coin.") % {
        "percent": decimal(f"{figures['percent']}%"),
        "amount": terms.money(figures["eligible_minor"]),
    }


def _nothing_counts() -> str:
    return _("Nothing on the receipt counts for it.")


NOTHING: dict[str, Callable[[Figures, Terms], str]] = {
    "per_amount": _per_amount,
    "per_unit": _per_unit,
    "fixed": lambda figures, terms: _nothing_counts(),
    "multiplier": _multiplier,
    "tier_percentage": _tier_percentage,
    "first_purchase": _first_purchase,
    "spend_reached": _spend_reached,
    "cashback": _cashback,
}
