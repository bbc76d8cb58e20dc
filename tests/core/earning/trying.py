"""Receipts with all that a till tells of them, and conditions tried on them one at a time.

`holds` brings the facts that it is given and no others, and sees to it that they are those that the rule says it reads:
so every table of a condition proves what the condition reads too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.core.earning.evaluating import facts
from tests.core.goods import goods, scaled
from tests.core.programmes import Json, programme_with, rule
from wafa.core.earning.judged import Judged
from wafa.core.earning.reading import Facts, ReceiptLine
from wafa.core.programme import Programme

Shelf = Mapping[str, Sequence[str]]
"""All labels of each item, as the shop has them."""
_MORE = re.compile(r" (?:(reduced)|(tax|saved|tagged) (\S+))")


def fixed(code: str = "visit", points: int = 10, **fields: Any) -> Json:
    """So many points a receipt."""
    return rule("fixed", code, points=points, **fields)


def sold(receipt: str) -> list[ReceiptLine]:
    """`A×2 8.00 tax 1.04 saved 2.00 tagged gift, B 5.00 reduced`; `-` is a receipt with nothing left on it."""
    return [_line(text) for text in receipt.split(", ")] if receipt != "-" else []


def _line(text: str) -> ReceiptLine:
    [line] = goods(_MORE.sub("", text))
    found = _MORE.findall(text)
    figures = {name: scaled(value, 100) for _, name, value in found if name in ("tax", "saved")}
    reduced = "saved" in figures or any(flag for flag, _, _ in found)
    tags = tuple(value for _, name, value in found if name == "tagged")
    return ReceiptLine(
        line.item,
        line.quantity_milli,
        line.amount_minor,
        reduced,
        figures.get("tax", 0),
        figures.get("saved", 0),
        tags,
    )


def labelled(under: Programme, receipt: str, shelf: Shelf) -> dict[str, list[str]]:
    """The fact "labels": of each item on the receipt the labels that the programme names."""
    found = {line.item: sorted(under.labels_read().intersection(shelf.get(line.item, ()))) for line in sold(receipt)}
    return {item: labels for item, labels in found.items() if labels}


def knowing(known: Facts, **more: Any) -> Facts:
    """The facts, and these beside them."""
    return replace(known, more={**known.more, **more})


def holds(
    condition: Json, receipt: str = "A 8.00", *, before: str = "bronze", spent: str = "", on: str = "", **more: Any
) -> str:
    """`yes` or `no`; a trial of the receipt must say the same, and name a condition where it is no."""
    tiers = "bronze 0, silver 100, gold 200"
    under = programme_with(fixed(when=condition), tiers=tiers)
    assert under.facts_read() == more.keys()
    known = knowing(facts(before, on or "2011-01-05", spent=spent), **more)
    assert under.windows_read() == known.spent.keys()
    lines = sold(receipt)
    [only] = under.rules
    assert only.when
    held = only.when.holds(under.book.read(known, lines))
    [judged] = under.explain(known, lines)
    assert bool(judged.award) == bool(under.evaluate(known, lines))
    if not held:
        assert judged.missed
        assert judged.missed.code in {leaf.kind for leaf in only.leaves()}
    return "yes" if held else "no"


def judged(under: Programme, known: Facts, receipt: str) -> dict[str, Judged]:
    """What is told of each rule when the receipt is tried, by the rule's code."""
    return {each.rule: each for each in under.explain(known, sold(receipt))}
