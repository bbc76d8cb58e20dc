"""What the second ledger keeps, and what follows from it: progress, tiers, caps."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Any

from tests.properties.second.days import Clock, qualifying_spans, window
from tests.properties.second.earning import Goods, Json, awards, cap_of, eligible_minor
from tests.properties.second.purse import Purse

Answer = tuple[Any, ...]

# The refusals in their order: of several that apply, the first is given.
PRECEDENCE = """
    document_empty text_not_usable reason_missing quantity_not_above_zero amount_below_zero points_not_above_zero
    figure_out_of_range
    document_reused_with_other_content key_reused_with_other_content
    currency_not_the_merchants occurred_in_future branch_unknown unit_unknown member_unknown member_not_active
    member_the_same redemption_unknown hold_unknown merge_unknown receipt_unknown return_unknown
    redemption_cancelled_already hold_closed_already merge_undone_already merge_too_old merged_since receipt_void
    return_cancelled_already receipt_has_a_member receipt_has_no_member receipt_too_old
    hold_time_out_of_bounds fewer_points_than_the_least proof_needed transfers_not_allowed transfer_limit_exceeded
    hold_open captured_more_than_held returned_more_than_left insufficient_points return_not_covered
""".split()


def refused(*codes: str | bool | None) -> Answer | None:
    """The first refusal of those that apply, if any does."""
    apply = [code for code in codes if isinstance(code, str)]
    return ("refused", min(apply, key=PRECEDENCE.index)) if apply else None


class Books:
    """Members by number, their purses, receipts and returns by key; what was asked before."""

    def __init__(self, versions: list[tuple[datetime, Json]], zone: tzinfo, members: dict[str, str]) -> None:
        self.versions, self.clock = versions, Clock(zone)
        self.numbers = {number: number for number in members}  # whose a number is; a merge gives it to another
        self.status = dict(members)
        units = ["points"] + [unit["code"] for unit in versions[0][1].get("units", [])]
        self.purses = {(member, unit): Purse(member, unit) for member in members for unit in units}
        self.receipts: dict[Any, Json] = {}
        self.returns: dict[Any, Json] = {}
        self.waiting: dict[Any, list[Json]] = {}
        self.documents: dict[Any, Any] = {}
        self.requests: dict[str, Any] = {}
        self.movements: dict[str, Json] = {}  # redemptions, holds and merges, by the key that asked for them
        self.lots: list[Json] = []

    # Rules and wallets.

    def in_force(self, at: datetime) -> Json | None:
        begun = [body for start, body in self.versions if start <= at]
        return begun[-1] if begun else None

    def rules(self, at: datetime) -> Json:
        """Before the programme began, what it begins with."""
        return self.in_force(at) or self.versions[0][1]

    def purse(self, number: str, unit: str = "points") -> Purse:
        return self.purses[self.numbers[number], unit]

    def purses_of(self, member: str) -> list[Purse]:
        return [purse for (owner, _), purse in self.purses.items() if owner == member]

    def take_up(self, at: datetime, *purses: Purse) -> datetime:
        """What is due happens first. Answers the instant of what is posted."""
        at = max([at, *(purse.not_before(at) for purse in purses)])
        for purse in purses:
            purse.settle(at, self.clock)
        return at

    def open_lot(self, purse: Purse, points: int, until: date | None, **fields: Any) -> Json:
        lot = {"points": points, "left": points, "held": 0, "gone": 0, "answered": 0, "until": until}
        lot |= {"pending": False, "from": None, "idle": None, "receipt": None, "home": purse.owner}
        lot |= {"n": len(self.lots), "age": purse.entries, "purse": purse} | fields
        self.lots.append(lot)
        purse.lots.append(lot)
        return lot

    def leave_nothing(self, purse: Purse) -> None:
        """Whoever has left keeps no points, not even those that come back later."""
        for lot in purse.lots if self.status[purse.owner] == "closed" else []:
            lot["left"] = 0

    # What receipts count for.

    def goods_left(self, receipt: Json) -> Goods:
        """As though the rest had never been sold; `round` of a fraction is half-even."""
        goods = []
        for line in receipt["lines"]:
            minor = line["minor"]
            if line["left"] < line["milli"]:
                minor = round(Fraction(line["minor"] * line["left"], line["milli"]))
                if line["price"] is not None:
                    minor = round(Fraction(line["left"] * line["price"], 1000 * 10**6))
            if line["left"]:
                goods.append((line["item"], line["left"], minor, line["discounted"]))
        return goods

    def credited(self, member: str) -> list[Json]:
        """The receipts of a member that were bought under a programme."""
        return [each for each in self.receipts.values() if each["owner"] == member and each["body"]]

    def spend(self, receipt: Json) -> int:
        return eligible_minor(receipt["body"], self.goods_left(receipt))

    def counts(self, receipt: Json) -> int:
        """Qualifying units of a receipt."""
        measure = receipt["body"].get("qualification", {}).get("measure", "points")
        if measure == "points":
            qualifying = {rule["code"] for rule in receipt["body"]["rules"] if rule.get("qualifying")}
            return sum(points for rule, points in receipt["held"].items() if rule in qualifying)
        return self.spend(receipt) if measure == "spend" else int(self.spend(receipt) > 0)

    def qualifying(self, member: str) -> int:
        return self.purse_of(member).undated + sum(map(self.counts, self.credited(member)))

    def purchases(self, member: str) -> int:
        return sum(self.spend(receipt) > 0 for receipt in self.credited(member))

    def purse_of(self, member: str) -> Purse:
        return self.purses[member, "points"]

    def facts(self, purse: Purse, receipt: Json, at: datetime, tier: str | None) -> Json:
        """The context of a receipt that is about to be credited."""
        body, on = receipt["body"], self.clock.day(receipt["occurred"])
        mine = self.credited(purse.owner)

        def within(per: str) -> list[Json]:
            first, last = window(per, on)
            return [each for each in mine if first <= each["on"] <= last]

        headroom = {}
        for rule in body["rules"]:
            if cap := cap_of(rule):
                held = sum(each["held"].get(rule["code"], 0) for each in within(cap["per"]))
                headroom[rule["code"]] = max(0, cap["points"] - held)
        return {
            "on": on,
            "tier": tier or purse.tier or self.rules(at)["tiers"][0]["code"],
            "earlier": self.purchases(purse.owner),
            "headroom": headroom,
            "spent": {per: sum(map(self.spend, within(per))) for per in ("day", "week", "month")},
        }

    def hold(self, receipt: Json) -> dict[str, int]:
        """Award by award the lesser of what was given first and what is earned by the rest."""
        now = awards(receipt["body"], receipt, self.goods_left(receipt))
        return {rule: min(points, now.get(rule, 0)) for rule, points in receipt["first"].items()}

    # Tiers.

    def ladder(self, at: datetime) -> list[str]:
        return [tier["code"] for tier in self.rules(at)["tiers"]]

    def rank(self, tier: str, at: datetime) -> int:
        return self.ladder(at).index(tier) if tier in self.ladder(at) else -1

    def supported(self, purse: Purse, at: datetime) -> str:
        """The highest tier that the progress of the window supports."""
        spans = qualifying_spans(self.qualification(at).get("window", {"kind": "lifetime"}), self.clock.day(at))
        mine = self.credited(purse.owner)
        sums = [sum(self.counts(each) for each in mine if first <= each["on"] <= last) for first, last in spans]
        best = max(sums) if sums else self.qualifying(purse.owner)
        return [tier["code"] for tier in self.rules(at)["tiers"] if tier["from"] <= best][-1]

    def qualification(self, at: datetime) -> Json:
        found: Json = self.rules(at).get("qualification", {})
        return found

    def rise(self, purse: Purse, at: datetime) -> None:
        """An upgrade is immediate."""
        purse.tier = purse.tier or self.ladder(at)[0]
        reached = self.supported(purse, at)
        if self.rank(reached, at) > self.rank(purse.tier, at):
            purse.tier = reached
        self._end_grace(purse, reached, at)

    def fall(self, purse: Purse, at: datetime, before: str) -> None:
        """A tier that was supported before a return, and is not any more, falls at once; and the other way round."""
        reached = self.supported(purse, at)
        if self.rank(reached, at) > self.rank(before, at):
            return self.rise(purse, at)
        if self.rank(reached, at) < self.rank(purse.tier, at) <= self.rank(before, at):
            purse.tier = reached
        self._end_grace(purse, reached, at)

    def _end_grace(self, purse: Purse, reached: str, at: datetime) -> None:
        if self.rank(reached, at) >= self.rank(purse.tier, at):
            purse.below = None

    def review(self, purse: Purse, at: datetime) -> None:
        """Who does not reach their tier keeps it for the days of grace, then falls; softly, by one step."""
        at = purse.not_before(at)
        if not purse.tier:
            return
        today, reached = self.clock.day(at), self.supported(purse, at)
        tier, below = purse.tier, purse.below
        grace = self.qualification(at).get("grace_days", 0)
        if self.rank(reached, at) >= self.rank(tier, at):
            tier, below = reached, None
        elif (grace == 0) if below is None else (today >= below + timedelta(max(grace, 1))):
            one_down = self.ladder(at)[self.rank(tier, at) - 1]
            tier = one_down if self.qualification(at).get("soft_landing") else reached
            below = None if tier == reached else today
        else:
            below = below or today
        if (tier, below) != (purse.tier, purse.below):
            purse.write(at)
            purse.tier, purse.below = tier, below
