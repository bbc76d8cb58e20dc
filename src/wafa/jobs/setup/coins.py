"""A coin: what is a small amount in a currency, about what a bread costs. Templates count in coins, not in currencies.

Chosen so that figures stay round for the shopkeeper: 10,000 toman, one riyal, ten pounds in Cairo, one euro.
"""

from wafa.core.values.money import exponent

_UNITS = {"IRR": 100_000, "IQD": 1000, "LBP": 50_000, "SYP": 5000, "YER": 500, "SDG": 500, "AFN": 10, "PKR": 50}
_UNITS |= {"EGP": 10, "TRY": 10, "INR": 10, "RUB": 20, "MAD": 5, "DZD": 50, "JPY": 100}
_TENTHS = {"KWD", "BHD", "OMR", "JOD"}


def coin_minor(currency: str) -> int:
    """A coin in minor units of the currency (ISO 4217 code); one whole unit where nothing else is known."""
    whole: int = 10 ** exponent(currency)
    return whole // 10 if currency in _TENTHS else _UNITS.get(currency, 1) * whole
