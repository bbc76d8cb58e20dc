"""Pages by the place of their last row, not by counting off the rows before them.

"The fifty after 101250" costs the same on page one and on page nine hundred, and a row added meanwhile
shifts nothing. Any order needs an index on the same columns, and a last column that makes it unique.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import F
from django.db.models.expressions import Combinable, Func

Row = TypeVar("Row", bound=models.Model)
Place = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Columns to sort by, all in one direction."""

    columns: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows in order, and where to go on from: None where there is nothing further that way."""

    rows: list[Row]
    before: Place | None
    after: Place | None


class _Beyond(Func):
    """(a, b) > (x, y): compared as a row, so that an index on (a, b) leads straight there."""

    output_field = models.BooleanField()

    def __init__(self, columns: Sequence[str], place: Place, operator: str) -> None:
        marks = ", ".join(["%s"] * len(columns))
        super().__init__(*(F(column) for column in columns), place=place, marks=marks, operator=operator)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        columns, parameters = [], []
        for expression in self.get_source_expressions():
            sql, its_parameters = compiler.compile(expression)
            columns.append(sql)
            parameters += its_parameters
        comparison = f"({', '.join(columns)}) {self.extra['operator']} ({self.extra['marks']})"
        return comparison, [*parameters, *self.extra["place"]]


def page(
    rows: models.QuerySet[Row],
    order: Order,
    size: int,
    *,
    after: Place | None = None,
    before: Place | None = None,
) -> Page[Row]:
    """The rows that follow a place, or those that precede it, or the first ones."""
    backwards = before is not None and after is None
    descending = order.descending != backwards
    place = before if backwards else after
    if place is not None:
        rows = rows.filter(_Beyond(order.columns, place, "<" if descending else ">"))
    sorting: list[Combinable] = [F(name).desc() if descending else F(name).asc() for name in order.columns]
    found = list(rows.order_by(*sorting)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    earlier = more if backwards else after is not None
    later = True if backwards else more
    return Page(
        found,
        _place(found[0], order) if found and earlier else None,
        _place(found[-1], order) if found and later else None,
    )


def _place(row: models.Model, order: Order) -> Place:
    return tuple(getattr(row, column) for column in order.columns)
