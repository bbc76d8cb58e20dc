"""The watchdog barks: each law that is looked at after every command is found broken where it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.core import laws
from tests.core.programmes import programme
from tests.core.scenarios import play
from tests.core.world import NOON, World
from wafa.core.ledger.accounts import DEBT
from wafa.core.ledger.entry import REDEMPTION, Entry, Posting, open_entry
from wafa.core.ledger.lot import Cover, Lot
from wafa.core.ledger.movements import draw, expire
from wafa.core.ledger.wallet import Wallet


def shop() -> World:
    """Ann has lot 1 of 30 (last day 5 July) and lot 2 of 50 (last day 6 July)."""
    world = World(programme())
    play(world, "buy  1  2011-01-05  ann  A 30.00\nbuy  2  2011-01-06  ann  A 50.00")
    return world


def more_than_the_lots(wallet: Wallet) -> None:
    wallet.available += 1


def more_than_it_was(wallet: Wallet) -> None:
    wallet.lots[0].remaining += 1
    wallet.available += 1


def below_zero(wallet: Wallet) -> None:
    wallet.lots[0].remaining -= 31
    wallet.lots[1].remaining += 1
    wallet.available -= 30


def points_beside_debt(wallet: Wallet) -> None:
    wallet.debt = wallet.lots[0].covered = 5
    wallet.covers.append(Cover(wallet.lots[0], None, DEBT, 5))


def debt_of_nothing(wallet: Wallet) -> None:
    wallet.debt = 5


def answers_for_more_than_expired(wallet: Wallet) -> None:
    wallet.lots[0].answered = 1


def covered_by_nobody(wallet: Wallet) -> None:
    wallet.lots[0].covered = 1


def covered_though_it_is_there(wallet: Wallet) -> None:
    wallet.lots[0].covered = 1
    wallet.covers.append(Cover(wallet.lots[0], wallet.lots[1], "available", 1))


def held_without_a_hold(wallet: Wallet) -> None:
    wallet.lots[0].remaining -= 1
    wallet.lots[0].held += 1
    wallet.available -= 1
    wallet.held += 1


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (more_than_the_lots, "not its lots'"),
        (more_than_it_was, "more than it was"),
        (below_zero, "below zero"),
        (points_beside_debt, "has points and owes points"),
        (debt_of_nothing, "not its lots'"),
        (answers_for_more_than_expired, "answers for more"),
        (covered_by_nobody, "not what its covers give"),
        (covered_though_it_is_there, "covered where nothing is missing"),
        (held_without_a_hold, "not its holds'"),
    ],
)
def test_of_a_wallet(damage: Callable[[Wallet], None], found: str) -> None:
    wallet = shop().wallet("ann")
    laws.check_wallet(wallet)
    damage(wallet)
    with pytest.raises(AssertionError, match=found):
        laws.check_wallet(wallet)


def test_what_moves_without_an_entry() -> None:
    world = shop()
    draw(opened(world), 10, "redeemed", NOON.date())
    laws.check_wallet(world.wallet("ann"))
    with pytest.raises(AssertionError, match="available is not what was posted"):
        laws.check_book(world.book, world.wallet("ann"))


def opened(world: World) -> Entry:
    """A redemption of ann's, with nothing posted."""
    return open_entry(world.wallet("ann"), world.snapshot.new_id(), REDEMPTION, occurred_at=NOON, posted_at=NOON)


def moved(entry: Entry, lot: Lot, points: int, into: str, for_lot: Lot | None = None) -> None:
    """Post points out of a lot, as no movement of the core would."""
    entry.postings += [
        Posting("available", -points, lot, None, for_lot),
        Posting(into, points, lot, None, for_lot),
    ]
    entry.points -= points
    lot.remaining -= points
    entry.wallet.available -= points


def test_a_draw_from_the_wrong_lot() -> None:
    world = shop()
    entry = opened(world)
    moved(entry, world.wallet("ann").lots[1], 10, "redeemed")
    entry.close()
    with pytest.raises(AssertionError, match="lot 2 is drawn before 1"):
        world.book.keep([entry], world.snapshot.day)


def test_a_draw_from_a_lot_that_has_run_out() -> None:
    world = shop()
    entry = opened(world)
    entry.posted_at += timedelta(days=300)
    moved(entry, world.wallet("ann").lots[0], 10, "redeemed")
    entry.close()
    with pytest.raises(AssertionError, match="lot 1 is drawn after its last day"):
        world.book.keep([entry], world.snapshot.day)


def test_another_wallets_lot() -> None:
    world = shop()
    play(world, "buy  3  2011-01-06  bob  A 50.00")
    entry = opened(world)
    moved(entry, world.wallet("bob").lots[0], 10, "redeemed")
    entry.close()
    with pytest.raises(AssertionError, match="moves another wallet's lot"):
        world.book.keep([entry], world.snapshot.day)


def test_an_entry_that_says_something_else_than_it_did() -> None:
    world = shop()
    entry = opened(world)
    expire(entry, world.wallet("ann").lots[0])
    entry.close()
    entry.after["available"] += 1
    with pytest.raises(AssertionError, match="what it says it left"):
        world.book.keep([entry], world.snapshot.day)


def test_legs_that_do_not_match() -> None:
    world = shop()
    one, other = world.wallet("ann").lots
    entry = opened(world)
    entry.postings += [Posting("available", -5, one), Posting("redeemed", 5, other)]
    with pytest.raises(AssertionError, match="about the same lots"):
        laws.check_entry(entry)
    entry.postings = [Posting("available", -5, one), Posting("redeemed", 4, one)]
    with pytest.raises(AssertionError, match="of the same points"):
        laws.check_entry(entry)
