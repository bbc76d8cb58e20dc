"""Clauses of what is on the receipt, and how much of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.figures import decimal
from wafa.wording.rules.goods import goods
from wafa.wording.rules.series import together
from wafa.wording.rules.terms import Body, Terms


def items(when: Body, terms: Terms) -> str:
    """With something on the receipt, perhaps enough of it."""
    quantity, minor = when.get("quantity"), when.get("amount_minor")
    if quantity and minor:
        text = _("with at least %(quantity)s of %(goods)s for at least %(amount)s on the receipt")
    elif quantity:
        text = _("with at least %(quantity)s of %(goods)s on the receipt")
    elif minor:
        text = _("with %(goods)s for at least %(amount)s on the receipt")
    else:
        text = _("with %(goods)s on the receipt")
    return text % {
        "goods": goods(when["lines"]),
        "quantity": decimal(quantity or ""),
        "amount": terms.money(minor or 0),
    }


def bundle(when: Body, terms: Terms) -> str:
    """With one of each."""
    return _("with %(goods)s bought together") % {"goods": together([goods(part) for part in when["of"]])}


def amount(when: Body, terms: Terms) -> str:
    """On receipts of some amount."""
    least, most = when.get("at_least_minor"), when.get("at_most_minor")
    if most is None:
        text = _("on receipts of at least %(least)s")
    elif least is None:
        text = _("on receipts of at most %(most)s")
    else:
        text = _("on receipts of %(least)s to %(most)s")
    return _counted(when) % {"clause": text % {"least": terms.money(least or 0), "most": terms.money(most or 0)}}


def quantity(when: Body, terms: Terms) -> str:
    """On receipts with some quantity."""
    least, most = when.get("at_least"), when.get("at_most")
    if most is None:
        text = _("on receipts with a quantity of at least %(least)s")
    elif least is None:
        text = _("on receipts with a quantity of at most %(most)s")
    else:
        text = _("on receipts with a quantity of %(least)s to %(most)s")
    return text % {"least": decimal(least or ""), "most": decimal(most or "")}


def _counted(when: Body) -> str:
    """Which amount it is; a template."""
    without_tax, before_discount = when.get("with_tax") is False, bool(when.get("before_discount"))
    if without_tax and before_discount:
        return _("%(clause)s (without tax, before discounts)")
    if without_tax:
        return _("%(clause)s (without tax)")
    return _("%(clause)s (before discounts)") if before_discount else "%(clause)s"
