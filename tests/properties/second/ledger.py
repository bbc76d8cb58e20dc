"""The second ledger itself: merging, and what answers which command."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.properties.second.books import Answer, refused
from tests.properties.second.requests import Requests


class SecondLedger(Requests):
    """Takes the same commands as the core, one by one, and says what it makes of them."""

    def take(self, command: Any) -> Answer:
        """`("accepted",)`, `("posted",)`, `("duplicate",)`, `("refused", code, …)`, `("settled", points)`."""
        answer: Answer = getattr(self, _METHODS[type(command).__name__])(command)
        return answer

    def settle(self, command: Any) -> Answer:
        return ("settled", sum(purse.settle(command.at, self.clock) for purse in self.purses.values()))

    def review_tiers(self, command: Any) -> Answer:
        for member in self.status:
            self.review(self.purse_of(member), command.at)
        return ("reviewed",)

    def merge(self, asked: Any) -> Answer:
        if answer := self._asked(asked, *self._member_faults(asked.member, asked.into)):
            return answer
        member, into = self.numbers[asked.member], self.numbers[asked.into]
        pairs = list(zip(self.purses_of(member), self.purses_of(into), strict=True))
        at = self.take_up(asked.at, *(theirs for theirs, _ in pairs), *(ours for _, ours in pairs))
        receipts = [each for each in self.receipts.values() if each["owner"] == member]
        theirs, ours = pairs[0]
        kept = {"member": member, "into": into, "at": at, "receipts": receipts}
        kept |= {"undated": theirs.undated, "tier": theirs.tier, "into_tier": ours.tier}
        kept["homes"] = kept["numbers"] = [number for number, whose in self.numbers.items() if whose == member]
        for receipt in receipts:
            receipt["owner"] = into
        ours.undated, theirs.undated = ours.undated + theirs.undated, 0
        for theirs, ours in pairs:
            theirs.write(at)
            ours.write(at)
            for lot in theirs.lots:
                lot["purse"] = ours
            for movement in self.movements.values():
                if movement.get("placed") is theirs:
                    movement["placed"] = ours
            for name in ("lots", "covers", "holds"):
                setattr(ours, name, getattr(ours, name) + getattr(theirs, name))
                setattr(theirs, name, [])
            ours.pay_all(self.clock.day(at))
        theirs, ours = pairs[0]
        if self.rank(theirs.tier, at) > self.rank(ours.tier, at):
            ours.tier, ours.below = theirs.tier, theirs.below
        self.rise(ours, at)
        for number in kept["numbers"]:
            self.numbers[number] = into
        return self._done(asked, "merge", **kept)

    def undo_merge(self, asked: Any) -> Answer:
        found = self.movements.get(asked.merge, {"kind": ""})
        faults: list[Any] = ["merge_unknown"]
        if found["kind"] == "merge":
            days = timedelta(self.rules(asked.at).get("merges", {"undo_days": 30})["undo_days"])
            faults = [found["answered"] and "merge_undone_already", asked.at > found["at"] + days and "merge_too_old"]
            faults.append(self.numbers[found["into"]] != found["into"] and "merged_since")
        if answer := self._asked(asked, *faults):
            return answer
        member, into = found["member"], found["into"]
        pairs = list(zip(self.purses_of(member), self.purses_of(into), strict=True))
        at = self.take_up(asked.at, *(theirs for theirs, _ in pairs), *(ours for _, ours in pairs))
        if any(ours.held() for _, ours in pairs):
            return refused("hold_open") or ()
        found["answered"] = True
        today = self.clock.day(at)
        for theirs, ours in pairs:
            ours.write(at)
            theirs.write(at)
            leaving = [lot for lot in ours.lots if lot["home"] in found["homes"]]
            self._part_covers(ours, leaving, today)
            for lot in leaving:
                lot["purse"] = theirs
            theirs.lots += leaving
            theirs.covers += [cover for cover in ours.covers if cover["for"]["purse"] is theirs]
            ours.lots = [lot for lot in ours.lots if lot["purse"] is ours]
            ours.covers = [cover for cover in ours.covers if cover["for"]["purse"] is ours]
            ours.pay_all(today)
            theirs.pay_all(today)
            self.leave_nothing(ours)
        theirs, ours = pairs[0]
        for receipt in found["receipts"]:
            came_along = all(lot["home"] in found["homes"] for lot in receipt["lots"].values())
            if receipt["owner"] == into and came_along:
                receipt["owner"] = member
        theirs.undated, ours.undated = found["undated"], ours.undated - found["undated"]
        theirs.tier = found["tier"]
        ours.tier = max(found["into_tier"], self.supported(ours, at), key=lambda tier: self.rank(tier, at))
        for number in found["numbers"]:
            self.numbers[number] = member
        self.status[member] = "active"
        return self._done(asked, "undo")

    def _part_covers(self, ours: Any, leaving: list[Any], today: Any) -> None:
        """What one's points gave for the other's goes back to them; each owes for its own again."""
        gone = {id(lot) for lot in leaving}

        def parts(cover: Any) -> bool:
            return cover["by"] is not None and (id(cover["for"]) in gone) != (id(cover["by"]) in gone)

        while cover := next(filter(parts, ours.covers), None):
            points = cover["points"]
            ours.cover(cover["for"], points, kind="debt")
            ours.uncover(cover, points, today, pays=False)


_METHODS = {
    "RecordPurchase": "buy",
    "RecordReturn": "bring_back",
    "RecordExchange": "exchange",
    "VoidReceipt": "void",
    "CancelReturn": "cancel_return",
    "Redeem": "redeem",
    "CancelRedemption": "cancel_redemption",
    "PlaceHold": "place_hold",
    "CaptureHold": "capture",
    "ReleaseHold": "release",
    "Adjust": "adjust",
    "OpenBalance": "open_balance",
    "Transfer": "transfer",
    "MergeMembers": "merge",
    "UndoMerge": "undo_merge",
    "CloseMember": "close",
    "ActivateReceipt": "activate",
    "ClaimReceipt": "claim",
    "MoveReceipt": "move",
    "Settle": "settle",
    "ReviewTiers": "review_tiers",
}
