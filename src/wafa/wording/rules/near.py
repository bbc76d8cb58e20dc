"""How little more would have brought more, as a sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.core.earning.judged import Judged, Near
from wafa.wording.figures import number, quantity
from wafa.wording.rules.series import ended
from wafa.wording.rules.terms import Terms, amount


def near(judged: Judged, terms: Terms) -> str:
    """ "£12.00 more for the next 10 points." Empty where nothing was near."""
    found = judged.near
    if found is None:
        return ""
    points = amount(int(found.figures["points"]), terms.measure_of(judged.rule))
    return ended(NEAR[found.code](found, points, terms, judged.award is not None))


def _amount(found: Near, points: str, terms: Terms, is_next: bool) -> str:
    text = _("%(amount)s more for the next %(points)s.") if is_next else _("%(amount)s more for %(points)s.")
    return text % {"amount": terms.money(found.missing), "points": points}


def _quantity(found: Near, points: str, terms: Terms, is_next: bool) -> str:
    text = ngettext(
        "%(quantity)s more unit for %(points)s.", "%(quantity)s more units for %(points)s.", _counted(found.missing)
    )
    return text % {"quantity": quantity(found.missing), "points": points}


def _visits(found: Near, points: str, terms: Terms, is_next: bool) -> str:
    text = ngettext("%(count)s more visit for %(points)s.", "%(count)s more visits for %(points)s.", found.missing)
    return text % {"count": number(found.missing), "points": points}


def _nth_purchase(found: Near, points: str, terms: Terms, is_next: bool) -> str:
    text = ngettext(
        "%(count)s more purchase for %(points)s.", "%(count)s more purchases for %(points)s.", found.missing
    )
    return text % {"count": number(found.missing), "points": points}


def _spent(found: Near, points: str, terms: Terms, is_next: bool) -> str:
    on_the_next = "at_least_minor" in found.figures
    text = (
        _("Spend %(amount)s more, and the next purchase brings %(points)s.")
        if on_the_next
        else _("Spend %(amount)s more for %(points)s.")
    )
    return text % {"amount": terms.money(found.missing), "points": points}


def _counted(milli: int) -> int:
    """By which the plural goes: of a fraction that of a hundred, which no language counts one by one."""
    return 100 if milli % 1000 else milli // 1000


NEAR: dict[str, Callable[[Near, str, Terms, bool], str]] = {
    "amount": _amount,
    "quantity": _quantity,
    "visits": _visits,
    "nth_purchase": _nth_purchase,
    "spent": _spent,
}
