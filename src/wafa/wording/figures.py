"""Numbers and money in the reader's habit.

Arabic is written with ٠١٢ and Persian with ۰۱۲, thousands set apart by ٬ and decimals by ٫ in both.
That holds for amounts, counts and days. Codes stay as they are printed: receipt 536365 and the phone
+966501234567 must be comparable with paper and keyboard, so they never pass through here.

No float comes near an amount: money is split by whole-number division, with ISO 4217's decimal places.
"""

from __future__ import annotations

from functools import cache

from babel.numbers import get_currency_name, get_currency_precision, get_currency_symbol

from wafa.core.values.money import exponent
from wafa.wording.languages import ARABIC, PERSIAN, chosen

_DIGITS = {
    ARABIC: str.maketrans("0123456789,.%", "٠١٢٣٤٥٦٧٨٩٬٫٪"),
    PERSIAN: str.maketrans("0123456789,.%", "۰۱۲۳۴۵۶۷۸۹٬٫٪"),
}
_MINUS, _PLUS = "\u2212", "+"
# A sign belongs before its digits in the direction that the digits are read along: in Arabic from the right
# (Arabic letter mark), in Persian from the left (left-to-right mark).
_BEFORE_SIGN = {ARABIC: "\u061c", PERSIAN: "\u200e"}
_SYMBOLS = {("GBP", ARABIC): "£", ("USD", ARABIC): "$", ("IRR", ARABIC): "ريال إيراني"}


def number(value: int, language: str | None = None) -> str:
    """A whole number: 1,204 or ١٬٢٠٤ or ۱٬۲۰۴."""
    return _signed(f"{abs(value):,}", _MINUS if value < 0 else "", chosen(language))


def change(points: int, language: str | None = None) -> str:
    """A whole number with its sign, as a change of something: +45, −5; nothing is 0."""
    sign = _MINUS if points < 0 else _PLUS if points > 0 else ""
    return _signed(f"{abs(points):,}", sign, chosen(language))


def quantity(milli: int, language: str | None = None) -> str:
    """Thousandths of a unit as units: 6000 is 6, 1250 is 1.25."""
    whole, rest = divmod(abs(milli), 1000)
    text = f"{whole:,}.{rest:03d}".rstrip("0").rstrip(".") if rest else f"{whole:,}"
    return _signed(text, _MINUS if milli < 0 else "", chosen(language))


def percent(whole: int, language: str | None = None) -> str:
    """A whole percentage: 50%."""
    return _signed(f"{abs(whole):,}%", _MINUS if whole < 0 else "", chosen(language))


def share(part: int, whole: int, language: str | None = None) -> str:
    """What part of a whole that is, in per cent with one decimal place below ten: 8.4%, 62%."""
    if whole <= 0 or part <= 0:
        return percent(0, language)
    per_mille = (part * 2000 + whole) // (2 * whole)
    tens, tenth = divmod(per_mille, 10)
    if not per_mille:
        return _signed("<0.1%", "", chosen(language))
    text = f"{tens}.{tenth}%" if tens < 10 and tenth else f"{(per_mille + 5) // 10}%"
    return _signed(text, "", chosen(language))


def decimal(written: str, language: str | None = None) -> str:
    """A decimal number that a rule holds as text: "1.5"."""
    return _signed(written, "", chosen(language))


def money(minor: int, currency: str, language: str | None = None) -> str:
    """An amount with its currency: £45.50, ٤٥٫٥٠ £, ۱۲٬۵۰۰ ریال.

    Where a currency has decimal places by ISO 4217 that nobody has coins for (rial, Iraqi dinar), they are
    shown only when they hold something.
    """
    return _money(minor, currency, _MINUS if minor < 0 else "", chosen(language))


def money_change(minor: int, currency: str, language: str | None = None) -> str:
    """An amount with its sign, as a change of something: +£5.00; nothing has none."""
    return _money(minor, currency, _MINUS if minor < 0 else _PLUS if minor > 0 else "", chosen(language))


def _money(minor: int, currency: str, sign: str, reader: str) -> str:
    places = exponent(currency)
    whole, rest = divmod(abs(minor), 10**places)
    unused = rest == 0 and get_currency_precision(currency) == 0
    digits = f"{whole:,}" if not places or unused else f"{whole:,}.{rest:0{places}d}"
    symbol = _symbol(currency, reader)
    if reader in _DIGITS:
        # The mark keeps the symbol to the left of its digits wherever the amount stands.
        return f"\u200f{_signed(digits, sign, reader)}\u00a0{symbol}"
    return f"{sign}{symbol}\u00a0{digits}" if symbol[-1:].isalpha() else f"{sign}{symbol}{digits}"


def _signed(digits: str, sign: str, reader: str) -> str:
    local = digits.translate(_DIGITS[reader]) if reader in _DIGITS else digits
    return f"{_BEFORE_SIGN.get(reader, '')}{sign}{local}" if sign else local


@cache
def _symbol(currency: str, reader: str) -> str:
    """What stands beside the digits: a sign where there is one, else in Persian the name, else the code."""
    if (currency, reader) in _SYMBOLS:
        return _SYMBOLS[currency, reader]
    symbol = get_currency_symbol(currency, locale=reader)
    if reader != "en" and symbol == currency:
        return get_currency_name(currency, locale=reader)
    return symbol
