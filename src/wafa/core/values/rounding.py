"""Every division names its rounding."""


def floor_of(numerator: int, denominator: int) -> int:
    """The whole number at or below the quotient; both figures at or above zero, the denominator above it."""
    return numerator // denominator


def half_even_of(numerator: int, denominator: int) -> int:
    """The nearest whole number to the quotient; of two equally near, the even one (IEEE 754, banker's rounding)."""
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    if twice > denominator or (twice == denominator and quotient % 2):
        return quotient + 1
    return quotient
