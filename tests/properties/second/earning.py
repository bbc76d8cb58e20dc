"""What a receipt earns, read from the programme's JSON."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Goods = list[tuple[str, int, int, bool]]  # item, thousandths, minor units, whether it was discounted


def excluded(body: Json, item: str) -> bool:
    """Item codes, and patterns, which here all end with a star."""
    patterns = body["exclusions"].get("patterns", [])
    return item in body["exclusions"].get("items", []) or any(item.startswith(each[:-1]) for each in patterns)


def eligible_minor(body: Json, goods: Goods) -> int:
    return sum(minor for item, _, minor, _ in goods if not excluded(body, item))


def cap_of(rule: Json) -> Json | None:
    """A bonus for so much spent can be had once a window: it is its own cap."""
    if rule["kind"] == "spend_reached":
        return {"points": rule["points"], "per": rule["per"]}
    cap: Json | None = rule.get("cap")
    return cap


def awards(body: Json, facts: Json, goods: Goods) -> dict[str, int]:
    """Points by rule; rules that give none are left out, and where no goods are left all do."""
    given: dict[str, int] = {}
    uncapped: dict[str, int] = {}
    for rule in body["rules"] if goods else []:
        days = rule.get("during", {})
        if not days.get("from", "0000") <= str(facts["on"]) <= days.get("to", "9999"):
            continue
        if _is_kept_from(rule.get("unless", {}), goods):
            continue
        points = _points(rule, body, facts, goods, uncapped.get(rule.get("of", ""), 0))
        uncapped[rule["code"]] = points
        if cap_of(rule):
            points = min(points, facts["headroom"][rule["code"]])
        if points:
            given[rule["code"]] = points
    return given


def _is_kept_from(unless: Json, goods: Goods) -> bool:
    items = unless.get("items", [])
    return any(item in items or (discounted and unless.get("discounted")) for item, _, _, discounted in goods)


def _points(rule: Json, body: Json, facts: Json, goods: Goods, base: int) -> int:
    amount = eligible_minor(body, goods)
    match rule["kind"]:
        case "per_amount":
            return math.floor(Fraction(amount, rule["per_minor"])) * int(rule["points"])
        case "multiplier":
            return math.floor(base * Fraction(rule["factor"])) - base
        case "tier_percentage":
            return math.floor(base * Fraction(rule["percent"].get(facts["tier"], 0), 100))
        case "per_unit":
            of_items = [milli for item, milli, _, _ in goods if item in rule["items"] and not excluded(body, item)]
            points = math.floor(Fraction(sum(of_items), 1000)) * int(rule["points"])
            return min(points, rule.get("cap_per_receipt", points))
        case "first_purchase":
            return int(rule["points"]) if facts["earlier"] == 0 and amount > 0 else 0
        case "spend_reached":
            spent = facts["spent"][rule["per"]]
            return int(rule["points"]) if spent < rule["minor"] <= spent + amount else 0
    raise AssertionError(rule["kind"])
