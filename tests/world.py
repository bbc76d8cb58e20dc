"""A merchant with the demo's programme, and short words for what happens at its tills, all through the operations."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import wafa.jobs
from tests.db import query
from wafa.core.commands import (
    Adjust,
    Annulment,
    Command,
    DocumentCommand,
    Line,
    RecordPurchase,
    RecordReturn,
    Redeem,
    Settle,
)
from wafa.core.ledger.wallet import POINTS
from wafa.core.outcomes import Outcome, Posted
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.open_branches import open_branches
from wafa.operations.post import post
from wafa.operations.publish_programme import publish_programme
from wafa.operations.record_purchases import record_purchases
from wafa.operations.record_returns import record_returns
from wafa.operations.redeem import redeem
from wafa.operations.set_clock import set_clock
from wafa.queries.verify import Difference, verify
from wafa.store.actor import Actor
from wafa.store.ids import new_id
from wafa.store.models import Entry, Lot, Member, Merchant, Wallet
from wafa.store.scope import MerchantOwned

DEMO = json.loads((Path(wafa.jobs.__file__).parent / "demo" / "programme.json").read_text("utf-8"))
TILL = Actor("till", "till 1")
OPENING = datetime(2011, 1, 1, tzinfo=UTC)
NOON = datetime(2011, 6, 1, 12, tzinfo=UTC)
# Simple figures: a point for each riyal, nothing else, for ever.
PLAIN = {"tiers": [DEMO["tiers"][0]], "expiry": {"kind": "never"}, "rules": [DEMO["rules"][0]]}
HALF_A_YEAR = PLAIN | {"expiry": {"kind": "months", "months": 6}}
# With all that a programme may have besides.
GENEROUS = HALF_A_YEAR | {
    "units": [
        {"code": "stamps", "kind": "stamps", "card": 10, "expiry": {"kind": "never"}, "name": {"en": "Stamps"}},
        {"code": "credit", "kind": "money", "expiry": {"kind": "never"}, "name": {"en": "Store credit"}},
    ],
    "redemption": {"worth": {"points": 10, "minor": 100}},
    "transfers": {},
}

_numbers = itertools.count(1)


def line(item: str = "TEA", riyals: int = 100, pieces: int = 1, **more: Any) -> Line:
    """So many pieces of an item, and what they cost together."""
    return Line(item, pieces * 1000, riyals * 100, **more)


def purchase(*lines: Line, **facts: Any) -> RecordPurchase:
    """A purchase: by Amal at the first branch, under the next number, unless the test says otherwise."""
    return RecordPurchase(**_facts(lines, facts))


def coming_back(*lines: Line, of: Any = None, **facts: Any) -> RecordReturn:
    """A return; `of` names the receipt: the purchase itself, its number, or its whole key."""
    receipt = of.key if isinstance(of, DocumentCommand) else ("till", "", of) if isinstance(of, str) else of
    return RecordReturn(**_facts(lines, facts), receipt=receipt)


def _facts(lines: Sequence[Line], facts: dict[str, Any]) -> dict[str, Any]:
    at = facts.pop("at", NOON)
    usual = {"at": at, "occurred_at": at, "source": "till", "number": f"N{next(_numbers)}", "member": "amal"}
    usual |= {"branch": "olaya", "currency": "SAR"}
    return usual | {"lines": lines or (line(),)} | facts


class World:
    """One merchant in Riyadh: branches, members, a clock that the test moves."""

    def __init__(self, programme: dict[str, Any] = DEMO, members: Iterable[str] = ("amal",)) -> None:
        self.merchant = Merchant.objects.create(
            code=f"{new_id()}", name_en="Shop", currency="SAR", time_zone="Asia/Riyadh", clock_at=NOON
        )
        self.version = publish_programme(self.merchant, programme, OPENING)
        self.now = NOON
        self.open("olaya", "airport")
        self.enrol(*members)

    @property
    def id(self) -> UUID:
        """The merchant's."""
        return self.merchant.id

    def open(self, *codes: str) -> None:
        """Open branches."""
        open_branches(self.id, {code: code.title() for code in codes})

    def enrol(self, *numbers: str) -> int:
        """Let members join."""
        return enrol(self.id, [NewMember(number, OPENING, name=number.title()) for number in numbers])

    def stand_at(self, instant: datetime) -> None:
        """Set the merchant's clock, and what the till goes by."""
        set_clock(self.merchant, instant)
        self.now = instant

    # --- what happens ----------------------------------------------------------------------------------------------

    def purchase(self, *lines: Line, **facts: Any) -> RecordPurchase:
        """A purchase, now."""
        return purchase(*lines, **{"at": self.now} | facts)

    def coming_back(self, *lines: Line, **facts: Any) -> RecordReturn:
        """A return, now."""
        return coming_back(*lines, **{"at": self.now} | facts)

    def buy(self, *lines: Line, **facts: Any) -> Outcome:
        """Record one purchase."""
        return record_purchases(self.id, [self.purchase(*lines, **facts)], TILL)[0]

    def bring_back(self, *lines: Line, **facts: Any) -> Outcome:
        """Record one return."""
        return record_returns(self.id, [self.coming_back(*lines, **facts)], TILL)[0]

    def post(self, *commands: Command) -> list[Outcome]:
        """Post a batch."""
        return post(self.id, commands, TILL)

    def ask(self, kind: type[Command], **fields: Any) -> Any:
        """A request of a kind, now: by Amal at the first branch, under the next key, unless the test says otherwise."""
        names = {field.name for field in dataclasses.fields(kind)}
        usual = {"at": self.now, "key": f"K{next(_numbers)}", "member": "amal", "branch": "olaya"}
        if kind is Adjust:
            usual |= {"branch": "", "reason": "goodwill", "note": "They had to wait."}
        return kind(**{name: value for name, value in usual.items() if name in names} | fields)

    def annul(self, kind: type[Annulment], annulled: DocumentCommand, **fields: Any) -> Any:
        """A document that takes another one back, now."""
        usual = {"at": self.now, "occurred_at": self.now, "source": "till", "number": f"N{next(_numbers)}"}
        return kind(**usual | {"branch": "olaya", "currency": "SAR", "annulled": annulled.key} | fields)

    def do(self, kind: type[Command], **fields: Any) -> Outcome:
        """Ask for something, and have it carried out."""
        return self.post(self.ask(kind, **fields))[0]

    def expire(self, at: datetime | None = None) -> Outcome:
        """Let happen what is due."""
        return self.post(Settle(at=at or self.now))[0]

    def spend(self, points: int, *, number: str = "", member: str = "amal") -> Posted:
        """Redeem points; with a receipt's `number`, they must all come from its lots."""
        outcome = redeem(self.id, [self.ask(Redeem, member=member, points=points)], TILL)[0]
        assert isinstance(outcome, Posted), outcome
        drawn = {lot["number"] for lot in outcome.slip.explanation["lots"]}
        assert not number or drawn == {number}, f"the points came from {drawn}"
        return outcome

    # --- what is ---------------------------------------------------------------------------------------------------

    def wallet(self, member: str = "amal", unit: str = POINTS) -> Wallet:
        """A member's wallet as its row stands."""
        return Wallet.objects.of(self.id).get(member__number=member, unit=unit)

    def member(self, number: str = "amal") -> Member:
        """A member's row."""
        return Member.objects.of(self.id).get(number=number)

    def holds(self, member: str = "amal", unit: str = POINTS) -> int:
        """Available less owed."""
        wallet = self.wallet(member, unit)
        return wallet.available - wallet.debt

    def rest(self, number: str) -> int:
        """What remains of a receipt's lot."""
        return sum(Lot.objects.of(self.id).filter(document__number=number).values_list("remaining", flat=True))

    def entries(self, member: str = "amal") -> list[Entry]:
        """A member's entries, in order."""
        return list(Entry.objects.of(self.id).filter(wallet_id=self.wallet(member).id).order_by("sequence"))

    def differences(self) -> list[Difference]:
        """All that verify finds."""
        return [difference for check in verify(self.merchant) for difference in check.differences]

    def rows(self) -> dict[str, set[str]]:
        """Every row that the merchant owns, by table, as text."""
        return {
            table: {row[0] for row in query(f"SELECT t::text FROM {table} t WHERE merchant_id = %s", self.id)}
            for table in owned_tables()
        }


def owned_tables() -> list[str]:
    """The tables whose rows belong to a merchant."""
    return sorted(model._meta.db_table for model in MerchantOwned.__subclasses__())
