"""Numbers and money, in each reader's habit, to the last unit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wafa.core.values.money import exponent
from wafa.wording.figures import change, decimal, money, number, percent, quantity, share
from wafa.wording.normalise import ascii_digits

LANGUAGES = ("en", "ar", "fa")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(1_204_567, "en"), "1,204,567"),
        (number(1_204_567, "ar"), "١٬٢٠٤٬٥٦٧"),
        (number(1_204_567, "fa"), "۱٬۲۰۴٬۵۶۷"),
        (number(0, "fa"), "۰"),
        (number(-5, "en"), "\u22125"),
        (change(45, "en"), "+45"),
        (change(0, "en"), "0"),
        (change(-45, "ar"), "\u061c\u2212٤٥"),
        (change(45, "fa"), "\u200e+۴۵"),
        (quantity(6000, "en"), "6"),
        (quantity(1250, "ar"), "١٫٢٥"),
        (quantity(5, "fa"), "۰٫۰۰۵"),
        (quantity(-1_500_000, "en"), "\u22121,500"),
        (percent(50, "en"), "50%"),
        (percent(50, "ar"), "٥٠٪"),
        (decimal("1.5", "fa"), "۱٫۵"),
        (share(1, 3, "en"), "33%"),
        (share(3, 1000, "en"), "0.3%"),
        (share(1, 100_000, "fa"), "<۰٫۱٪"),
        (share(999, 1000, "en"), "100%"),
        (share(0, 10, "en"), "0%"),
        (share(5, 0, "en"), "0%"),
        (money(4550, "GBP", "en"), "£45.50"),
        (money(4550, "GBP", "ar"), "\u200f٤٥٫٥٠\u00a0£"),
        (money(4550, "GBP", "fa"), "\u200f۴۵٫۵۰\u00a0£"),
        (money(-4550, "GBP", "en"), "\u2212£45.50"),
        (money(99, "SAR", "en"), "SAR\u00a00.99"),
        (money(12_500, "KWD", "en"), "KWD\u00a012.500"),
        (money(1_250_000, "IRR", "fa"), "\u200f۱۲٬۵۰۰\u00a0ریال"),
        (money(1_250_050, "IRR", "fa"), "\u200f۱۲٬۵۰۰٫۵۰\u00a0ریال"),
        (money(1000, "IQD", "en"), "IQD\u00a01"),
        (money(1005, "IQD", "en"), "IQD\u00a01.005"),
        (money(1500, "JPY", "en"), "¥1,500"),
    ],
)
def test_how_a_figure_is_written(written: str, expected: str) -> None:
    assert written == expected


@given(value=st.integers(-(10**18), 10**18), language=st.sampled_from(LANGUAGES))
def test_a_number_reads_back(value: int, language: str) -> None:
    plain = ascii_digits(number(value, language)).replace("\u2212", "-")
    assert int(re.sub("[^0-9-]", "", plain)) == value


@given(
    minor=st.integers(-(10**17), 10**17),
    currency=st.sampled_from(["GBP", "SAR", "IRR", "IQD", "KWD", "JPY", "EGP"]),
    language=st.sampled_from(LANGUAGES),
)
def test_no_minor_unit_is_ever_lost(minor: int, currency: str, language: str) -> None:
    plain = ascii_digits(money(minor, currency, language)).replace("٫", ".").replace("\u2212", "-")
    digits = re.search(r"[0-9][0-9,٬]*(\.[0-9]+)?", plain)
    assert digits
    whole, _, rest = re.sub("[,٬]", "", digits.group()).partition(".")
    places = exponent(currency)
    assert int(whole) * 10**places + int((rest or "0").ljust(places, "0")) == abs(minor)
    assert ("-" in plain) == (minor < 0)
