"""A machine that buys, returns, spends and waits, against a tiny second ledger: after each step both say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.core.programmes import Json
from tests.core.world import World, goods_back, photograph, purchase
from tests.properties.goods import START, back_lines, delays, parts_of, pauses, sold_lines
from tests.properties.programmes import programme_bodies
from tests.properties.second import SecondLedger
from wafa.core.commands import DocumentCommand, ExpireLots, Line
from wafa.core.outcomes import Accepted, Duplicate, Outcome, Refused
from wafa.core.programme import Programme

MEMBERS = ("ann", "bob")
members = st.sampled_from([*MEMBERS, None])


class Shop(RuleBasedStateMachine):
    """The core's world on one side, the second ledger on the other."""

    @initialize(body=programme_bodies())
    def open(self, body: Json) -> None:
        self.world, self.second = World(Programme.read(body)), SecondLedger(body)
        self.now, self.counted = START, list[DocumentCommand]()

    def post(self, command: DocumentCommand) -> Outcome:
        [outcome] = self.world.post(command)
        if isinstance(outcome, Accepted):
            self.counted.append(command)
        return outcome

    def times(self, delay: timedelta) -> dict[str, Any]:
        return {"at": self.now, "occurred_at": self.now - delay}

    @property
    def today(self) -> Any:
        return self.world.snapshot.day(self.now)

    @property
    def number(self) -> str:
        return str(len(self.counted))

    @rule(pause=pauses)
    def wait(self, pause: timedelta) -> None:
        self.now += pause

    @rule(member=members, delay=delays, lines=sold_lines)
    def buy(self, member: str | None, delay: timedelta, lines: list[Line]) -> None:
        occurred, number = self.now - delay, self.number
        assert isinstance(self.post(purchase(number, *lines, member=member, **self.times(delay))), Accepted)
        day = self.world.snapshot.day(occurred)
        self.second.buy(number, member, day, occurred, self.today, plain(lines))

    @rule(member=members, delay=delays, lines=back_lines)
    def bring_back(self, member: str | None, delay: timedelta, lines: list[Line]) -> None:
        command = goods_back(self.number, *lines, member=member, **self.times(delay))
        assert isinstance(self.post(command), Accepted)
        self.second.back(member, None, command.occurred_at, self.today, plain(lines))

    @precondition(lambda self: self.second.receipts)
    @rule(member=members, data=st.data())
    def bring_back_with_the_receipt(self, member: str | None, data: st.DataObject) -> None:
        named = data.draw(st.sampled_from(sorted(self.second.receipts)))
        lines = data.draw(parts_of(tuple(self.sold(named))))
        command = goods_back(self.number, *lines, member=member, receipt=("till", "", named), **self.times(timedelta()))
        before = photograph(self.world.snapshot)
        outcome = self.post(command)
        went = self.second.back(member, named, command.occurred_at, self.today, plain(lines))
        assert isinstance(outcome, Accepted if went else Refused)
        assert went or photograph(self.world.snapshot) == before

    @rule()
    def expire(self) -> None:
        self.world.post(ExpireLots(at=self.now))
        for member in MEMBERS:
            self.second.expire(member, self.today)

    @rule(member=st.sampled_from(MEMBERS), share=st.sampled_from([1, 2, 3]))
    def spend(self, member: str, share: int) -> None:
        self.expire()
        points = self.second.available(member) // share
        self.world.spend(member, points, self.now)
        self.second.spend(member, points)

    @precondition(lambda self: self.counted)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        before = photograph(self.world.snapshot)
        assert isinstance(self.post(replace(data.draw(st.sampled_from(self.counted)), at=self.now)), Duplicate)
        assert photograph(self.world.snapshot) == before

    def sold(self, number: str) -> list[Line]:
        return [Line(each["item"], each["milli"], 0) for each in self.second.receipts[number]["lines"]]

    @invariant()
    def both_say_the_same(self) -> None:
        if not hasattr(self, "second"):
            return
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


def plain(lines: list[Line]) -> list[tuple[str, int, int]]:
    """Lines as the second ledger takes them."""
    return [(line.item, line.quantity_milli, line.amount_minor) for line in lines]


TestShop = Shop.TestCase
