"""The core against the demo's second reading: the same rows, the same balances, the same awards."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given

from tests.core.laws import Book
from tests.core.programmes import demo_body
from tests.core.world import World
from tests.demo import oracle
from tests.properties.rows import CUSTOMERS, Row, commands, files
from wafa.core.ledger.accounts import CLAWED_BACK, EXPIRED, ISSUED
from wafa.core.ledger.wallet import POINTS, Wallet
from wafa.core.programme import Programme
from wafa.core.snapshot import KnownMember

DEMO = Programme.read(demo_body())


def counted(rows: list[Row]) -> World:
    """The demo's programme over these rows."""
    world = World(DEMO)
    for place, number in enumerate(sorted(set(CUSTOMERS) - {""})):
        member = KnownMember(UUID(int=10**6 + place), "active")
        world.snapshot.members[number] = member
        world.snapshot.wallets[member.id, POINTS] = Wallet(UUID(int=10**7 + place), member.id)
    world.post(*commands(rows))
    return world


def balance(book: Book, wallet: Wallet) -> oracle.Balance:
    """A wallet's figures, the sums of its postings among them."""
    return oracle.Balance(
        available=wallet.available,
        debt=wallet.debt,
        accrued=-book[wallet.id, ISSUED],
        clawed_back=book[wallet.id, CLAWED_BACK],
        expired=book[wallet.id, EXPIRED],
        qualifying=wallet.qualifying,
        tier=wallet.tier or "bronze",
    )


@given(files())
def test_the_same_balances(rows: list[Row]) -> None:
    world, other = counted(rows), oracle.replay(rows)
    for number in set(CUSTOMERS) - {""}:
        wallet = world.wallet(number)
        member = other.members.get(number, oracle.Member())
        assert balance(world.book, wallet) == member.balance
        assert [receipt.number for receipt in wallet.receipts] == [receipt.number for receipt in member.receipts]
        for receipt, its_other in zip(wallet.receipts, member.receipts, strict=True):
            assert {award.rule: award.first_points for award in receipt.awards} == above_zero(its_other.first_given)
            held = {award.rule: award.held_points for award in receipt.awards}
            assert held == {rule: its_other.holds[rule] for rule in held}
            assert [line.left_milli for line in receipt.lines] == [1000 * line.remaining for line in its_other.lines]


def above_zero(points: dict[str, int]) -> dict[str, int]:
    """The oracle lists every rule, the core those that give something."""
    return {rule: given for rule, given in points.items() if given}
