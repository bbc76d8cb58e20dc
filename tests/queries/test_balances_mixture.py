"""Whatever has happened: what is told of an instant is what the law leaves there, and stays so for ever."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.db import rolled_back
from tests.operations.histories import PROGRAMMES, History
from tests.operations.test_batch_boundaries import Shop
from wafa.core.commands import Settle
from wafa.queries.balances import Balance, balances
from wafa.queries.lots import outstanding_lots
from wafa.queries.members import survivor_of
from wafa.queries.rollforward import rollforward
from wafa.queries.statement import statement
from wafa.store.models import Member, Wallet

SIZE = 40
UNITS = ("points", "stamps")
Told = dict[str, list[Balance]]
WITHIN = timedelta(minutes=20)
"""How long after a step one looks once more: longer than most holds last."""


def adds_up(balance: Balance) -> bool:
    """What came less what went is what is there."""
    came = balance.accrued + balance.brought + balance.adjusted + balance.transferred
    came += balance.forgiven + balance.withheld
    gone = balance.clawed_back + balance.redeemed + balance.expired + balance.charged + balance.forfeited
    return came - gone == balance.available + balance.pending + balance.held - balance.debt


def told_of(shop: Shop, at: datetime) -> Told:
    """All balances."""
    return {unit: list(balances(shop.merchant, at, unit)) for unit in UNITS}


def instants(history: History) -> Iterator[tuple[datetime, datetime]]:
    """Of each step that ends an instant: its place in time, and one later, before the next step."""
    for step, following in pairwise([*history.said, None]):
        assert step is not None
        at = step.command.at
        until = following.command.at if following else at + timedelta(days=40)
        yield at, max(at, min(at + WITHIN, until - timedelta(seconds=1)))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_balances_lots_statements_and_the_rollforward_agree(name: str) -> None:
    shop, history = Shop(name), History(5, SIZE)
    remembered: dict[datetime, Told] = {}
    for step, (at, later) in zip(history.said, instants(history), strict=True):
        shop.take([step])
        for look in {at, later}:
            remembered[look] = told_of(shop, look)  # of several looks at one instant the last one counts
    at = history.now + timedelta(days=40)
    _as_the_law_leaves_it(shop, at, told_of(shop, at))

    for at, told in remembered.items():
        assert told_of(shop, at) == told, at
        assert all(adds_up(balance) for rows in told.values() for balance in rows)
    _ties(shop)
    _statements_lead_to_where_entries_say(shop, history.now)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_at_every_step_it_is_what_settling_would_leave(name: str) -> None:
    shop, history = Shop(name), History(11, SIZE)
    for step, (_, later) in zip(history.said, instants(history), strict=True):
        shop.take([step])
        _as_the_law_leaves_it(shop, later, told_of(shop, later))


def _as_the_law_leaves_it(shop: Shop, at: datetime, told: Told) -> None:
    """Settle everything, look at the wallets, and take it back."""
    held = {
        (member.number, unit): outstanding_lots(shop.merchant, member, at, unit)
        for member in Member.objects.of(shop.id)
        for unit in told
    }
    with rolled_back():
        shop.post(Settle(at=at))
        for unit, rows in told.items():
            by_number = {balance.member: balance for balance in rows}
            for wallet in Wallet.objects.of(shop.id).filter(unit=unit).select_related("member"):
                if wallet.status == "absorbed":
                    assert wallet.member.number not in by_number
                    continue
                balance = by_number.pop(wallet.member.number)
                figures = (balance.available, balance.pending, balance.held, balance.debt)
                assert figures == (wallet.available, wallet.pending, wallet.held, wallet.debt), (at, balance.member)
                assert (balance.qualifying, balance.tier) == (wallet.qualifying, wallet.tier)
                holding = held[wallet.member.number, unit]
                lots = [(lot.available, lot.pending, lot.held) for lot in holding.lots]
                sums = tuple(sum(figures) for figures in zip(*lots, strict=True)) or (0, 0, 0)
                assert (*sums, holding.debt) == figures
            assert not by_number


def _ties(shop: Shop) -> None:
    for unit in UNITS:
        told = rollforward(shop.merchant, unit=unit)
        assert told.gaps == []
        wallets = Wallet.objects.of(shop.id).filter(unit=unit)
        held = sum(wallet.available + wallet.pending + wallet.held - wallet.debt for wallet in wallets)
        assert told.held_by_wallets == held
        latest = max((row.month for row in told.rows), default=None)
        assert sum(row.closing for row in told.rows if row.month == latest) == held
        for row in told.rows:
            assert row.opening + sum(row.movements.values()) == row.closing
            assert sum(row.redeemed_at.values()) == row.movements["redeemed"]


def _statements_lead_to_where_entries_say(shop: Shop, at: datetime) -> None:
    for number in Member.objects.of(shop.id).values_list("number", flat=True):
        member = survivor_of(shop.merchant, number, at)
        assert member is not None
        for unit in UNITS:
            running: defaultdict[str, int] = defaultdict(int)
            lines = list(statement(shop.merchant, member, at, unit))
            for line in reversed(lines):
                entry = line.entry
                running[line.card] += entry.points
                after = entry.available_after + entry.pending_after + entry.held_after - entry.debt_after
                assert running[line.card] == after
            posted = [line.entry.posted_at for line in lines]
            assert posted == sorted(posted, reverse=True)
            wallet = Wallet.objects.of(shop.id).get(member=member, unit=unit)
            assert running[member.number] == wallet.available + wallet.pending + wallet.held - wallet.debt
