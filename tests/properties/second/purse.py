"""One wallet of the second ledger: its lots, what was given in place of what, and how points move (laws 3, 6 and 8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.properties.second.days import Clock, months_later

Json = dict[str, Any]
RELEASE, ACTIVATION, EXPIRY = range(3)


class Purse:
    """What one member has in one unit.

    A cover says that a lot (`for`) was clawed back when it no longer had the points, and what stands for them: another
    lot (`by`), or what is owed or forgiven (`kind`).
    """

    def __init__(self, owner: str, unit: str) -> None:
        self.owner, self.unit = owner, unit
        self.lots: list[Json] = []
        self.covers: list[Json] = []
        self.holds: list[Json] = []
        self.tier, self.below = "", None
        self.undated = 0  # qualifying units that no receipt gave
        self.sent: dict[date, int] = {}  # points passed on, by month
        self.entries = 0
        self.posted: datetime | None = None
        self.missed = 0  # clawed-back points that were nowhere to be found, ever

    # What follows from the rest.

    def available(self) -> int:
        return sum(lot["left"] for lot in self.lots if not lot["pending"])

    def pending(self) -> int:
        return sum(lot["left"] for lot in self.lots if lot["pending"])

    def held(self) -> int:
        return sum(lot["held"] for lot in self.lots)

    def debt(self) -> int:
        return sum(cover["points"] for cover in self.covers if cover["kind"] == "debt")

    def in_order(self, today: date, pending: bool = False) -> list[Json]:
        """Lots to draw from, the first one first."""
        able = [lot for lot in self.lots if lot["left"] and lot["pending"] == pending and not is_past(lot, today)]
        return sorted(able, key=place)

    def not_before(self, at: datetime) -> datetime:
        """Nothing is posted before what is posted already."""
        return max(at, self.posted or at)

    # What happens.

    def write(self, at: datetime) -> None:
        """Another entry."""
        self.entries += 1
        self.posted = at

    def draw(self, points: int, today: date) -> list[tuple[Json, int]]:
        drawn = []
        for lot in self.in_order(today):
            part = min(points, lot["left"])
            if part:
                lot["left"] -= part
                points -= part
                drawn.append((lot, part))
        assert not points
        return drawn

    def restore(self, draws: list[tuple[Json, int]], today: date) -> None:
        for lot, points in reversed(draws):
            self.regain(lot, points, today)

    def regain(self, lot: Json, points: int, today: date, pays: bool = True) -> None:
        """First what others gave in its place goes back, the newest first, and debts before all."""
        lot["left"] += points
        while points and (cover := self.newest(lot)):
            part = min(points, cover["points"])
            lot["left"] -= part
            points -= part
            self.uncover(cover, part, today, pays)
        if is_past(lot, today):
            expire(lot)
        elif pays:
            self.pay(lot)

    def newest(self, lot: Json, also_money: bool = False) -> Json | None:
        """What was paid for in money stays paid, unless the goods are the customer's again."""
        mine = [cover for cover in self.covers if cover["for"] is lot and (also_money or cover["kind"] != "withheld")]
        owed = [cover for cover in mine if cover["kind"] == "debt"]
        return (owed or mine or [None])[-1]

    def uncover(self, cover: Json, points: int, today: date, pays: bool = True) -> None:
        self.reduce(cover, points)
        if cover["by"]:
            self.regain(cover["by"], points, today, pays)

    def reduce(self, cover: Json, points: int) -> None:
        cover["points"] -= points
        self.covers = [each for each in self.covers if each["points"]]

    def cover(self, lot: Json, points: int, by: Json | None = None, kind: str = "lot") -> None:
        if points:
            self.covers.append({"for": lot, "by": by, "kind": kind, "points": points})

    def pay(self, lot: Json) -> None:
        """Available points go to what is owed, the oldest debt first."""
        for debt in [cover for cover in self.covers if cover["kind"] == "debt"] if not lot["pending"] else []:
            part = min(debt["points"], lot["left"])
            lot["left"] -= part
            self.reduce(debt, part)
            self.cover(debt["for"], part, by=lot)

    def pay_all(self, today: date) -> None:
        for lot in self.in_order(today):
            self.pay(lot)

    def claw_back(self, lot: Json, points: int, today: date, missing: str) -> None:
        """Its own, then what of it expired, then other lots, then pending ones; the rest is missing."""
        own = min(points, lot["left"])
        lot["left"] -= own
        gone = min(points - own, lot["gone"] - lot["answered"])
        lot["answered"] += gone
        points -= own + gone
        for other in self.in_order(today) + self.in_order(today, pending=True):
            if other is not lot:
                part = min(points, other["left"])
                other["left"] -= part
                points -= part
                self.cover(lot, part, by=other)
        self.missed += points
        self.cover(lot, points, kind=missing)

    def give_back(self, lot: Json, points: int, today: date) -> None:
        """The same backwards."""
        while points and (cover := self.newest(lot, also_money=True)):
            part = min(points, cover["points"])
            self.uncover(cover, part, today)
            points -= part
        gone = min(points, lot["answered"])
        lot["answered"] -= gone
        if points - gone:
            self.regain(lot, points - gone, today)

    def move_last_days(self, on: date) -> None:
        """The member was there: what runs out for want of activity does so later, and all of it together."""
        for months in {lot["idle"] for lot in self.lots if lot["idle"]}:
            idle = [lot for lot in self.lots if lot["idle"] == months and lot["left"] + lot["held"] > 0]
            latest = max([months_later(on, months)] + [lot["until"] for lot in idle])
            for lot in idle:
                lot["until"] = latest

    # What is due, one thing after another, as of when it was due.

    def settle(self, at: datetime, clock: Clock) -> int:
        """Answers how many points ran out."""
        at = self.not_before(at)
        ran_out, last = 0, None
        while due := sorted(self._due(at, clock), key=lambda each: each[:3]):
            when, kind, _, what = due[0]
            if kind == ACTIVATION and not what["left"]:
                what["pending"] = False  # there is nothing to tell
                last = kind if last == kind else None
                continue
            if kind == RELEASE or kind != last:
                self.write(at)
            last = kind
            if kind == RELEASE:
                self.close_hold(what, what["draws"], clock.day(when))
            elif kind == ACTIVATION:
                what["pending"] = False
                self.pay(what)
            else:
                ran_out += expire(what)
        return ran_out

    def _due(self, at: datetime, clock: Clock) -> list[Any]:
        due: list[Any] = [(each["until"], RELEASE, each["n"], each) for each in self.holds if each["until"] <= at]
        for lot in self.lots:
            if lot["pending"] and lot["from"] and lot["from"] <= at:
                due.append((lot["from"], ACTIVATION, place(lot), lot))
            if lot["left"] and is_past(lot, clock.day(at)):
                due.append((clock.begins(lot["until"] + timedelta(1)), EXPIRY, place(lot), lot))
        return due

    def close_hold(self, hold: Json, back: list[tuple[Json, int]], today: date) -> None:
        """What is not given back was spent."""
        self.holds = [each for each in self.holds if each is not hold]
        for lot, points in hold["draws"]:
            lot["held"] -= points
        self.restore(back, today)


def place(lot: Json) -> tuple[date, int, int]:
    """Drawing order: the first to run out first, then the oldest."""
    return (lot["until"] or date.max, lot["age"], lot["n"])


def is_past(lot: Json, today: date) -> bool:
    return lot["until"] is not None and lot["until"] < today


def expire(lot: Json) -> int:
    gone: int = lot["left"]
    lot["gone"] += gone
    lot["left"] = 0
    return gone
