"""The figures of a condition that was missed, as the condition is written in JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wafa.wording.rules.goods import names_of
from wafa.wording.rules.times import written

Figures = Mapping[str, Any]


def as_written(kind: str, figures: Figures) -> dict[str, Any]:
    """What the condition wanted; what there was stays beside it, where no clause looks for it."""
    more = _OTHERWISE[kind](figures) if kind in _OTHERWISE else {}
    return {"kind": kind, **figures, **more}


def _filter(named: Figures) -> dict[str, Any]:
    return {"items": named["items"], **names_of(named["labels"])}


def _items(figures: Figures) -> dict[str, Any]:
    return {"lines": _filter(figures), "quantity": _decimal(figures["quantity_milli"])}


def _bundle(figures: Figures) -> dict[str, Any]:
    return {"of": [_filter(part) for part in figures["of"]]}


def _hours(figures: Figures) -> dict[str, Any]:
    return {"from": written(figures["from"]), "to": written(figures["to"])}


def _quantity(figures: Figures) -> dict[str, Any]:
    return {"at_least": _decimal(figures["at_least_milli"]), "at_most": _decimal(figures["at_most_milli"])}


def _visits(figures: Figures) -> dict[str, Any]:
    return {"at_least": figures["n"]} if figures["or_more"] else {}


def _decimal(milli: int | None) -> str | None:
    if milli is None:
        return None
    whole, rest = divmod(milli, 1000)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)


_OTHERWISE: dict[str, Callable[[Figures], dict[str, Any]]] = {
    "items": _items,
    "bundle": _bundle,
    "hours": _hours,
    "quantity": _quantity,
    "visits": _visits,
}
