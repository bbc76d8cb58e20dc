"""Documents in the second ledger: what is bought, comes back, is exchanged or annulled (laws 4, 6 and 11)."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.properties.second.books import Answer, Books, refused
from tests.properties.second.days import idle_months, last_day
from tests.properties.second.earning import Json, awards
from tests.properties.second.purse import Purse, expire, is_past, place

ACCEPTED = ("accepted",)
Parts = list[tuple[Json, list[tuple[Json, int]]]]  # receipts, each with lines and how much of them comes back


class Documents(Books):
    """What a shop's documents do."""

    def buy(self, command: Any) -> Answer:
        if answer := self._answer(command):
            return answer
        receipt, at = self._sold(command), command.at
        if owner := self._member(command):
            purse = self.purse_of(owner)
            at = self.take_up(at, purse)
            self.credit(purse, receipt, at)
        self._count(command, receipt, at)
        return ACCEPTED

    def bring_back(self, command: Any) -> Answer:
        if answer := self._answer(command, *self._faults_in_receipt(command)):
            return answer
        if command.receipt and command.receipt not in self.receipts:
            self.waiting.setdefault(command.receipt, []).append({"key": command.key, "lines": command.lines})
            self._remember_return(command.key, [])
            self.documents[command.key] = said(command)
            return ACCEPTED
        purse, at = self._losing(command), command.at
        if purse:
            at = self.take_up(at, purse)
        parts = self._find(command, command.lines, purse)
        if purse and (answer := self._not_covered(purse, parts, at, command.withheld_minor)):
            return answer
        self.take_back(purse, parts, at)
        self._remember_return(command.key, parts)
        self.documents[command.key] = said(command)
        return ACCEPTED

    def exchange(self, command: Any) -> Answer:
        unknown = command.receipt and command.receipt not in self.receipts and "receipt_unknown"
        if answer := self._answer(command, unknown, *self._faults_in_receipt(command)):
            return answer
        losing, owner = self._losing(command), self._member(command)
        gaining = self.purse_of(owner) if owner else None
        purses = [losing] if losing else []
        purses += [gaining] if gaining and gaining is not losing else []
        at = self.take_up(command.at, *purses)
        parts = self._find(command, command.returned, losing)
        if losing and (answer := self._not_covered(losing, parts, at, command.withheld_minor)):
            return answer
        tier = gaining.tier if gaining else ""
        before = self.supported(gaining, at) if gaining else ""
        self.take_back(losing, parts, at, settles_tier=losing is not gaining)
        self._remember_return(command.key, parts)
        receipt = self._sold(command)
        if gaining:
            self.credit(gaining, receipt, at, tier)
            if losing is gaining:
                self.fall(gaining, at, before)
        self._count(command, receipt, at)
        return ACCEPTED

    def void(self, command: Any) -> Answer:
        receipt = self.receipts.get(command.annulled)
        fault = "receipt_unknown" if not receipt else receipt["void"] and "receipt_void"
        if answer := self._answer(command, fault):
            return answer
        assert receipt
        purse, at = self.purse_of(receipt["owner"]) if receipt["owner"] else None, command.at
        parts = [(receipt, [(line, line["left"]) for line in receipt["lines"] if line["left"]])]
        if purse:
            at = self.take_up(at, purse)
            if answer := self._not_covered(purse, parts, at, command.withheld_minor):
                return answer
        receipt["void"] = True
        self.take_back(purse, parts, at)
        self.documents[command.key] = said(command)
        return ACCEPTED

    def cancel_return(self, command: Any) -> Answer:
        counted = self.returns.get(command.annulled)
        faults: list[Any] = ["return_unknown"]
        if counted:
            faults = [any(receipt["void"] for receipt, _ in counted["parts"]) and "receipt_void"]
            faults.append(counted["cancelled"] and "return_cancelled_already")
        if answer := self._answer(command, *faults):
            return answer
        assert counted
        counted["cancelled"] = True
        for key, waiting in self.waiting.items():
            self.waiting[key] = [each for each in waiting if each["key"] != command.annulled]
        by_owner: dict[str | None, Parts] = {}
        for receipt, lines in counted["parts"]:
            back = [(line, -milli) for line, milli in lines]
            by_owner.setdefault(receipt["owner"], []).append((receipt, back))
        at = self.take_up(command.at, *(self.purse_of(owner) for owner in by_owner if owner))
        for owner, parts in by_owner.items():
            self.take_back(self.purse_of(owner) if owner else None, parts, at, missing="debt")
        self.documents[command.key] = said(command)
        return ACCEPTED

    # Crediting and taking back.

    def credit(self, purse: Purse, receipt: Json, at: datetime, tier: str | None = None) -> None:
        """By the rules in force when it happened, posted at `at`."""
        self.receipts[receipt["key"]] = receipt
        receipt |= {"owner": None, "body": self.in_force(receipt["occurred"]), "first": {}, "held": {}, "lots": {}}
        purse.write(at)
        receipt["order"] = purse.entries
        on = self.clock.day(receipt["occurred"])
        made: dict[str, Json] = {}
        if receipt["body"]:
            receipt |= self.facts(purse, receipt, at, tier)
            receipt["first"] = awards(receipt["body"], receipt, self.goods_left(receipt))
            receipt["held"] = dict(receipt["first"])
            for rule, points in receipt["first"].items():
                terms = self._terms(receipt["body"], rule)
                key = json.dumps(terms)
                made[key] = made.get(key) or self._new_lot(purse, receipt, terms, at)
                made[key]["points"] += points
                made[key]["left"] += points
                receipt["lots"][rule] = made[key]
            purse.tier = purse.tier or receipt["tier"]
        receipt["owner"] = purse.owner
        purse.move_last_days(on)
        for lot in sorted(made.values(), key=place):
            if is_past(lot, self.clock.day(at)):
                expire(lot)
            else:
                purse.pay(lot)
        if receipt["body"]:
            self.rise(purse, at)

    def _terms(self, body: Json, rule: str) -> list[Json]:
        own = next(each for each in body["rules"] if each["code"] == rule)
        available = own.get("available", body.get("available", {"kind": "at_once"}))
        return [own.get("expiry", body["expiry"]), available]

    def _new_lot(self, purse: Purse, receipt: Json, terms: list[Json], at: datetime) -> Json:
        expiry, available = terms
        on = self.clock.day(receipt["occurred"])
        begins: datetime | None = at
        if available["kind"] == "after_days":
            begins = self.clock.begins(on + timedelta(available["days"]))
        elif available["kind"] == "on_event":
            begins = None
        pending = begins is None or begins > at
        fields = {"from": begins, "pending": pending, "idle": idle_months(expiry), "receipt": receipt["key"]}
        return self.open_lot(purse, 0, last_day(expiry, on), **fields)

    def take_back(
        self, purse: Purse | None, parts: Parts, at: datetime, missing: str = "", settles_tier: bool = True
    ) -> None:
        """Goods come back, or, below zero, do not after all; each receipt holds what the rest of it earns."""
        if purse:
            purse.write(at)
            purse.tier = purse.tier or self.ladder(at)[0]
            before = self.supported(purse, at)
        for receipt, lines in parts:
            for line, milli in lines:
                line["left"] -= milli
            if purse and receipt["body"]:
                self.stand(purse, receipt, self.hold(receipt), at, missing or self.missing_into(at))
        if purse and settles_tier:
            self.fall(purse, at, before)
        if purse:
            self.leave_nothing(purse)

    def stand(self, purse: Purse, receipt: Json, held: dict[str, int], at: datetime, missing: str) -> None:
        """Let a receipt's awards hold so much."""
        today, changes = self.clock.day(at), []
        for rule, points in held.items():
            change, receipt["held"][rule] = points - receipt["held"][rule], points
            lot = receipt["lots"][rule]
            for each in changes:
                if each[0] is lot and change:
                    each[1] += change
                    break
            else:
                changes += [[lot, change]] if change else []
        for lot, change in changes:
            if change < 0:
                purse.claw_back(lot, -change, today, missing)
            else:
                purse.give_back(lot, change, today)

    def missing_into(self, at: datetime) -> str:
        return {"debt": "debt", "forgive": "forgiven", "refuse": "withheld"}[self.rules(at).get("debt", "debt")]

    def _not_covered(self, purse: Purse, parts: Parts, at: datetime, withheld_minor: int) -> Answer | None:
        """Let it happen in a copy of all the books, and see what is missing."""
        if self.rules(at).get("debt") != "refuse":
            return None
        books, its_purse, its_parts = deepcopy((self, purse, parts))
        before = its_purse.missed
        books.take_back(its_purse, its_parts, at)
        missing = its_purse.missed - before
        worth = self.rules(at)["redemption"]["worth"]
        to_withhold = -(-missing * worth["minor"] // worth["points"])
        if not missing or withheld_minor >= to_withhold:
            return None
        return ("refused", "return_not_covered", missing, to_withhold)

    # Documents as such.

    def _answer(self, command: Any, *faults: Any) -> Answer | None:
        lines = (*command.lines, *getattr(command, "returned", ()))
        if answer := refused(
            not lines and not hasattr(command, "annulled") and "document_empty",
            any(line.quantity_milli <= 0 for line in lines) and "quantity_not_above_zero",
            any(line.amount_minor < 0 for line in lines) and "amount_below_zero",
        ):
            return answer
        if command.key in self.documents:
            same = self.documents[command.key] == said(command)
            return ("duplicate",) if same else refused("document_reused_with_other_content")
        return refused(
            command.currency != "GBP" and "currency_not_the_merchants",
            command.occurred_at > command.at + timedelta(minutes=5) and "occurred_in_future",
            command.branch not in ("main", "north") and "branch_unknown",
            command.member is not None and command.member not in self.numbers and "member_unknown",
            *faults,
        )

    def _faults_in_receipt(self, command: Any) -> list[Any]:
        """A receipt that is named must not be something else, nor void, and must hold what comes back."""
        receipt = self.receipts.get(command.receipt)
        if receipt is None:
            return [command.receipt in self.documents and "receipt_unknown"]
        faults: list[Any] = [receipt["void"] and "receipt_void"]
        back = getattr(command, "returned", command.lines)
        for item in {line.item for line in back}:
            left = sum(line["left"] for line in receipt["lines"] if line["item"] == item)
            wanted = sum(line.quantity_milli for line in back if line.item == item)
            faults.append(wanted > left and "returned_more_than_left")
        return faults

    def _member(self, command: Any) -> str | None:
        """Who is credited: nobody who is blocked or has left."""
        member = self.numbers[command.member] if command.member is not None else None
        return member if member and self.status[member] == "active" else None

    def _losing(self, command: Any) -> Purse | None:
        """The named receipt's member, else who brings the goods."""
        if command.receipt:
            owner = self.receipts[command.receipt]["owner"]
            return self.purse_of(owner) if owner else None
        return self.purse(command.member) if command.member is not None else None

    def _sold(self, command: Any) -> Json:
        lines = [
            {"item": line.item, "milli": line.quantity_milli, "left": line.quantity_milli, "minor": line.amount_minor}
            | {"price": line.unit_price_micro, "discounted": bool(line.discount_minor)}
            for line in command.lines
        ]
        receipt = {"key": command.key, "lines": lines, "owner": None, "body": None, "void": False, "order": 0}
        return receipt | {"occurred": command.occurred_at, "first": {}, "held": {}, "lots": {}}

    def _count(self, command: Any, receipt: Json, at: datetime) -> None:
        """The receipt is known from now on, and what waited for it applies."""
        self.receipts[command.key] = receipt
        self.documents[command.key] = said(command)
        for each in self.waiting.pop(command.key, []):
            parts = match([receipt], each["lines"])
            self.take_back(self.purse_of(receipt["owner"]) if receipt["owner"] else None, parts, at, self._late(at))
            self._remember_return(each["key"], parts)

    def _late(self, at: datetime) -> str:
        """Nobody is there any more from whom to withhold anything."""
        return self.missing_into(at).replace("withheld", "debt")

    def _find(self, command: Any, lines: Any, purse: Purse | None) -> Parts:
        if command.receipt:
            return match([self.receipts[command.receipt]], lines)
        mine = [each for each in self.receipts.values() if purse and each["owner"] == purse.owner]
        earlier = [each for each in mine if each["occurred"] <= command.occurred_at]
        return match(sorted(earlier, key=lambda each: (each["occurred"], each["order"]), reverse=True), lines)

    def _remember_return(self, key: Any, parts: Parts) -> None:
        self.returns[key] = {"parts": parts, "cancelled": False}


def match(receipts: list[Json], lines: Any) -> Parts:
    """Line by line: the first receipt that still has the item, inside it the later line."""
    parts: Parts = []
    for wanted in lines:
        milli = wanted.quantity_milli
        for receipt in receipts:
            for line in reversed(receipt["lines"]):
                taken = sum(each for _, some in parts for other, each in some if other is line)
                found = min(milli, line["left"] - taken) if line["item"] == wanted.item else 0
                if found:
                    milli -= found
                    mine = next((some for other, some in parts if other is receipt), None)
                    if mine is None:
                        mine = []
                        parts.append((receipt, mine))
                    mine.append((line, found))
    return parts


def said(command: Any) -> Any:
    """All that makes it the same document: not when it is counted, nor who brings back what names its receipt."""
    lines = tuple(replace(line, description="") for line in command.lines)
    plain = replace(command, at=command.occurred_at, lines=lines)
    names_its_receipt = getattr(command, "receipt", None) and not hasattr(command, "returned")
    return replace(plain, member=None) if names_its_receipt else plain
