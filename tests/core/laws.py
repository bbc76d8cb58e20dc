"""The laws that hold after every command, whatever it was. Each check says which law is broken, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.core.book import Book
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Outcome

__all__ = ["Book", "check_book", "check_entry", "check_receipt", "check_wallet", "entries_of"]

OF_POINTS = (*accounts.OF_THE_WALLET, *accounts.OF_THE_PROGRAMME)


def entries_of(outcomes: Iterable[Outcome]) -> list[Entry]:
    """The entries that a batch appends, in their order."""
    return [entry for each in outcomes for entry in each.entries]


def check_entry(entry: Entry) -> None:
    """An entry balances, leg by leg, in points and in what qualifies; its figure is what it did to the wallet."""
    by_account: Counter[str] = Counter()
    for posting in entry.postings:
        by_account[posting.account] += posting.points
    for out_of, into in zip(entry.postings[::2], entry.postings[1::2], strict=True):
        alike = [(leg.lot, leg.document_id, leg.for_lot) for leg in (out_of, into)]
        assert alike[0] == alike[1], "both legs are about the same lots and the same receipt"
        assert out_of.points + into.points == 0 != out_of.points, "both legs are of the same points, and of some"
    assert sum(by_account[account] for account in OF_POINTS) == 0, f"postings of {entry.kind} do not balance"
    assert by_account[accounts.QUALIFYING] + by_account[accounts.QUALIFIED] == 0, "what qualifies does not balance"
    assert entry.points == sum(by_account[account] for account in accounts.OF_THE_WALLET), "not the wallet's change"
    assert set(by_account) <= set(accounts.ALL), "an account that is not in the chart"


def check_wallet(wallet: Wallet) -> None:
    """A wallet is the sum of its lots, owes only when empty, and what it owes is known lot by lot."""
    where = f"wallet {wallet.id.int}"
    sums = {
        "available": sum(lot.remaining for lot in wallet.lots if not lot.pending),
        "pending": sum(lot.remaining for lot in wallet.lots if lot.pending),
        "held": sum(lot.held for lot in wallet.lots),
        "debt": sum(cover.points for cover in wallet.covers if cover.account == accounts.DEBT),
    }
    assert wallet.figures() == sums, f"{where}: its figures are not its lots' and covers' sums"
    assert wallet.held == sum(hold.points for hold in wallet.holds if hold.is_open), f"{where}: held is not its holds'"
    assert min(*sums.values(), wallet.qualifying, wallet.eligible_purchases) >= 0, f"{where}: below zero"
    assert not (wallet.available and wallet.debt), f"{where}: has points and owes points"
    assert not (wallet.is_closed and (wallet.available or wallet.pending or wallet.held)), f"{where}: of one who left"
    for lot in wallet.lots:
        check_lot(wallet, lot)
    for cover in wallet.covers:
        assert cover.points > 0, f"{where}: a cover of nothing"
        assert cover.lot is not cover.by, f"{where}: a cover by the lot itself"
        assert cover.lot in wallet.lots, f"{where}: a cover for another wallet's lot"
        assert cover.by is None or cover.by in wallet.lots, f"{where}: a cover by another wallet's lot"
    for receipt in wallet.receipts:
        check_receipt(receipt)
        assert receipt.member_id == wallet.member_id, f"{where}: holds another member's receipt"
    for day, progress in wallet.progress.items():
        assert min(progress) >= 0, f"{where}: counts less than nothing on {day}"
    assert all(points >= 0 for points in wallet.capped.values()), f"{where}: a capped rule holds less than nothing"


def check_lot(wallet: Wallet, lot: Lot) -> None:
    """No lot holds or loses more than it was given, and what is given in its place is known."""
    where = f"wallet {wallet.id.int}, lot {lot.number}"
    assert min(lot.remaining, lot.held, lot.expired, lot.answered, lot.covered) >= 0, f"{where}: below zero"
    assert lot.answered <= lot.expired, f"{where}: answers for more than expired"
    assert lot.remaining + lot.held + lot.expired <= lot.points, f"{where}: is more than it was"
    covered = sum(cover.points for cover in wallet.covers if cover.lot is lot)
    assert lot.covered == covered, f"{where}: covered is not what its covers give"
    in_money = sum(cover.points for cover in wallet.covers if cover.lot is lot and cover.account == accounts.WITHHELD)
    missing = lot.points - lot.remaining - lot.expired
    assert lot.covered - in_money <= missing, f"{where}: is covered where nothing is missing"


def check_receipt(receipt: Receipt) -> None:
    """A receipt holds no more than it first gave, and less is left of a line than was sold."""
    for award in receipt.awards:
        assert 0 <= award.held_points <= award.first_points, f"receipt {receipt.number}: {award.rule} holds too much"
    for line in receipt.lines:
        assert 0 <= line.returned_milli <= line.quantity_milli, f"receipt {receipt.number}: {line.item} beyond sold"


def check_book(book: Book, wallet: Wallet) -> None:
    """A wallet's figures, its lots' and what covers them are what all postings add up to."""
    sums = {account: book[wallet.id, account] for account in accounts.ALL}
    assert wallet.available == sums[accounts.AVAILABLE], "available is not what was posted"
    assert wallet.pending == sums[accounts.PENDING], "pending is not what was posted"
    assert wallet.held == sums[accounts.HELD], "held is not what was posted"
    assert wallet.debt == -sums[accounts.DEBT], "debt is not what was posted"
    assert wallet.qualifying == sums[accounts.QUALIFYING], "qualifying is not what was posted"
    for lot in wallet.lots:
        assert book.owner[lot.id] == wallet.id, f"lot {lot.number} is in another wallet than was posted"
        posted = [book.of_lot[lot.id, account] for account in (lot.account, accounts.HELD, accounts.EXPIRED)]
        assert [lot.remaining, lot.held, lot.expired] == posted, f"lot {lot.number} is not what was posted"
    covers: Counter[object] = Counter()
    for cover in wallet.covers:
        covers[cover.lot.id, cover.by.id if cover.by else cover.account] += cover.points
    lots = {lot.id for lot in wallet.lots}
    posted_covers = {key: points for key, points in book.covers().items() if key[0] in lots}
    assert covers == posted_covers, "covers are not what was posted"
