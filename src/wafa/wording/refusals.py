"""Why something was refused, in words that a shopkeeper understands: clauses, for whatever sentence they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.core.refusals import Refusal
from wafa.wording.figures import money, number, quantity
from wafa.wording.languages import isolated

Detail = Mapping[str, Any]


def refused(refusal: Refusal, detail: Detail, currency: str = "") -> str:
    """The clause for a refusal, with its figures; `currency` is the merchant's."""
    if refusal in _PLAIN:
        return _PLAIN[refusal]()
    if refusal == Refusal.RETURN_NOT_COVERED:
        return _not_covered(detail, currency)
    return _TOLD[refusal](detail)


def _name(detail: Detail, key: str) -> str:
    return isolated(str(detail.get(key, "")))


def _figure(detail: Detail, key: str) -> str:
    return number(int(detail.get(key) or 0))


def _out_of_range(detail: Detail) -> str:
    match detail.get("field"):
        case "points" | "qualifying" | "lots":
            return _("so many points cannot be true")
        case "minutes":
            return _("a hold cannot last for so many minutes")
        case "occurred_at":
            return _("its date cannot be true")
        case _:
            return _("the quantity or the amount is too large to be true")


def _currency(detail: Detail) -> str:
    return _("it is in {given}, but the shop's currency is {expected}").format(
        given=_name(detail, "given"), expected=_name(detail, "expected")
    )


def _branch(detail: Detail) -> str:
    return _("there is no branch “{branch}”").format(branch=_name(detail, "branch"))


def _unit(detail: Detail) -> str:
    return _("the programme has no unit “{unit}”").format(unit=_name(detail, "unit"))


def _member(detail: Detail) -> str:
    return _("there is no member with the number “{member}”").format(member=_name(detail, "member"))


def _not_active(detail: Detail) -> str:
    closed = detail.get("status") == "closed"
    text = _("the membership of “{member}” is closed") if closed else _("member “{member}” is blocked")
    return text.format(member=_name(detail, "member"))


def _the_same(detail: Detail) -> str:
    return _("“{member}” is the same member").format(member=_name(detail, "member"))


def _receipt(detail: Detail) -> str:
    return _("the receipt “{number}” is not known").format(number=_name(detail, "number"))


def _activity(detail: Detail) -> str:
    return _("the programme has no activity “{activity}” on that day").format(activity=_name(detail, "activity"))


def _counted(detail: Detail) -> str:
    text = _("“{activity}” has been counted already: for this, or in this time, it counts once")
    return text.format(activity=_name(detail, "activity"))


def _return(detail: Detail) -> str:
    return _("the return “{number}” is not known").format(number=_name(detail, "number"))


def _merge_too_old(detail: Detail) -> str:
    days = int(detail.get("days") or 0)
    text = ngettext(
        "a merge can be undone for {days} day, and no longer",
        "a merge can be undone for {days} days, and no longer",
        days,
    )
    return text.format(days=number(days))


def _void(detail: Detail) -> str:
    return _("the receipt “{number}” has been voided").format(number=_name(detail, "number"))


def _return_cancelled(detail: Detail) -> str:
    return _("the return “{number}” has been cancelled already").format(number=_name(detail, "number"))


def _has_a_member(detail: Detail) -> str:
    return _("the receipt “{number}” is a member's already").format(number=_name(detail, "number"))


def _has_no_member(detail: Detail) -> str:
    return _("the receipt “{number}” is no member's").format(number=_name(detail, "number"))


def _receipt_too_old(detail: Detail) -> str:
    days = int(detail.get("days") or 0)
    text = ngettext(
        "the receipt “{number}” could be claimed for {days} day, and no longer",
        "the receipt “{number}” could be claimed for {days} days, and no longer",
        days,
    )
    return text.format(number=_name(detail, "number"), days=number(days))


def _hold_time(detail: Detail) -> str:
    return _("a hold lasts from {least} to {most} minutes, not {minutes}").format(
        least=_figure(detail, "least"), most=_figure(detail, "most"), minutes=_figure(detail, "minutes")
    )


def _fewer(detail: Detail) -> str:
    return _("{points} is less than the least, {least}").format(
        points=_figure(detail, "points"), least=_figure(detail, "least")
    )


def _proof(detail: Detail) -> str:
    return _(
        "more than {above} points are spent only by who shows that it is them: a card, the code or the PIN"
    ).format(above=_figure(detail, "above"))


def _transfer_limit(detail: Detail) -> str:
    a_month = detail.get("limit") == "most_a_month"
    text = (
        _("{points} this month is more than a member may pass on in a month, {most}")
        if a_month
        else _("{points} is more than a member may pass on at once, {most}")
    )
    return text.format(points=_figure(detail, "points"), most=_figure(detail, "most"))


def _hold_open(detail: Detail) -> str:
    return _("points of member “{member}” are still on hold").format(member=_name(detail, "member"))


