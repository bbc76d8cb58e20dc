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
    sentence = _SENTENCES.get(refusal)
    return sentence(detail) if sentence else str(refusal).replace("_", " ")


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


def _units(milli: int) -> str:
    return f"{(Decimal(milli) / 1000).normalize():f}"


_SENTENCES: dict[Refusal, Callable[[Detail], str]] = {
    Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT: _reused,
    Refusal.OCCURRED_IN_FUTURE: _in_future,
    Refusal.BRANCH_UNKNOWN: _branch,
    Refusal.MEMBER_UNKNOWN: _member,
    Refusal.CURRENCY_NOT_THE_MERCHANTS: _currency,
    Refusal.RECEIPT_UNKNOWN: _receipt,
    Refusal.RETURNED_MORE_THAN_LEFT: _more_than_left,
    Refusal.FIGURE_OUT_OF_RANGE: _too_large,
}
