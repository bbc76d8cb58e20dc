"""How many decimal places a currency has is ISO 4217's to say."""

from __future__ import annotations

from tests.core.scenarios import table
from wafa.core.values.money import LARGEST_MINOR, exponent


@table("""
    currency | places
    GBP      | 2
    EUR      | 2
    USD      | 2
    SAR      | 2
    AED      | 2
    QAR      | 2
    EGP      | 2
    IRR      | 2      # ISO's, though nobody has seen a dinar for long; a toman is only a way to show ten rials
    AFN      | 2
    MRU      | 2      # counted in fifths by those who use it, in hundredths by ISO
    IQD      | 3
    KWD      | 3
    BHD      | 3
    OMR      | 3
    JOD      | 3
    TND      | 3
    LYD      | 3
    JPY      | 0
    KRW      | 0
    ISK      | 0
    HUF      | 2      # shown without by many locales
    CLP      | 0
    CLF      | 4
    UYW      | 4
""")
def test_places(currency: str, places: str) -> None:
    assert exponent(currency) == int(places)


def test_a_year_of_the_largest_amounts_fits_a_64_bit_integer() -> None:
    assert 9_000 * LARGEST_MINOR < 2**63
