"""Histories at random: what may happen to a few members in some months, right and wrong, by all verbs."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tests.world import NOON, PLAIN
from wafa.core import commands as ask
from wafa.core.commands import Command, DocumentCommand, Line

MEMBERS = ("amal", "bilal", "chadi", "dana", "farid")
BLOCKED = "eve"
ITEMS = ("TEA", "CUP", "SALE")
PAUSES = [timedelta(), timedelta(), timedelta(minutes=3), timedelta(hours=9), timedelta(days=2), timedelta(days=17)]

_BASE = PLAIN["rules"][0]
_TIERS = [
    {"code": code, "from": least, "name": {"en": code}} for code, least in (("low", 0), ("mid", 120), ("top", 400))
]
_BONUS = {"kind": "per_unit", "code": "cups", "items": ["CUP"], "points": 7, "name": {"en": "Cups"}}
_DOUBLE = {"kind": "multiplier", "code": "double", "of": _BASE["code"], "factor": "2", "name": {"en": "Double"}}
_UNITS = [{"code": "stamps", "kind": "stamps", "card": 10, "expiry": {"kind": "days", "days": 20}, "name": {"en": "S"}}]
_COMMON = {"tiers": _TIERS, "units": _UNITS, "transfers": {"fee_percent": 10}, "merges": {"undo_days": 60}}

PROGRAMMES: dict[str, dict[str, Any]] = {
    "two lots a receipt, the second pending": {
        "expiry": {"kind": "months", "months": 1},
        "rules": [
            _BASE,
            _BONUS | {"expiry": {"kind": "days", "days": 9}, "available": {"kind": "after_days", "days": 3}},
        ],
    },
    "capped, forgiving, a calendar year": {
        "expiry": {"kind": "days", "days": 25},
        "rules": [_BASE | {"cap": {"points": 150, "per": "week"}}, _BONUS | {"cap": {"points": 14, "per": "day"}}],
        "debt": "forgive",
        "qualification": {"measure": "spend", "window": {"kind": "calendar_year", "calendar": "jalali"}},
    },
    "by activity, rolling, with an event": {
        "expiry": {"kind": "inactivity", "months": 1},
        "rules": [_BASE, _BONUS | {"available": {"kind": "on_event"}}],
        "qualification": {
            "measure": "visits",
            "window": {"kind": "rolling_months", "months": 1},
            "grace_days": 5,
            "soft_landing": True,
        },
        "redemption": {"restored": {"kind": "grace", "days": 4}},
    },
    "not for reduced goods, refusing": {
        "expiry": {"kind": "never"},
        "rules": [
            _BASE,
            _DOUBLE | {"unless": {"items": ["SALE"], "discounted": True}, "expiry": {"kind": "days", "days": 12}},
            {"kind": "spend_reached", "code": "much", "points": 90, "minor": 30_000, "per": "month"}
            | {"name": {"en": "Much"}},
        ],
        "debt": "refuse",
        "transfers": {"most_a_month": 60},
        "redemption": {"worth": {"points": 10, "minor": 100}},
    },
}  # fmt: skip


def programme(name: str) -> dict[str, Any]:
    """A programme's JSON."""
    return _COMMON | PROGRAMMES[name]


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a history. What it names by an id stands under `key`: the id is known once that was carried out."""

    command: Command
    field: str = ""
    key: str = ""


class History:
    """Commands in the order of their instants, made without knowing what became of the earlier ones."""

    def __init__(self, seed: int, size: int) -> None:
        self.chance = random.Random(seed)
        self.now = NOON
        self.sold: list[ask.RecordPurchase] = []
        self.nobodys: list[ask.RecordPurchase] = []
        self.back: list[DocumentCommand] = []
        self.kept: dict[str, list[str]] = {"redemption": [], "hold": [], "merge": []}
        verbs = [verb for verb, weight in _WEIGHTS.items() for _ in range(weight)]
        self.said: list[Step] = [
            Step(_open_for(self, member, unit)) for member in MEMBERS for unit in ("points", "stamps")
        ]
        for _ in range(size):
            self.now += self.pick(PAUSES)
            self.said.append(self._step(self.pick(verbs)))

    def pick(self, values: Any) -> Any:
        """One of them."""
        return self.chance.choice(list(values))

    def _step(self, verb: str) -> Step:
        made = _MAKE[verb](self)
        return made if isinstance(made, Step) else Step(made)

    # --- parts of commands -----------------------------------------------------------------------------------------

    def who(self) -> str:
        """Almost always somebody who may."""
        return str(self.pick(MEMBERS * 12 + (BLOCKED, "nobody")))

    def document(self) -> dict[str, Any]:
        """What every document has."""
        number = f"D{len(self.said)}"
        occurred = self.now - timedelta(days=self.pick([0] * 9 + [1, 12, 40]))
        return {"at": self.now, "occurred_at": occurred, "source": "till", "number": number, "currency": "SAR"} | {
            "branch": self.pick(["olaya", "airport"]), "member": self.who()
        }  # fmt: skip

    def request(self) -> dict[str, Any]:
        """What every request has."""
        return {"at": self.now, "key": f"Q{len(self.said)}"}

    def at_the_till(self) -> dict[str, Any]:
        """What every request of a till has."""
        return self.request() | {"branch": self.pick(["olaya"] * 19 + ["moon"])}

    def goods(self) -> tuple[Line, ...]:
        """One to three lines."""
        lines = []
        for _ in range(self.pick([1, 1, 2, 3])):
            riyals, pieces = self.pick([15, 40, 80, 160]), self.pick([1, 2, 3, 6])
            reduced = self.pick([None, None, None, 500])
            lines.append(Line(self.pick(ITEMS), pieces * 1000, riyals * 100, discount_minor=reduced))
        return tuple(lines)

    def parts(self, sold: ask.RecordPurchase) -> tuple[Line, ...]:
        """Some of what was sold."""
        line = self.pick(sold.lines)
        pieces = self.chance.randrange(1, line.quantity_milli // 1000 + 1)
        return (Line(line.item, pieces * 1000, 0),)

    def receipt(self) -> Any:
        """One of the latest."""
        return self.pick(self.sold[-7:] or [ask.RecordPurchase(**self.document(), lines=self.goods())])

    def unit(self) -> str:
        """Points, seldom another."""
        return str(self.pick(["points"] * 12 + ["stamps"] * 3 + ["gold"]))

    def points(self) -> int:
        """So many."""
        return int(self.pick([5, 10, 20, 40, 150]))

    def withheld(self) -> int:
        """Money for points that are gone."""
        return int(self.pick([0, 0, 100, 5000]))

    def named(self, kind: str) -> str:
        """The key of one of the latest of a kind."""
        return str(self.pick(self.kept[kind][-3:] or ["none"]))

    def keep(self, kind: str, command: Any) -> Any:
        """A later step may name it."""
        self.kept[kind].append(command.key)
        return command


def _buy(of: History) -> Command:
    sold = ask.RecordPurchase(**of.document(), lines=of.goods())
    if of.pick(range(7)) == 0:
        sold = replace(sold, member=None)
        of.nobodys.append(sold)
    of.sold.append(sold)
    return sold


def _back(of: History) -> Command:
    sold = of.receipt()
    named = of.pick([sold.key, sold.key, sold.key, None])
    facts = of.document() | {"lines": of.parts(sold), "withheld_minor": of.withheld(), "receipt": named}
    if named is None:
        facts["member"] = sold.member
    back = ask.RecordReturn(**facts)
    of.back.append(back)
    return back


def _early(of: History) -> Command:
    """A return of a receipt that is yet to come, perhaps."""
    key = ("till", "", f"D{len(of.said) + of.pick([1, 1, 2, 3])}")
    back = ask.RecordReturn(**of.document(), lines=(Line(of.pick(ITEMS), 1000, 0),), receipt=key)
    of.back.append(back)
    return back


def _swap(of: History) -> Command:
    sold = of.receipt()
    facts = of.document() | {"member": sold.member, "withheld_minor": of.withheld()}
    swap = ask.RecordExchange(**facts, lines=of.goods(), returned=of.parts(sold), receipt=of.pick([sold.key, None]))
    of.back.append(swap)
    of.sold.append(swap)
    return swap


def _void(of: History) -> Command:
    return ask.VoidReceipt(**of.document(), annulled=of.receipt().key, withheld_minor=of.withheld())


def _cancel_return(of: History) -> Command:
    back = of.pick(of.back[-5:] or [of.receipt()])
    return ask.CancelReturn(**of.document(), annulled=back.key)


def _again(of: History) -> Step:
    step: Step = of.pick([*of.said[-9:], Step(_buy(of))])
    return replace(step, command=replace(step.command, at=of.now))


def _other_content(of: History) -> Step:
    step: Step = of.pick([each for each in of.said if hasattr(each.command, "branch")][-9:] or [Step(_buy(of))])
    return replace(step, command=replace(step.command, at=of.now, branch="airport"))  # type: ignore[call-arg]


def _redeem(of: History) -> Command:
    return of.keep(
        "redemption", ask.Redeem(**of.at_the_till(), member=of.who(), unit=of.unit(), points=of.points())
    )  # fmt: skip


def _hold(of: History) -> Command:
    minutes = of.pick([None, None, 1, 1440])
    return of.keep(
        "hold",
        ask.PlaceHold(**of.at_the_till(), member=of.who(), unit=of.unit(), points=of.points(), minutes=minutes),
    )


def _capture(of: History) -> Step:
    key, points = of.named("hold"), of.pick([None, None, 10])
    of.kept["redemption"].append(f"Q{len(of.said)}")
    return Step(ask.CaptureHold(**of.at_the_till(), hold=None, points=points), "hold", key)  # type: ignore[arg-type]


def _release(of: History) -> Step:
    return Step(ask.ReleaseHold(**of.at_the_till(), hold=None), "hold", of.named("hold"))  # type: ignore[arg-type]


def _cancel(of: History) -> Step:
    key = of.named("redemption")
    return Step(ask.CancelRedemption(**of.at_the_till(), redemption=None), "redemption", key)  # type: ignore[arg-type]


def _adjust(of: History) -> Command:
    said = {"reason": "goodwill", "note": "They had to wait."}
    points = of.pick([30, 80, -20])
    return ask.Adjust(**of.request(), member=of.who(), unit=of.unit(), points=points, **said)


def _open_for(of: History, member: str, unit: str) -> Command:
    lots = (ask.OpeningLot(100), ask.OpeningLot(100, (of.now + timedelta(days=30)).date()))
    return ask.OpenBalance(at=of.now, key=f"first {member} {unit}", member=member, unit=unit, lots=lots)


def _open(of: History) -> Command:
    day = (of.now + timedelta(days=of.pick([-3, 0, 11]))).date()
    lots = tuple(ask.OpeningLot(of.points(), of.pick([None, day])) for _ in range(2))
    return ask.OpenBalance(**of.request(), member=of.who(), unit=of.unit(), lots=lots, qualifying=of.pick([0, 90]))


def _give(of: History) -> Command:
    return ask.Transfer(**of.request(), member=of.who(), to=of.who(), unit=of.unit(), points=of.points())


def _merge(of: History) -> Command:
    return of.keep("merge", ask.MergeMembers(**of.request(), member=of.who(), into=of.who()))


def _unmerge(of: History) -> Step:
    return Step(ask.UndoMerge(**of.request(), merge=None), "merge", of.named("merge"))  # type: ignore[arg-type]


def _activate(of: History) -> Command:
    return ask.ActivateReceipt(**of.request(), receipt=of.receipt().key)


def _move(of: History) -> Command:
    return ask.MoveReceipt(**of.request(), receipt=of.receipt().key, to=of.who())


def _claim(of: History) -> Command:
    sold = of.pick(of.nobodys[-3:] or [of.receipt()])
    return ask.ClaimReceipt(**of.request(), receipt=sold.key, member=of.who())


def _settle(of: History) -> Command:
    return ask.Settle(at=of.now)


def _review(of: History) -> Step:
    """Whose wallets are reviewed is filled in where they are known."""
    return Step(ask.ReviewTiers(at=of.now, wallets=()), "wallets", "all")


_MAKE: dict[str, Callable[[History], Command | Step]] = {
    "buy": _buy, "back": _back, "early": _early, "swap": _swap, "void": _void, "cancel return": _cancel_return,
    "again": _again, "other content": _other_content, "redeem": _redeem, "hold": _hold, "capture": _capture,
    "release": _release, "cancel": _cancel, "adjust": _adjust, "open": _open, "give": _give, "merge": _merge,
    "unmerge": _unmerge, "activate": _activate, "move": _move, "claim": _claim, "settle": _settle, "review": _review,
}  # fmt: skip
_WEIGHTS = dict.fromkeys(_MAKE, 1) | {"buy": 10, "back": 6, "redeem": 6, "hold": 5, "cancel": 4, "capture": 3}
_WEIGHTS |= {"merge": 3, "unmerge": 4, "move": 3, "cancel return": 2, "release": 2, "early": 2, "claim": 2}
