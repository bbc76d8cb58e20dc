"""Why a whole document was not counted, in words that a shopkeeper understands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wafa.core.refusals import Refusal

Detail = dict[str, Any]


def conflicts() -> dict[str, str]:
    """What the rows of one document must agree on (see `staging`), and what is said where they do not."""
    return {
        "member": _("rows with this receipt number name different members"),
        "branch": _("rows with this receipt number name different branches"),
        "currency": _("rows with this receipt number are in different currencies"),
        "channel": _("rows with this receipt number name different channels"),
        "receipt": _("rows with this receipt number say that goods came back to different receipts"),
        "kind": _("some rows with this receipt number are sold goods, others returned ones"),
    }


def refused(refusal: Refusal, detail: Detail) -> str:
    """What the engine refused."""
    return _SENTENCES[refusal](detail)


def _reused(detail: Detail) -> str:
    return _("a receipt with this number has been counted already, and its content was another")


def _in_future(detail: Detail) -> str:
    return _("its date lies in the future")


def _branch(detail: Detail) -> str:
    return _("there is no branch “{branch}”").format(branch=detail.get("branch", ""))


def _member(detail: Detail) -> str:
    return _("there is no member with the number “{member}”").format(member=detail.get("member", ""))


def _currency(detail: Detail) -> str:
    return _("it is in {given}, but the shop's currency is {expected}").format(
        given=detail.get("given", ""), expected=detail.get("expected", "")
    )


def _receipt(detail: Detail) -> str:
    return _("the receipt “{number}” that goods came back to is not known").format(number=detail.get("number", ""))


def _more_than_left(detail: Detail) -> str:
    return _("{returned} of “{item}” came back, but only {left} can: that is what the receipt still holds").format(
        item=detail.get("item", ""),
        returned=_units(detail.get("returned_milli", 0)),
        left=_units(detail.get("left_milli", 0)),
    )


def _too_large(detail: Detail) -> str:
    return _("the quantity or the amount is too large to be true")


def _empty(detail: Detail) -> str:
    return _("nothing on it can be counted")


def _text(detail: Detail) -> str:
    return _("a text on it is too long, or holds characters that no text has")


def _quantity(detail: Detail) -> str:
    return _("a quantity on it is not above zero")


def _amount(detail: Detail) -> str:
    return _("an amount on it is below zero")


def _units(milli: int) -> str:
    return f"{(Decimal(milli) / 1000).normalize():f}"


_SENTENCES: dict[Refusal, Callable[[Detail], str]] = {
    Refusal.DOCUMENT_EMPTY: _empty,
    Refusal.TEXT_NOT_USABLE: _text,
    Refusal.QUANTITY_NOT_ABOVE_ZERO: _quantity,
    Refusal.AMOUNT_BELOW_ZERO: _amount,
    Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT: _reused,
    Refusal.OCCURRED_IN_FUTURE: _in_future,
    Refusal.BRANCH_UNKNOWN: _branch,
    Refusal.MEMBER_UNKNOWN: _member,
    Refusal.CURRENCY_NOT_THE_MERCHANTS: _currency,
    Refusal.RECEIPT_UNKNOWN: _receipt,
    Refusal.RETURNED_MORE_THAN_LEFT: _more_than_left,
    Refusal.FIGURE_OUT_OF_RANGE: _too_large,
}
