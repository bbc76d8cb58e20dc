"""A tiny second ledger: the law of points once more, slowly, over plain dictionaries and the programme's own JSON.

It keeps lots, debts, and what is left of each line; all else it works out anew whenever it is asked.
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Goods = list[tuple[str, int, int]]  # item, thousandths, minor units


def excluded(body: Json, item: str) -> bool:
    """Item codes, and patterns, which here all end with a star."""
    patterns = body["exclusions"].get("patterns", [])
    return item in body["exclusions"].get("items", []) or any(item.startswith(each[:-1]) for each in patterns)


def awards(body: Json, on: date, tier: str, is_first: bool, goods: Goods) -> dict[str, int]:
    """Points by rule; rules that give none are left out."""
    goods = [each for each in goods if not excluded(body, each[0])]
    amount = sum(minor for _, _, minor in goods)
    given: dict[str, int] = {}
    for rule in body["rules"]:
        days = rule.get("during", {})
        if not days.get("from", "0000") <= str(on) <= days.get("to", "9999"):
            continue
        base = given.get(rule.get("of", ""), 0)
        match rule["kind"]:
            case "per_amount":
                points = math.floor(Fraction(amount, rule["per_minor"])) * rule["points"]
            case "multiplier":
                points = math.floor(base * Fraction(rule["factor"])) - base
            case "tier_percentage":
                points = math.floor(base * Fraction(rule["percent"].get(tier, 0), 100))
            case "per_unit":
                units = sum(Fraction(milli, 1000) for item, milli, _ in goods if item in rule["items"])
                points = min(math.floor(units) * rule["points"], rule.get("cap_per_receipt", math.inf))
            case "first_purchase":
                points = rule["points"] if is_first and amount > 0 else 0
        if points:
            given[rule["code"]] = points
    return given


def last_day(body: Json, on: date) -> date:
    """The last day on which points of that day can be spent."""
    if body["expiry"]["kind"] == "never":
        return date.max
    month = on.year * 12 + on.month - 1 + body["expiry"]["months"]
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


class SecondLedger:
    """Members by number; each a dictionary of debt, lots and receipts."""

    def __init__(self, body: Json) -> None:
        self.body = body
        self.members: dict[str, Json] = {}
        self.receipts: dict[str, Json] = {}
        self.qualifying_rules = {rule["code"] for rule in body["rules"] if rule.get("qualifying")}

    def member(self, number: str) -> Json:
        return self.members.setdefault(number, {"debt": 0, "lots": [], "receipts": []})

    # What follows from the rest.

    def goods_left(self, receipt: Json) -> Goods:
        """A line's amount shrinks with what is left of it; `round` of a fraction is half-even."""
        return [
            (line["item"], line["left"], round(Fraction(line["minor"] * line["left"], line["milli"])))
            for line in receipt["lines"]
        ]

    def holds(self, receipt: Json) -> dict[str, int]:
        """Award by award the lesser of what was given first and what is earned by the rest."""
        now = awards(self.body, receipt["on"], receipt["tier"], receipt["is_first"], self.goods_left(receipt))
        return {rule: min(points, now.get(rule, 0)) for rule, points in receipt["first"].items()}

    def counts(self, receipt: Json) -> bool:
        """Whether it still holds an eligible amount."""
        return sum(minor for item, _, minor in self.goods_left(receipt) if not excluded(self.body, item)) > 0

    def qualifying(self, number: str) -> int:
        held = [self.holds(receipt) for receipt in self.member(number)["receipts"]]
        return sum(points for each in held for rule, points in each.items() if rule in self.qualifying_rules)

    def tier(self, number: str) -> str:
        """With one version of a ladder, the highest step that the qualifying points reach."""
        points = self.qualifying(number)
        return [tier["code"] for tier in self.body["tiers"] if tier["from"] <= points][-1]

    def purchases(self, number: str) -> int:
        return sum(self.counts(receipt) for receipt in self.member(number)["receipts"])

    def available(self, number: str) -> int:
        return sum(lot["left"] for lot in self.member(number)["lots"])

    # What happens.

    def expire(self, number: str, today: date) -> None:
        for lot in self.member(number)["lots"]:
            if lot["until"] < today:
                lot["gone"] += lot["left"]
                lot["left"] = 0

    def spend(self, number: str, points: int) -> None:
        for lot in self._in_order(number):
            points -= self._draw(lot, points)

    def buy(self, receipt: str, number: str | None, on: date, occurred: object, today: date, goods: Goods) -> None:
        """`on` is the day of the purchase, `today` the day on which it is counted."""
        lines = [{"item": item, "milli": milli, "left": milli, "minor": minor} for item, milli, minor in goods]
        made: Json = {"lines": lines, "member": number, "occurred": occurred, "order": len(self.receipts)}
        self.receipts[receipt] = made
        if number is None:
            return
        self.expire(number, today)
        made |= {"on": on, "tier": self.tier(number), "is_first": self.purchases(number) == 0}
        made["first"] = awards(self.body, on, made["tier"], made["is_first"], goods)
        member = self.member(number)
        member["receipts"].append(made)
        made["lot"] = {"left": sum(made["first"].values()), "until": last_day(self.body, on), "gone": 0, "answered": 0}
        made["lot"]["order"] = len(member["lots"])
        member["lots"].append(made["lot"])
        self.expire(number, today)
        member["debt"] -= self._draw(made["lot"], member["debt"])

    def back(self, number: str | None, named: str | None, occurred: Any, today: date, goods: Goods) -> bool:
        """False, and nothing happens, where the receipt that is named holds less."""
        if named:
            found, number = [self.receipts[named]], self.receipts[named]["member"]
            for item in {item for item, _, _ in goods}:
                held = sum(line["left"] for line in found[0]["lines"] if line["item"] == item)
                if sum(milli for code, milli, _ in goods if code == item) > held:
                    return False
        else:
            mine = self.member(number)["receipts"] if number else []
            earlier = [receipt for receipt in mine if receipt["occurred"] <= occurred]
            found = sorted(earlier, key=lambda receipt: (receipt["occurred"], receipt["order"]), reverse=True)
        if number:
            self.expire(number, today)
            before = {id(receipt): sum(self.holds(receipt).values()) for receipt in found}
        touched = self._take(found, goods)
        for receipt in touched if number else []:
            self._claw_back(number or "", receipt["lot"], before[id(receipt)] - sum(self.holds(receipt).values()))
        return True

    def _take(self, found: list[Json], goods: Goods) -> list[Json]:
        touched: list[Json] = []
        for item, wanted, _ in goods:
            for receipt in found:
                for line in reversed(receipt["lines"]):
                    taken = min(wanted, line["left"]) if line["item"] == item else 0
                    line["left"] -= taken
                    wanted -= taken
                    if taken and receipt not in touched:
                        touched.append(receipt)
        return touched

    def _claw_back(self, number: str, own: Json, points: int) -> None:
        points -= self._draw(own, points)
        answering = min(points, own["gone"] - own["answered"])
        own["answered"] += answering
        points -= answering
        for lot in self._in_order(number):
            points -= self._draw(lot, points)
        self.member(number)["debt"] += points

    def _in_order(self, number: str) -> list[Json]:
        return sorted(self.member(number)["lots"], key=lambda lot: (lot["until"], lot["order"]))

    def _draw(self, lot: Json, points: int) -> int:
        drawn = min(points, lot["left"])
        lot["left"] -= drawn
        return drawn
