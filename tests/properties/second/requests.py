"""Requests in the second ledger: spending, holding, adjusting, passing on, and what becomes of receipts later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.properties.second.books import Answer, refused
from tests.properties.second.days import idle_months, last_day
from tests.properties.second.documents import Documents
from tests.properties.second.earning import Json
from tests.properties.second.purse import Purse, expire, is_past

POSTED = ("posted",)
NEVER = datetime.min.replace(tzinfo=UTC)


class Requests(Documents):
    """What is asked for under a key."""

    def redeem(self, asked: Any) -> Answer:
        fewer = asked.points < self._redemption(asked.at).get("least", 1) and "fewer_points_than_the_least"
        if answer := self._asked(asked, *self._at_the_till(asked), fewer):
            return answer
        purse = self.purse(asked.member, asked.unit)
        at = self.take_up(asked.at, purse)
        if answer := self._insufficient(purse, asked.points, at):
            return answer
        purse.write(at)
        draws = purse.draw(asked.points, self.clock.day(at))
        purse.move_last_days(self.clock.day(at))
        return self._done(asked, "redemption", draws=draws)

    def cancel_redemption(self, asked: Any) -> Answer:
        found = self.movements.get(asked.redemption, {"kind": ""})
        known = found["kind"] == "redemption"
        if answer := self._asked(
            asked,
            asked.branch not in ("main", "north") and "branch_unknown",
            not known and "redemption_unknown",
            known and found["answered"] and "redemption_cancelled_already",
        ):
            return answer
        found["answered"] = True
        purses: list[Purse] = []
        for lot, _ in found["draws"]:
            purses += [lot["purse"]] if lot["purse"] not in purses else []
        at = self.take_up(asked.at, *purses)
        today, restored = self.clock.day(at), self._redemption(at).get("restored", {})
        for purse in purses:
            draws = [(lot, points) for lot, points in found["draws"] if lot["purse"] is purse]
            for lot, _ in draws:
                if restored.get("days") and is_past(lot, today):
                    lot["until"] = today + timedelta(restored["days"])
            purse.write(at)
            purse.restore(draws, today)
            self.leave_nothing(purse)
        return self._done(asked, "cancellation")

    def place_hold(self, asked: Any) -> Answer:
        bounds = self.rules(asked.at).get("holds", {"minutes": 15, "least": 1, "most": 1440})
        minutes = bounds["minutes"] if asked.minutes is None else asked.minutes
        out_of_bounds = not bounds["least"] <= minutes <= bounds["most"] and "hold_time_out_of_bounds"
        if answer := self._asked(asked, *self._at_the_till(asked), out_of_bounds):
            return answer
        purse = self.purse(asked.member, asked.unit)
        at = self.take_up(asked.at, purse)
        if answer := self._insufficient(purse, asked.points, at):
            return answer
        purse.write(at)
        draws = purse.draw(asked.points, self.clock.day(at))
        for lot, points in draws:
            lot["held"] += points
        hold = {"n": len(self.movements), "until": at + timedelta(minutes=minutes), "draws": draws}
        purse.holds.append(hold)
        return self._done(asked, "hold", hold=hold, placed=purse)

    def capture(self, asked: Any) -> Answer:
        return self._close_hold(asked, asked.points)

    def release(self, asked: Any) -> Answer:
        return self._close_hold(asked, 0)

    def _close_hold(self, asked: Any, points: int | None) -> Answer:
        found = self.movements.get(asked.hold, {"kind": ""})
        if answer := self._asked(
            asked,
            asked.branch not in ("main", "north") and "branch_unknown",
            found["kind"] != "hold" and "hold_unknown",
        ):
            return answer
        hold = found["hold"]
        is_open = any(each is hold for each in hold["draws"][0][0]["purse"].holds)
        purse = hold["draws"][0][0]["purse"] if is_open else found["placed"]
        at = self.take_up(asked.at, purse)
        if not any(each is hold for each in purse.holds):
            return refused("hold_closed_already") or ()
        held = sum(part for _, part in hold["draws"])
        points = held if points is None else points
        if points > held:
            return refused("captured_more_than_held") or ()
        purse.write(at)
        spent, rest = [], []
        for lot, part in hold["draws"]:
            of_it = min(points, part)
            points -= of_it
            spent += [(lot, of_it)] if of_it else []
            rest += [(lot, part - of_it)] if of_it < part else []
        purse.close_hold(hold, rest, self.clock.day(at))
        if spent:
            purse.move_last_days(self.clock.day(at))
        return self._done(asked, "redemption" if spent else "release", draws=spent)

    def adjust(self, asked: Any) -> Answer:
        if answer := self._asked(
            asked,
            bool(asked.branch) and asked.branch not in ("main", "north") and "branch_unknown",
            self._unit_fault(asked),
            *self._member_faults(asked.member),
        ):
            return answer
        purse = self.purse(asked.member, asked.unit)
        at = self.take_up(asked.at, purse)
        today = self.clock.day(at)
        if asked.points < 0 and (answer := self._insufficient(purse, -asked.points, at)):
            return answer
        purse.write(at)
        if asked.points < 0:
            purse.draw(-asked.points, today)
        else:
            expiry = self._expiry_of(asked.unit, at)
            idle = idle_months(expiry) if asked.expires_on is None else None
            until = asked.expires_on or last_day(expiry, today)
            self._come_in(purse, [self.open_lot(purse, asked.points, until, idle=idle)], at)
        return self._done(asked, "adjustment")

    def open_balance(self, asked: Any) -> Answer:
        if answer := self._asked(asked, self._unit_fault(asked), *self._member_faults(asked.member)):
            return answer
        purse = self.purse(asked.member, asked.unit)
        at = self.take_up(asked.at, purse)
        purse.write(at)
        lots = [self.open_lot(purse, each.points, each.expires_on) for each in asked.lots]
        self._come_in(purse, lots, at)
        purse.undated += asked.qualifying
        if asked.unit == "points":
            self.rise(purse, at)
        return self._done(asked, "opening")

    def transfer(self, asked: Any) -> Answer:
        terms = self.rules(asked.at).get("transfers")
        faults = [self._unit_fault(asked), *self._member_faults(asked.member, asked.to)]
        faults.append(terms is None and "transfers_not_allowed")
        month = self.clock.day(asked.at).replace(day=1)
        if terms is not None and asked.member in self.numbers and asked.unit in self._units(asked.at):
            sent = self._sent(asked, month) + asked.points
            faults.append(asked.points < terms.get("least", 1) and "fewer_points_than_the_least")
            faults.append(asked.points > terms.get("most", asked.points) and "transfer_limit_exceeded")
            faults.append(sent > terms.get("most_a_month", sent) and "transfer_limit_exceeded")
        if answer := self._asked(asked, *faults):
            return answer
        assert terms is not None
        sender, receiver = self.purse(asked.member, asked.unit), self.purse(asked.to, asked.unit)
        at = self.take_up(asked.at, sender, receiver)
        fee = -(-asked.points * terms.get("fee_percent", 0) // 100)
        if answer := self._insufficient(sender, asked.points + fee, at):
            return answer
        today = self.clock.day(at)
        sender.write(at)
        draws = sender.draw(asked.points, today)
        sender.draw(fee, today)
        sender.sent[month] = sender.sent.get(month, 0) + asked.points
        receiver.write(at)
        lots = [self.open_lot(receiver, part, lot["until"], idle=lot["idle"]) for lot, part in draws]
        self._come_in(receiver, lots, at)
        return self._done(asked, "transfer")

    def close(self, asked: Any) -> Answer:
        member = self.numbers.get(asked.member)
        closed = member is not None and self.status[member] == "closed" and "member_not_active"
        if answer := self._asked(asked, member is None and "member_unknown", closed):
            return answer
        assert member is not None
        purses = self.purses_of(member)
        at = self.take_up(asked.at, *purses)
        if any(purse.held() for purse in purses):
            return refused("hold_open") or ()
        for purse in purses:
            purse.write(at)
            for debt in [cover for cover in purse.covers if cover["kind"] == "debt"]:
                purse.cover(debt["for"], debt["points"], kind="forgiven")
                purse.reduce(debt, debt["points"])
        self.status[member] = "closed"
        for purse in purses:
            self.leave_nothing(purse)
        return self._done(asked, "closure")

    # Receipts.

    def activate(self, asked: Any) -> Answer:
        receipt = self.receipts.get(asked.receipt)
        if answer := self._asked(
            asked,
            *self._unusable(receipt),
            receipt is not None and receipt["owner"] is None and "receipt_has_no_member",
        ):
            return answer
        assert receipt
        purse = self.purse_of(receipt["owner"])
        at = self.take_up(asked.at, purse)
        purse.write(at)
        for lot in purse.lots:
            if lot["receipt"] == asked.receipt:
                lot["pending"] = False
        purse.pay_all(self.clock.day(at))
        return self._done(asked, "activation")

    def claim(self, asked: Any) -> Answer:
        receipt = self.receipts.get(asked.receipt)
        days = timedelta(self.rules(asked.at).get("claims", {"days": 30})["days"])
        if answer := self._asked(
            asked,
            *self._member_faults(asked.member),
            *self._unusable(receipt),
            receipt is not None and receipt["owner"] is not None and "receipt_has_a_member",
            receipt is not None and asked.at > receipt["occurred"] + days and "receipt_too_old",
        ):
            return answer
        assert receipt
        purse = self.purse(asked.member)
        self.credit(purse, receipt, self.take_up(asked.at, purse))
        return self._done(asked, "claim")

    def move(self, asked: Any) -> Answer:
        receipt = self.receipts.get(asked.receipt)
        same = receipt is not None and receipt["owner"] == self.numbers.get(asked.to, "") and "member_the_same"
        if answer := self._asked(
            asked,
            *self._member_faults(asked.to),
            same,
            *self._unusable(receipt),
            receipt is not None and receipt["owner"] is None and "receipt_has_no_member",
        ):
            return answer
        assert receipt
        wrong, right = self.purse_of(receipt["owner"]), self.purse(asked.to)
        at = self.take_up(asked.at, wrong, right)
        before = self.supported(wrong, at)
        wrong.write(at)
        if receipt["body"]:
            self.stand(wrong, receipt, dict.fromkeys(receipt["held"], 0), at, self._late(at))
            receipt["owner"] = None
            self.fall(wrong, at, before)
        self.credit(right, receipt, at)
        return self._done(asked, "move")

    # What they have in common.

    def _asked(self, asked: Any, *faults: Any) -> Answer | None:
        if answer := self._bad_shape(asked):
            return answer
        plain = replace(asked, at=NEVER)
        if asked.key in self.requests:
            return ("duplicate",) if self.requests[asked.key] == plain else refused("key_reused_with_other_content")
        return refused(*faults)

    def _bad_shape(self, asked: Any) -> Answer | None:
        points = getattr(asked, "points", None)
        no_reason = hasattr(asked, "reason") and not (asked.reason.strip() and asked.note.strip())
        return refused(
            points is not None
            and (points == 0 if hasattr(asked, "reason") else points <= 0)
            and "points_not_above_zero",
            no_reason and "reason_missing",
        )

    def _done(self, asked: Any, kind: str, **kept: Any) -> Answer:
        self.requests[asked.key] = replace(asked, at=NEVER)
        self.movements[asked.key] = {"kind": kind, "answered": False} | kept
        return POSTED

    def _sent(self, asked: Any, month: date) -> int:
        """What a member has passed on in a month, with those who are merged into them by now."""
        one = [member for member, into in self.numbers.items() if into == self.numbers[asked.member]]
        return sum(self.purses[member, asked.unit].sent.get(month, 0) for member in one)

    def _at_the_till(self, asked: Any) -> list[Any]:
        branch = asked.branch not in ("main", "north") and "branch_unknown"
        return [branch, self._unit_fault(asked), *self._member_faults(asked.member)]

    def _unit_fault(self, asked: Any) -> Any:
        return asked.unit not in self._units(asked.at) and "unit_unknown"

    def _units(self, at: datetime) -> list[str]:
        return ["points"] + [unit["code"] for unit in self.rules(at).get("units", [])]

    def _member_faults(self, *numbers: str) -> list[Any]:
        members = [self.numbers.get(number) for number in numbers]
        inactive = any(member and self.status[member] != "active" for member in members)
        same = len(members) > len(set(members)) and None not in members
        return [None in members and "member_unknown", inactive and "member_not_active", same and "member_the_same"]

    def _unusable(self, receipt: Json | None) -> list[Any]:
        return [receipt is None and "receipt_unknown", receipt is not None and receipt["void"] and "receipt_void"]

    def _redemption(self, at: datetime) -> Json:
        found: Json = self.rules(at).get("redemption", {})
        return found

    def _expiry_of(self, unit: str, at: datetime) -> Json:
        rules = self.rules(at)
        found: Json = next((each["expiry"] for each in rules.get("units", []) if each["code"] == unit), rules["expiry"])
        return found

    def _insufficient(self, purse: Purse, points: int, at: datetime) -> Answer | None:
        there = sum(lot["left"] for lot in purse.in_order(self.clock.day(at)))
        return refused(points > there and "insufficient_points")

    def _come_in(self, purse: Purse, lots: list[Json], at: datetime) -> None:
        today = self.clock.day(at)
        for lot in lots:
            if is_past(lot, today):
                expire(lot)
        purse.pay_all(today)