def _more_than_held(detail: Detail) -> str:
    return _("{points} is more than the {held} on hold").format(
        points=_figure(detail, "points"), held=_figure(detail, "held")
    )


def _more_than_left(detail: Detail) -> str:
    return _("{returned} of “{item}” came back, but only {left} can: that is what the receipt still holds").format(
        item=_name(detail, "item"),
        returned=quantity(int(detail.get("returned_milli") or 0)),
        left=quantity(int(detail.get("left_milli") or 0)),
    )


def _insufficient(detail: Detail) -> str:
    return _("{points} is asked for, and {available} is available").format(
        points=_figure(detail, "points"), available=_figure(detail, "available")
    )


def _not_covered(detail: Detail, currency: str) -> str:
    points = int(detail.get("points") or 0)
    text = ngettext(
        "{points} point earned by these goods has been spent: withhold {amount} of the refund, and it is accepted",
        "{points} points earned by these goods have been spent: withhold {amount} of the refund, and it is accepted",
        points,
    )
    return text.format(points=number(points), amount=isolated(money(int(detail.get("withhold_minor") or 0), currency)))


_PLAIN: dict[Refusal, Callable[[], str]] = {
    Refusal.DOCUMENT_EMPTY: lambda: _("nothing on it can be counted"),
    Refusal.TEXT_NOT_USABLE: lambda: _("a text on it is too long, or holds characters that no text has"),
    Refusal.REASON_MISSING: lambda: _("a reason and a note must say why"),
    Refusal.QUANTITY_NOT_ABOVE_ZERO: lambda: _("a quantity on it is not above zero"),
    Refusal.AMOUNT_BELOW_ZERO: lambda: _("an amount on it is below zero"),
    Refusal.POINTS_NOT_ABOVE_ZERO: lambda: _("the number of points is not above zero"),
    Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT: lambda: _(
        "a receipt with this number has been counted already, and its content was another"
    ),
    Refusal.KEY_REUSED_WITH_OTHER_CONTENT: lambda: _("something else has been asked for under this key already"),
    Refusal.OCCURRED_IN_FUTURE: lambda: _("its date lies in the future"),
    Refusal.REDEMPTION_UNKNOWN: lambda: _("there is no such redemption"),
    Refusal.HOLD_UNKNOWN: lambda: _("there is no such hold"),
    Refusal.MERGE_UNKNOWN: lambda: _("there is no such merge"),
    Refusal.REDEMPTION_CANCELLED_ALREADY: lambda: _("this redemption has been cancelled already"),
    Refusal.HOLD_CLOSED_ALREADY: lambda: _("this hold is over: it was used or released, or its time ran out"),
    Refusal.MERGE_UNDONE_ALREADY: lambda: _("this merge has been undone already"),
    Refusal.MERGED_SINCE: lambda: _("the member has been merged into another since"),
    Refusal.TRANSFERS_NOT_ALLOWED: lambda: _("the programme does not let members pass points on"),
}
_TOLD: dict[Refusal, Callable[[Detail], str]] = {
    Refusal.FIGURE_OUT_OF_RANGE: _out_of_range,
    Refusal.CURRENCY_NOT_THE_MERCHANTS: _currency,
    Refusal.BRANCH_UNKNOWN: _branch,
    Refusal.UNIT_UNKNOWN: _unit,
    Refusal.MEMBER_UNKNOWN: _member,
    Refusal.MEMBER_NOT_ACTIVE: _not_active,
    Refusal.MEMBER_THE_SAME: _the_same,
    Refusal.RECEIPT_UNKNOWN: _receipt,
    Refusal.RETURN_UNKNOWN: _return,
    Refusal.ACTIVITY_UNKNOWN: _activity,
    Refusal.ACTIVITY_COUNTED_ALREADY: _counted,
    Refusal.MERGE_TOO_OLD: _merge_too_old,
    Refusal.RECEIPT_VOID: _void,
    Refusal.RETURN_CANCELLED_ALREADY: _return_cancelled,
    Refusal.RECEIPT_HAS_A_MEMBER: _has_a_member,
    Refusal.RECEIPT_HAS_NO_MEMBER: _has_no_member,
    Refusal.RECEIPT_TOO_OLD: _receipt_too_old,
    Refusal.HOLD_TIME_OUT_OF_BOUNDS: _hold_time,
    Refusal.FEWER_POINTS_THAN_THE_LEAST: _fewer,
    Refusal.PROOF_NEEDED: _proof,
    Refusal.TRANSFER_LIMIT_EXCEEDED: _transfer_limit,
    Refusal.HOLD_OPEN: _hold_open,
    Refusal.CAPTURED_MORE_THAN_HELD: _more_than_held,
    Refusal.RETURNED_MORE_THAN_LEFT: _more_than_left,
    Refusal.INSUFFICIENT_POINTS: _insufficient,
}
