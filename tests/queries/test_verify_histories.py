"""Whatever happens at the tills, in whichever order, by whichever programme: the books verify clean."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.queries.books import programme
from tests.world import NOON, OPENING, World, line
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
    RecordExchange,
    Redeem,
    ReleaseHold,
    ReviewTiers,
    Settle,
    Transfer,
    UndoMerge,
    VoidReceipt,
)
from wafa.core.outcomes import Accepted, Posted
from wafa.operations.publish_programme import publish_programme
from wafa.store.models import Wallet

MEMBERS = ("amal", "bilal", "chadi", "dana", "zayd")
ITEMS = ("TEA", "CUP", "SALE", "POST")
SEEDS = range(int(os.environ.get("WAFA_HISTORIES", "6")))

KINDS = (
    ["buy"] * 14
    + ["redeem", "back", "named_back", "hold", "capture"] * 4
    + ["cancel_redemption", "cancel_return", "transfer", "exchange", "undo", "review"] * 3
    + ["release", "activate", "claim", "move", "void", "early_back", "merge", "adjust", "settle"] * 2
    + ["opening", "stamps"]
)
EXPIRIES: list[dict[str, Any]] = [
    {"kind": "months", "months": 2},
    {"kind": "days", "days": 20},
    {"kind": "inactivity", "months": 1},
    {"kind": "end_of", "period": "month", "months": 1, "calendar": "hijri"},
    {"kind": "never"},
]


def any_programme(chance: random.Random) -> dict[str, Any]:
    """With every kind of rule, and one of each policy."""
    windows: list[dict[str, Any]] = [
        {"kind": "lifetime"},
        {"kind": "calendar_year", "calendar": "jalali"},
        {"kind": "rolling_months", "months": 2},
    ]
    return programme(
        expiry=chance.choice(EXPIRIES),
        own_expiry=chance.choice(EXPIRIES),
        available=chance.choice([{"kind": "at_once"}, {"kind": "after_days", "days": 10}, {"kind": "on_event"}]),
        qualification={
            "measure": chance.choice(["points", "spend", "visits"]),
            "window": chance.choice(windows),
            "grace_days": chance.choice([0, 20]),
            "soft_landing": chance.random() < 0.5,
        },
        debt=chance.choice(["debt", "debt", "forgive", "refuse"]),
        restored=chance.choice([{"kind": "expire"}, {"kind": "grace", "days": 10}]),
    )


class Till:
    """Makes commands of what it knows, some of them wrong."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world = World(any_programme(self.chance), MEMBERS)
        self.world.stand_at(OPENING + timedelta(days=3))
        self.sold: list[DocumentCommand] = []
        self.returned: list[DocumentCommand] = []
        self.early: list[str] = []
        self.ids: dict[type[Command], list[Any]] = {}

    def batch(self) -> None:
        """Some commands at once, of one instant."""
        pause = self.chance.choice([timedelta()] * 6 + [timedelta(minutes=20), timedelta(days=3), timedelta(days=25)])
        self.world.stand_at(self.world.now + pause)
        makers: list[Callable[[], Command]] = [
            getattr(self, self.chance.choice(KINDS)) for _ in range(self.chance.choice([1, 1, 1, 2, 5]))
        ]
        commands = [make() for make in makers]
        for command, outcome in zip(commands, self.world.post(*commands), strict=True):
            if isinstance(outcome, Posted):
                self.ids.setdefault(type(command), []).append(outcome.slip.id)
            elif isinstance(outcome, Accepted) and isinstance(command, DocumentCommand):
                (self.sold if outcome.document.receipt else self.returned).append(command)

    def member(self) -> str:
        return self.chance.choice(MEMBERS[:3] + MEMBERS)

    def lines(self, most: int = 3) -> list[Line]:
        return [
            line(
                self.chance.choice(ITEMS),
                self.chance.choice([1, 20, 75, 120, 300]),
                self.chance.choice([1, 1, 2, 3]),
                discount_minor=self.chance.choice([None, None, None, 50]),
            )
            for _ in range(self.chance.randint(1, most))
        ]

    def a_receipt(self) -> DocumentCommand:
        return self.chance.choice(self.sold[-12:]) if self.sold else self.world.purchase()

    def an_id(self, *kinds: type[Command]) -> Any:
        known = [id for kind in kinds for id in self.ids.get(kind, [])[-3:]]
        return self.chance.choice(known) if known else self.world.id

    # --- documents -------------------------------------------------------------------------------------------------

    def buy(self) -> Command:
        member = None if self.chance.random() < 0.15 else self.member()
        happened = self.world.now - self.chance.choice([timedelta()] * 4 + [timedelta(days=2), timedelta(days=40)])
        number = {"number": self.early.pop(0)} if self.early and self.chance.random() < 0.5 else {}
        return self.world.purchase(*self.lines(), member=member, occurred_at=happened, **number)

    def back(self) -> Command:
        return self.world.coming_back(*self.lines(2), member=self.member(), **self._withheld())

    def named_back(self) -> Command:
        receipt = self.a_receipt()
        sold = self.chance.choice(receipt.lines)
        pieces = self.chance.choice([1000, sold.quantity_milli])
        return self.world.coming_back(Line(sold.item, pieces, 100), of=receipt, member=None, **self._withheld())

    def _withheld(self) -> dict[str, int]:
        return {"withheld_minor": self.chance.choice([0, 10_000_000])}

    def early_number(self) -> str:
        number = f"E{self.chance.randrange(10**9)}"
        self.early.append(number)
        return number

    def early_back(self) -> Command:
        return self.world.coming_back(line("TEA", 0), of=self.early_number(), member=None)

    def exchange(self) -> Command:
        receipt = self.a_receipt() if self.chance.random() < 0.6 else None
        sold = self.chance.choice(receipt.lines) if receipt else self.lines(1)[0]
        told = self.world.purchase(*self.lines(2), member=self.chance.choice([self.member(), None]))
        said = {name: getattr(told, name) for name in ("at", "occurred_at", "source", "number", "member", "branch")}
        return RecordExchange(
            **said,
            currency="SAR",
            lines=told.lines,
            returned=(Line(sold.item, 1000, 100),),
            receipt=receipt.key if receipt else None,
            **self._withheld(),
        )

    def void(self) -> Command:
        return self.world.annul(VoidReceipt, self.a_receipt(), **self._withheld())

    def cancel_return(self) -> Command:
        known = self.returned + [each for each in self.sold if isinstance(each, RecordExchange)]
        return self.world.annul(CancelReturn, self.chance.choice(known[-12:]) if known else self.a_receipt())

    # --- requests --------------------------------------------------------------------------------------------------

    def redeem(self) -> Command:
        return self.world.ask(Redeem, member=self.member(), points=self.chance.choice([1, 30, 100, 250]))

    def cancel_redemption(self) -> Command:
        return self.world.ask(CancelRedemption, redemption=self.an_id(Redeem, CaptureHold))

    def hold(self) -> Command:
        return self.world.ask(PlaceHold, member=self.member(), points=self.chance.choice([10, 60]), minutes=60)

    def capture(self) -> Command:
        return self.world.ask(CaptureHold, hold=self.an_id(PlaceHold), points=self.chance.choice([None, 5, 10]))

    def release(self) -> Command:
        return self.world.ask(ReleaseHold, hold=self.an_id(PlaceHold))

    def adjust(self) -> Command:
        last_day = self.chance.choice([None, date(2011, 3, 1), date(2012, 1, 1)])
        return self.world.ask(Adjust, member=self.member(), points=self.chance.choice([50, -20]), expires_on=last_day)

    def stamps(self) -> Command:
        return self.world.ask(Adjust, member=self.member(), points=3, unit="stamps")

    def opening(self) -> Command:
        lots = (OpeningLot(40, date(2011, 2, 1)), OpeningLot(70))
        return self.world.ask(OpenBalance, member=self.member(), lots=lots, qualifying=self.chance.choice([0, 400]))

    def transfer(self) -> Command:
        to = self.member()
        return self.world.ask(Transfer, member=self.member(), to=to, points=self.chance.choice([5, 40]))

    def merge(self) -> Command:
        return self.world.ask(MergeMembers, member=self.member(), into=self.member())

    def undo(self) -> Command:
        return self.world.ask(UndoMerge, merge=self.an_id(MergeMembers))

    def activate(self) -> Command:
        return self.world.ask(ActivateReceipt, receipt=self.a_receipt().key)

    def claim(self) -> Command:
        return self.world.ask(ClaimReceipt, receipt=self.a_receipt().key, member=self.member())

    def move(self) -> Command:
        return self.world.ask(MoveReceipt, receipt=self.a_receipt().key, to=self.member())

    def settle(self) -> Command:
        return Settle(at=self.world.now)

    def review(self) -> Command:
        ids = Wallet.objects.of(self.world.id).filter(unit="points").values_list("id", flat=True)
        return ReviewTiers(at=self.world.now, wallets=tuple(ids))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_history_verifies_clean(seed: int) -> None:
    till = Till(seed)
    for step in range(70):
        till.batch()
        if step == 40:
            later = any_programme(till.chance)
            publish_programme(till.world.merchant, later, till.world.now + timedelta(minutes=10))
            till.world.stand_at(till.world.now + timedelta(minutes=11))
        if step % 10 == 9:
            assert [str(each) for each in till.world.differences()] == [], f"step {step}"
    assert till.world.now > NOON - timedelta(days=365)


def test_an_exchange_whose_returned_part_is_cancelled() -> None:
    """What came back had matched nothing, so nobody's wallet is touched."""
    till = Till(0)
    exchange = till.exchange()
    assert isinstance(exchange, RecordExchange)
    exchange = replace(exchange, receipt=None, member="amal")
    assert isinstance(till.world.post(exchange)[0], Accepted)
    cancelled = till.world.post(till.world.annul(CancelReturn, exchange))[0]
    assert isinstance(cancelled, Accepted)
    assert cancelled.entries == ()
    assert till.world.differences() == []


def test_a_member_who_left() -> None:
    till = Till(0)
    for member in MEMBERS:
        till.world.buy(line("TEA", 120), member=member)
        till.world.do(CloseMember, member=member)
    assert till.world.differences() == []
