"""The core's world and the second ledger side by side: both take the same steps, then must say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.core.programmes import Json
from tests.core.world import World, goods_back, photograph, purchase
from tests.properties.goods import START
from tests.properties.second import SecondLedger
from wafa.core.commands import DocumentCommand, ExpireLots, Line
from wafa.core.outcomes import Accepted, Duplicate, Outcome, Refused
from wafa.core.programme import Programme

MEMBERS = ("ann", "bob")


class Pair:
    """A shop that is kept twice. Each step ends with a look at whether both books agree on its outcome."""

    def __init__(self, body: Json) -> None:
        self.world, self.second = World(Programme.read(body)), SecondLedger(body)
        self.now = START
        self.counted: list[DocumentCommand] = []

    @property
    def today(self) -> date:
        return self.world.snapshot.day(self.now)

    @property
    def receipts(self) -> list[str]:
        """The numbers of what was sold."""
        return list(self.second.receipts)

    def sold(self, receipt: str) -> tuple[Line, ...]:
        """What a receipt was about."""
        return tuple(Line(each["item"], each["milli"], 0) for each in self.second.receipts[receipt]["lines"])

    def last_days(self) -> list[date]:
        """The last days of the lots that hold something, in order."""
        lots = [lot for member in MEMBERS for lot in self.second.member(member)["lots"] if lot["left"]]
        return sorted({lot["until"] for lot in lots} - {date.max})

    def wait_until(self, day: date) -> None:
        """Nine o'clock on that day, unless it has passed."""
        self.now = max(self.now, datetime.combine(day, time(9), UTC))

    def buy(self, member: str | None, delay: timedelta, lines: Sequence[Line]) -> None:
        command = purchase(self._number, *lines, member=member, **self._times(delay))
        assert isinstance(self._post(command), Accepted)
        day = self.world.snapshot.day(command.occurred_at)
        self.second.buy(command.number, member, day, command.occurred_at, self.today, plain(lines))

    def bring_back(self, member: str | None, delay: timedelta, lines: Sequence[Line], receipt: str | None) -> None:
        """With the receipt's number or without; with it, both refuse it or neither."""
        key = ("till", "", receipt) if receipt else None
        command = goods_back(self._number, *lines, member=member, receipt=key, **self._times(delay))
        before = photograph(self.world.snapshot)
        outcome = self._post(command)
        went = self.second.back(member, receipt, command.occurred_at, self.today, plain(lines))
        assert isinstance(outcome, Accepted if went else Refused)
        assert went or photograph(self.world.snapshot) == before

    def expire(self) -> None:
        self.world.post(ExpireLots(at=self.now))
        for member in MEMBERS:
            self.second.expire(member, self.today)

    def spend(self, member: str, share: int) -> None:
        """All that the member has, or a part of it."""
        self.expire()
        points = self.second.available(member) // share
        self.world.spend(member, points, self.now)
        self.second.spend(member, points)

    def send_again(self, command: DocumentCommand) -> None:
        before = photograph(self.world.snapshot)
        assert isinstance(self._post(replace(command, at=self.now)), Duplicate)
        assert photograph(self.world.snapshot) == before

    def check(self) -> None:
        """Both books, figure by figure."""
        for member in MEMBERS:
            wallet, second = self.world.wallet(member), self.second
            assert wallet.available == second.available(member)
            assert wallet.debt == second.member(member)["debt"]
            assert wallet.qualifying == second.qualifying(member)
            assert wallet.eligible_purchases == second.purchases(member)
            assert (wallet.tier or "bronze") == second.tier(member)
            for receipt in wallet.receipts:
                other = second.receipts[receipt.number]
                assert {award.rule: award.held_points for award in receipt.awards} == second.holds(other)
                assert [line.left_milli for line in receipt.lines] == [line["left"] for line in other["lines"]]
            for lot in wallet.lots:
                other = second.receipts[lot.number]["lot"]
                assert (lot.remaining, lot.expired, lot.answered) == (other["left"], other["gone"], other["answered"])

    @property
    def _number(self) -> str:
        return str(len(self.counted))

    def _times(self, delay: timedelta) -> dict[str, Any]:
        return {"at": self.now, "occurred_at": self.now - delay}

    def _post(self, command: DocumentCommand) -> Outcome:
        [outcome] = self.world.post(command)
        if isinstance(outcome, Accepted):
            self.counted.append(command)
        return outcome


def plain(lines: Sequence[Line]) -> list[tuple[str, int, int]]:
    """Lines as the second ledger takes them."""
    return [(line.item, line.quantity_milli, line.amount_minor) for line in lines]
