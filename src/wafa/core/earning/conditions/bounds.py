"""At least, at most, and quantities as they are written."""

import re
from typing import NamedTuple

from wafa.core.values.fields import Fields

_QUANTITY = re.compile(r"\d{1,9}(\.\d{1,3})?", re.ASCII)


class Bounds(NamedTuple):
    """Both included; one that is None is open."""

    least: int | None
    most: int | None

    def hold(self, figure: int) -> bool:
        """Whether the figure lies between them."""
        return (self.least is None or figure >= self.least) and (self.most is None or figure <= self.most)

    def missing(self, figure: int) -> int:
        """How much more it would have to be; 0 where that is not what is wrong."""
        return max(0, (self.least or 0) - figure)


def read_bounds(fields: Fields, least: str, most: str) -> Bounds:
    """{"at_least": 18, "at_most": 25}, either of them or both."""
    bounds = Bounds(
        fields.whole(least) if fields.has(least) else None,
        fields.whole(most) if fields.has(most) else None,
    )
    return _checked(fields, bounds, least, most)


def read_milli_bounds(fields: Fields, least: str, most: str) -> Bounds:
    """{"at_least": "2", "at_most": "2.5"}, either of them or both, in thousandths."""
    bounds = Bounds(
        read_milli(fields, least) if fields.has(least) else None,
        read_milli(fields, most) if fields.has(most) else None,
    )
    return _checked(fields, bounds, least, most)


def read_milli(fields: Fields, name: str) -> int:
    """A quantity as decimal text of up to three places, above zero, in thousandths."""
    text = fields.text(name)
    whole, _, places = text.partition(".")
    milli = int(whole) * 1000 + int(places.ljust(3, "0")) if _QUANTITY.fullmatch(text) else 0
    if text and not milli:
        fields.problem(name, "not_a_quantity")
    return milli or 1


def _checked(fields: Fields, bounds: Bounds, least: str, most: str) -> Bounds:
    if bounds == (None, None):
        fields.problem(least, "missing")
    if bounds.least is not None and bounds.most is not None and bounds.most < bounds.least:
        fields.problem(most, "below_least")
    return bounds
