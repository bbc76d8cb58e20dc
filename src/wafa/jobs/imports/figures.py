"""What a row says of its line: how much of the item, and for what amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _

from wafa.core.ledger.receipt import MICRO
from wafa.core.values.money import LARGEST_MINOR
from wafa.jobs.imports.cells import Cell, number, text
from wafa.jobs.imports.facts import PURCHASE, RETURN
from wafa.jobs.imports.mapping import Mapping

QUANTITY_MILLI_MAX = 10**12
_RIALS_OF_A_TOMAN = 10


@dataclass(frozen=True, slots=True)
class FiguresOfLine:
    """A quantity and an amount, neither of them below zero, or the reason why there are none."""

    kind: str = PURCHASE
    quantity_milli: int = 0
    amount_minor: int = 0
    unit_price_micro: int | None = None
    reason: str | None = None


class FiguresReader:
    """Reads a quantity with a unit price or the amount of the whole line, by the mapping's conventions."""

    def __init__(self, mapping: Mapping) -> None:
        self._mark = mapping.figures.decimal_mark
        self._amounts_in = mapping.figures.amounts_in
        self._is_line_amount = mapping.columns.line_amount is not None
        self._negative_in_returns = mapping.returns.negative_quantities

    def read(self, cells: tuple[str | None, int, Cell, Cell]) -> FiguresOfLine:
        """The figures in the cells (kind, exponent of the currency, quantity, price or amount)."""
        kind, exponent, quantity_cell, money_cell = cells
        quantity = number(quantity_cell, self._mark)
        if quantity is None:
            return FiguresOfLine(reason=_no_number(_("the quantity"), quantity_cell))
        money = number(money_cell, self._mark)
        if money is None:
            named = _("the amount") if self._is_line_amount else _("the price")
            return FiguresOfLine(reason=_no_number(named, money_cell))
        if kind is None:
            kind = RETURN if quantity < 0 else PURCHASE
            returned_below_zero = True
        else:
            returned_below_zero = self._negative_in_returns
        reason = self._wrong(kind, quantity, money, returned_below_zero)
        milli = abs(quantity) * 1000
        if reason is None and milli != milli.to_integral_value():
            reason = _("the quantity {quantity} has more than three decimals").format(quantity=text(quantity_cell))
        amount = abs(money) if self._is_line_amount else abs(quantity) * money
        minor = (amount * self._minor_units(exponent)).to_integral_value(ROUND_HALF_EVEN)
        if reason is None and (milli > QUANTITY_MILLI_MAX or minor > LARGEST_MINOR):
            reason = _("the quantity or the amount is too large to be true")
        if reason:
            return FiguresOfLine(reason=reason)
        price = (
            None if self._is_line_amount or kind == RETURN else self._price_if_rounded(quantity, money, minor, exponent)
        )
        return FiguresOfLine(kind, int(milli), int(minor), price)

    def _price_if_rounded(self, quantity: Decimal, price: Decimal, minor: Decimal, exponent: int) -> int | None:
        """The price, where the amount was rounded: a part of the line cannot be worked out from the amount then."""
        price_minor = price * self._minor_units(exponent)
        if quantity * price_minor == minor:
            return None
        micro = price_minor * MICRO
        return int(micro) if micro == micro.to_integral_value() else None

    def _wrong(self, kind: str, quantity: Decimal, money: Decimal, returned_below_zero: bool) -> str | None:
        """Whether a sign is not what it must be, in words."""
        if kind == RETURN and returned_below_zero:
            if quantity >= 0:
                return _("in a return the quantity must be below zero, and is {quantity}").format(quantity=quantity)
        elif quantity <= 0:
            if kind == RETURN:
                return _("in a return the quantity must be above zero, and is {quantity}").format(quantity=quantity)
            return _("in a sale the quantity must be above zero, and is {quantity}").format(quantity=quantity)
        if money < 0 and not (self._is_line_amount and kind == RETURN):
            named = _("the amount") if self._is_line_amount else _("the price")
            return _("{name} is below zero: {money}").format(name=named, money=money)
        return None

    def _minor_units(self, exponent: int) -> Decimal:
        if self._amounts_in == "minor":
            return Decimal(1)
        if self._amounts_in == "toman":
            return _RIALS_OF_A_TOMAN * Decimal(10) ** exponent
        return Decimal(10) ** exponent


def _no_number(name: str, cell: Cell) -> str:
    written = text(cell).strip()
    if not written:
        return _("{name} is missing").format(name=name)
    return _("{name} “{written}” is not a number").format(name=name, written=written)
