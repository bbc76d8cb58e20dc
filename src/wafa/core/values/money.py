"""Money is an integer of minor units; how many make one unit is ISO 4217's to say, never a locale's."""

_NO_MINOR_UNIT = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THOUSANDTHS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_TEN_THOUSANDTHS = frozenset("CLF UYW".split())

LARGEST_MINOR = 10**15
"""No amount of a line or a receipt goes beyond this; nine thousand of the largest still fit a 64-bit integer."""


def exponent(currency: str) -> int:
    """Decimal places of a currency by ISO 4217 (2024): SAR 2, KWD 3, IQD 3, IRR 2, JPY 0."""
    if currency in _NO_MINOR_UNIT:
        return 0
    if currency in _THOUSANDTHS:
        return 3
    return 4 if currency in _TEN_THOUSANDTHS else 2


LARGEST_POINTS = 10**15
"""No receipt earns more, and nothing moves more at once; nine thousand of the largest still fit a 64-bit integer."""
