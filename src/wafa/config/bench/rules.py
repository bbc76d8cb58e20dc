"""`wafa bench rules`: how many receipts a second a programme evaluates, by how many rules it has. No database is asked.

Of 10,000 items in 100 categories, a receipt holds some; five rules match it, however many there are: the others name
other items, categories, branches and channels. What it takes should grow with the five, not with all there are.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from wafa.core.earning.facts import BRANCH, BRANCH_GROUPS, CHANNEL, LABELS
from wafa.core.earning.reading import Facts, ReceiptLine
from wafa.core.programme import Programme

RULES, LINES = (5, 50, 500), (3, 30)
ITEMS, CATEGORIES = 10_000, 100
SOLD_FROM = 9_000
"""Items from here on are named by no rule."""

_NAME = {"en": "Rule"}


def bench_rules(
    runs: Annotated[int, typer.Option(min=1, help="How often; the median is what to quote.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.01, help="How long each measurement takes.")] = 1.0,
) -> None:
    """Measure the evaluation of receipts by 5, 50 and 500 rules, of which five match."""
    print(f"{ITEMS:,} items, five rules that match the receipt; one process, median of {runs}")
    print(f"  {'rules':>5}  {'lines':>5}  {'evaluations/s':>13}  {'cost of one by 5 rules':>22}")
    for lines in LINES:
        costs = {rules: statistics.median(_cost(rules, lines, seconds) for _ in range(runs)) for rules in RULES}
        for rules, cost in costs.items():
            print(f"  {rules:>5}  {lines:>5}  {1 / cost:>13,.0f}  {cost / costs[RULES[0]]:>22.2f}", flush=True)


def programme_of(rules: int) -> Programme:
    """Five rules that match the receipts, and as many others as make up the number."""
    matching: list[dict[str, Any]] = [
        {"code": "base", "kind": "per_amount", "points": 1, "per_minor": 100},
        {"code": "double", "kind": "multiplier", "of": "base", "factor": "2"},
        _rule("item", {"kind": "items", "lines": {"items": [item(SOLD_FROM)]}}),
        _rule("category", {"kind": "items", "lines": {"categories": [category(SOLD_FROM)]}}),
        _rule("branch", {"kind": "branch", "of": ["here"]}),
    ]
    others = [_other(place) for place in range(rules - len(matching))]
    body = {
        "tiers": [{"code": "member", "from": 0, "name": _NAME}],
        "expiry": {"kind": "never"},
        "rules": [{**rule, "name": _NAME} for rule in (*matching, *others)],
    }
    return Programme.read(body)


def receipt_of(lines: int) -> tuple[Facts, Sequence[ReceiptLine]]:
    """A receipt with so many lines, and what is known of it."""
    sold = [item(SOLD_FROM + place) for place in range(lines)]
    labels = {each: [f"category:{category(SOLD_FROM + place)}"] for place, each in enumerate(sold)}
    more = {BRANCH: "here", BRANCH_GROUPS: ["north"], CHANNEL: "store", LABELS: labels}
    facts = Facts(date(2026, 11, 24), "member", 3, more=more)
    return facts, [ReceiptLine(each, 1000, 1250, False) for each in sold]


def item(place: int) -> str:
    """An item's code."""
    return f"I{place % ITEMS}"


def category(place: int) -> str:
    """The category that an item lies in."""
    return f"C{place % ITEMS // (ITEMS // CATEGORIES)}"


def _other(place: int) -> dict[str, Any]:
    conditions: list[dict[str, Any]] = [
        {"kind": "items", "lines": {"items": [item(place)]}},
        {"kind": "items", "lines": {"categories": [category(place * 17 % SOLD_FROM)]}},
        {"kind": "branch", "of": [f"branch-{place}"]},
        {"kind": "channel", "of": [f"channel-{place}"]},
    ]
    return _rule(f"other-{place}", conditions[place % len(conditions)])


def _rule(code: str, when: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "kind": "fixed", "points": 5, "when": when}


def _cost(rules: int, lines: int, seconds: float) -> float:
    """Seconds that one evaluation takes."""
    programme, (facts, sold) = programme_of(rules), receipt_of(lines)
    programme.evaluate(facts, sold)  # what is made once a version is made now
    evaluations, began = 0, time.perf_counter()
    while (taken := time.perf_counter() - began) < seconds:
        for _ in range(20):
            programme.evaluate(facts, sold)
        evaluations += 20
    return taken / evaluations
