"""Commands at random, from what both books know: right ones and wrong ones. `pick` chooses; Hypothesis or a seed do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.core.world import exchange, goods_back, purchase
from tests.properties.programmes import ITEMS
from tests.properties.shop import Pair
from wafa.core.commands import (
    ActivateReceipt,
    Adjust,
    CancelRedemption,
    CancelReturn,
    CaptureHold,
    ClaimReceipt,
    CloseMember,
    Command,
    DocumentCommand,
    Line,
    MergeMembers,
    MoveReceipt,
    OpenBalance,
    OpeningLot,
    PlaceHold,
    RecordReturn,
    Redeem,
    ReleaseHold,
    ReviewTiers,
    Settle,
    Transfer,
    UndoMerge,
    VoidReceipt,
)

Pick = Callable[[Sequence[Any]], Any]

KINDS = (
    ["buy", "back"] * 8
    + ["redeem"] * 6
    + ["cancel_redemption", "cancel_return", "hold", "capture", "transfer"] * 3
    + ["unnamed", "exchange", "again", "release", "undo", "activate"] * 2
    + ["void", "early", "adjust", "opening", "merge", "claim", "move", "settle", "review", "review", "mangled"]
)
SELDOM = ("close",)
WHO = ("ann", "ann", "ann", "ann", "bob", "bob", "cem", "eve", None)
PAUSES = [timedelta()] * 15 + [
    timedelta(seconds=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=7),
    timedelta(days=1),
    timedelta(days=15),
    timedelta(days=40),
]
QUANTITIES = (1000, 1000, 2000, 3000, 333, 1500, 12_345)
AMOUNTS = (0, 99, 150, 700, 1000, 2550, 9_999, 12_000)


class Till:
    """Makes the next command for a pair of books."""

    def __init__(self, pair: Pair, pick: Pick, steady: bool = False) -> None:
        self.pair, self.pick, self.steady = pair, pick, steady
        self.number = 0
        self.known: list[Any] = []  # documents made so far, whatever came of them
        self.asked: list[Any] = []

    def batch(self, kinds: Sequence[str]) -> list[Command]:
        """Commands in the order of their instants. Unless it is a steady one, now and then the clock goes back."""
        if not self.steady and not self.pick(range(12)):
            self.pair.now -= self.pick([timedelta(minutes=1), timedelta(days=1), timedelta(days=20)])
        made = []
        for kind in kinds:
            self.pair.now = self._later(self.pair.now)
            made.append(self.make(kind, self.pair.now))
        return made

    def make(self, kind: str, at: datetime) -> Command:
        """A command of a kind."""
        command: Command = getattr(self, f"_{kind}")(at)
        (self.known if isinstance(command, DocumentCommand) else self.asked).append(command)
        return command

    def _later(self, now: datetime) -> datetime:
        if self.pick(range(10)):
            return now + self.pick(PAUSES)
        due = [each for each in self._due() if each > now]
        return self.pick(sorted(due)[:3]) if due else now

    def _due(self) -> list[datetime]:
        """When something is due, and the second before."""
        second = self.pair.second
        due = [lot["from"] for lot in second.lots if lot["pending"] and lot["from"]]
        due += [hold["until"] for purse in second.purses.values() for hold in purse.holds]
        due += [second.clock.begins(lot["until"] + timedelta(1)) for lot in second.lots if lot["left"] and lot["until"]]
        return [at - early for at in due for early in (timedelta(), timedelta(seconds=1))]

    # What commands are about.

    def _next(self) -> str:
        self.number += 1
        return str(self.number)

    def _who(self) -> Any:
        return self.pick(WHO) if self.pick(range(30)) else self.pick(["nobody", "zoe"])

    def _times(self, at: datetime) -> dict[str, Any]:
        delays = [0] * 8 + [1, 20, 200]
        occurred = at - timedelta(days=self.pick(delays), minutes=-4 if not self.pick(range(9)) else 0)
        return {"at": at, "occurred_at": occurred}

    def _goods(self) -> list[Line]:
        return [self._line() for _ in range(self.pick([1, 1, 2, 3]))]

    def _line(self) -> Line:
        quantity, amount = self.pick(QUANTITIES), self.pick(AMOUNTS)
        price = self.pick([None] * 5 + [amount * 10**9 // quantity, 3 * 10**8])
        discount = self.pick([None] * 4 + [50])
        return Line(self.pick(ITEMS), quantity, amount, discount_minor=discount, unit_price_micro=price)

    def _receipt(self) -> Any:
        receipts = list(self.pair.second.receipts)
        documents = [each.key for each in self.known]
        some = receipts[-6:] or documents
        return self.pick(some) if some and self.pick(range(20)) else self.pick([*documents, ("till", "", "none")])

    def _parts(self, key: Any) -> list[Line]:
        """Some of what was sold; seldom a little more than that."""
        receipt = self.pair.second.receipts.get(key)
        if receipt is None:
            return [Line(self.pick(ITEMS), self.pick(QUANTITIES), 0) for _ in range(2)]
        lines = []
        for line in receipt["lines"]:
            left = line["left"]
            quantity = self.pick([0, left // 2, left, left, left // 3, left + (not self.pick(range(5)))])
            lines += [Line(line["item"], quantity, 0)] if quantity else []
        return lines or [Line(receipt["lines"][0]["item"] if receipt["lines"] else "A", 1, 0)]

    def _withheld(self) -> int:
        most = self.pair.to_withhold
        return self.pick([0, 0, max(most - 1, 0), most, most, 10_000])

    def _key(self, at: datetime) -> dict[str, Any]:
        return {"at": at, "key": f"asked {self._next()}"}

    def _at_the_till(self, at: datetime) -> dict[str, Any]:
        return self._key(at) | {"branch": self.pick(["main"] * 15 + ["north", "nowhere"])}

    def _somebody(self) -> str:
        return self._who() or "ann"

    def _somebody_with_points(self) -> str:
        rich = [member for member, purse in self._points_purses() if purse.available()]
        return self.pick(rich) if rich and self.pick(range(5)) else self._somebody()

    def _points_purses(self) -> list[tuple[str, Any]]:
        second = self.pair.second
        return [(number, second.purse(number)) for number in ("ann", "bob", "cem", "eve")]

    def _unit(self) -> str:
        return self.pick(["points"] * 12 + ["stamps", "credit", "gold"])

    def _points(self, member: str, unit: str) -> int:
        """A share of what there is, and now and then more."""
        second = self.pair.second
        known = member in second.numbers and (second.numbers[member], unit) in second.purses
        there = second.purse(member, unit).available() if known else 10
        return self.pick([max(there // 2, 1), max(there // 3, 1), max(there, 1), max(there, 1), there + 1, 1, 30])

    def _named(self, kind: str) -> str:
        """Mostly one that nothing has answered yet."""
        movements = self.pair.second.movements
        found = [key for key, each in movements.items() if each["kind"] == kind]
        fresh = [key for key in found if not movements[key]["answered"] and self._is_open(movements[key])]
        some = fresh if fresh and self.pick(range(8)) else found
        return self.pick(some[-4:]) if some and self.pick(range(15)) else self.pick([*list(movements)[-3:], "none"])

    def _is_open(self, movement: dict[str, Any]) -> bool:
        holds = [hold["n"] for purse in self.pair.second.purses.values() for hold in purse.holds]
        return "hold" not in movement or movement["hold"]["n"] in holds

    # The commands.

    def _buy(self, at: datetime) -> Command:
        return purchase(self._next(), *self._goods(), member=self._who(), **self._times(at))

    def _back(self, at: datetime) -> Command:
        key = self._receipt()
        fields = self._times(at) | {"receipt": key, "member": self._who(), "withheld_minor": self._withheld()}
        return goods_back(self._next(), *self._parts(key), **fields)

    def _early(self, at: datetime) -> Command:
        """A return whose receipt is the next document but one, or another to come."""
        number = self._next()
        fields = self._times(at) | {"receipt": ("till", "", str(self.number + self.pick([1, 2, 3, 5])))}
        return goods_back(number, *self._parts(None), member=self._who(), **fields)

    def _unnamed(self, at: datetime) -> Command:
        fields = self._times(at) | {"member": self._who(), "withheld_minor": self._withheld()}
        return goods_back(self._next(), *self._parts(self._receipt()), **fields)

    def _exchange(self, at: datetime) -> Command:
        key = self._receipt()
        fields = self._times(at) | {"receipt": self.pick([key, key, None]), "withheld_minor": self._withheld()}
        sold = self._goods() if self.pick(range(6)) else []
        made = exchange(self._next(), *sold, returned=tuple(self._parts(key)), member=self._who(), **fields)
        return made if sold else replace(made, lines=())

    def _void(self, at: datetime) -> Command:
        fields = self._annulment(at, self._receipt())
        return VoidReceipt(**fields, withheld_minor=self._withheld())

    def _cancel_return(self, at: datetime) -> Command:
        returns = list(self.pair.second.returns)[-5:]
        return CancelReturn(**self._annulment(at, self.pick(returns) if returns else self._receipt()))

    def _annulment(self, at: datetime, annulled: Any) -> dict[str, Any]:
        place = {"source": "till", "branch": "main", "currency": "GBP", "member": None}
        return {"at": at, "occurred_at": at, "number": self._next(), "annulled": annulled, **place}

    def _redeem(self, at: datetime) -> Command:
        member, unit = self._somebody_with_points(), self._unit()
        return Redeem(**self._at_the_till(at), member=member, unit=unit, points=self._points(member, unit))

    def _cancel_redemption(self, at: datetime) -> Command:
        return CancelRedemption(**self._at_the_till(at), redemption=self._named("redemption"))  # type: ignore[arg-type]

    def _hold(self, at: datetime) -> Command:
        member, unit = self._somebody_with_points(), self._unit()
        points, minutes = self._points(member, unit), self.pick([None, None, 1440, 1440, 5, 1, 9000])
        return PlaceHold(**self._at_the_till(at), member=member, unit=unit, points=points, minutes=minutes)

    def _capture(self, at: datetime) -> Command:
        hold = self._named("hold")
        draws = self.pair.second.movements.get(hold, {}).get("hold", {"draws": []})["draws"]
        held = sum(points for _, points in draws)
        points = self.pick([None, None, max(held // 2, 1), 1, held + 1])
        return CaptureHold(**self._at_the_till(at), hold=hold, points=points)  # type: ignore[arg-type]

    def _release(self, at: datetime) -> Command:
        return ReleaseHold(**self._at_the_till(at), hold=self._named("hold"))  # type: ignore[arg-type]

    def _adjust(self, at: datetime) -> Command:
        member, unit = self._somebody(), self._unit()
        points = self.pick([5, 40, 300, -self._points(member, unit), -1, 0])
        said = {"reason": self.pick(["goodwill"] * 9 + [" "]), "note": "It rained.", "branch": self.pick(["", "main"])}
        until = self.pick([None, None, None, self._day(at)])
        return Adjust(**self._key(at), member=member, unit=unit, points=points, expires_on=until, **said)

    def _day(self, at: datetime) -> date:
        return (at + timedelta(days=self.pick([-1, 0, 1, 60]))).date()

    def _opening(self, at: datetime) -> Command:
        lots = [OpeningLot(self.pick([10, 75]), self.pick([None, self._day(at)])) for _ in range(self.pick([1, 2, 3]))]
        fields = {"member": self._somebody(), "unit": self._unit(), "qualifying": self.pick([0, 0, 40])}
        return OpenBalance(**self._key(at), lots=tuple(lots), **fields)

    def _transfer(self, at: datetime) -> Command:
        member, unit = self._somebody_with_points(), self._unit()
        points = self._points(member, unit)
        to = self.pick([each for each in ("ann", "bob", "cem") if each != member] * 3 + [self._somebody()])
        return Transfer(**self._key(at), member=member, to=to, unit=unit, points=self.pick([points, 2, 20]))

    def _merge(self, at: datetime) -> Command:
        return MergeMembers(**self._key(at), member=self._somebody(), into=self._somebody())

    def _undo(self, at: datetime) -> Command:
        return UndoMerge(**self._key(at), merge=self._named("merge"))  # type: ignore[arg-type]

    def _close(self, at: datetime) -> Command:
        return CloseMember(**self._key(at), member=self.pick(["cem", "bob", "eve", "zoe"]))

    def _activate(self, at: datetime) -> Command:
        return ActivateReceipt(**self._key(at), receipt=self._receipt())

    def _claim(self, at: datetime) -> Command:
        nobodys = [key for key, each in self.pair.second.receipts.items() if each["owner"] is None]
        key = self.pick(nobodys) if nobodys and self.pick(range(6)) else self._receipt()
        return ClaimReceipt(**self._key(at), receipt=key, member=self._somebody())

    def _move(self, at: datetime) -> Command:
        return MoveReceipt(**self._key(at), receipt=self._receipt(), to=self._somebody())

    def _settle(self, at: datetime) -> Command:
        return Settle(at=at)

    def _review(self, at: datetime) -> Command:
        wallets = self.pair.shop.snapshot.wallets.values()
        return ReviewTiers(at=at, wallets=tuple(wallet.id for wallet in wallets if wallet.unit == "points"))

    def _again(self, at: datetime) -> Command:
        """The same once more; a return of a named receipt perhaps by somebody else, who is no part of it."""
        made = [*self.known[-8:], *(each for each in self.asked[-8:] if hasattr(each, "key"))]
        if not made:
            return self._buy(at)
        again = replace(self.pick(made), at=at)
        if isinstance(again, RecordReturn) and again.receipt:
            return replace(again, member=self.pick([again.member, "ann"]))
        return again

    def _mangled(self, at: datetime) -> Command:
        """Something is wrong with it: the same number or key for other content, or what it names is not there."""
        made = self.known + [each for each in self.asked if hasattr(each, "points")]
        command = replace(self.pick(made), at=at) if made else self._buy(at)
        if not isinstance(command, DocumentCommand):
            return replace(command, points=self.pick([0, -3, 1]))
        faults = [{"currency": "EUR"}, {"branch": "nowhere"}, {"lines": ()}, {"occurred_at": at + timedelta(hours=1)}]
        faults += [{"lines": (Line("A", 0, 5),)}, {"lines": (Line("A", 1, -5),)}, {"member": "nobody"}]
        number = self.pick([command.number, self._next()])
        return replace(command, number=number, **self.pick(faults))
