"""The laws that hold after every command, whatever it was. Each check says which law is broken, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from wafa.core.ledger import accounts
from wafa.core.ledger.entry import Entry
from wafa.core.ledger.wallet import Receipt, Wallet
from wafa.core.outcomes import Accepted, Expired, Outcome

Book = Counter[tuple[UUID, str]]
"""Points by (wallet, account): what the postings of all entries add up to."""


def entries_of(outcomes: Iterable[Outcome]) -> list[Entry]:
    """The entries that a batch appends, in their order."""
    return [entry for each in outcomes if isinstance(each, Accepted | Expired) for entry in each.entries]


def keep_book(book: Book, entries: Iterable[Entry]) -> None:
    """Add entries to a book."""
    for entry in entries:
        for posting in entry.postings:
            book[entry.wallet.id, posting.account] += posting.points


def check_entry(entry: Entry) -> None:
    """An entry balances, in points and in what qualifies, and its figure is what it did to the wallet."""
    by_account: Counter[str] = Counter()
    for posting in entry.postings:
        by_account[posting.account] += posting.points
    of_points = (*accounts.OF_THE_WALLET, *accounts.OF_THE_PROGRAMME)
    assert sum(by_account[account] for account in of_points) == 0, f"postings of {entry.kind} do not balance"
    assert by_account[accounts.QUALIFYING] + by_account[accounts.QUALIFIED] == 0, "what qualifies does not balance"
    assert entry.points == sum(by_account[account] for account in accounts.OF_THE_WALLET), "not the wallet's change"
    assert set(by_account) <= set(accounts.ALL), "an account that is not in the chart"


def check_wallet(wallet: Wallet) -> None:
    """A wallet is the sum of its lots, owes only when empty, and no lot holds or loses more than it was given."""
    where = f"wallet {wallet.id.int}"
    assert wallet.available == sum(lot.remaining for lot in wallet.lots), f"{where}: available is not its lots' sum"
    assert min(wallet.available, wallet.debt, wallet.qualifying, wallet.eligible_purchases) >= 0, f"{where}: below zero"
    assert not (wallet.available and wallet.debt), f"{where}: has points and owes points"
    for lot in wallet.lots:
        assert lot.remaining >= 0, f"{where}: lot {lot.number} below zero"
        assert 0 <= lot.answered <= lot.expired, f"{where}: lot {lot.number} answers for more than expired"
        assert lot.expired + lot.remaining <= lot.points, f"{where}: lot {lot.number} is more than it was"
    for receipt in wallet.receipts:
        check_receipt(receipt)


def check_receipt(receipt: Receipt) -> None:
    """A receipt holds no more than it first gave, and less is left of a line than was sold."""
    for award in receipt.awards:
        assert 0 <= award.held_points <= award.first_points, f"receipt {receipt.number}: {award.rule} holds too much"
    for line in receipt.lines:
        assert 0 <= line.returned_milli <= line.quantity_milli, f"receipt {receipt.number}: {line.item} beyond sold"


def check_book(book: Book, wallet: Wallet) -> None:
    """A wallet's figures are what all its postings add up to."""
    sums = {account: book[wallet.id, account] for account in accounts.ALL}
    assert wallet.available == sums[accounts.AVAILABLE], "available is not what was posted"
    assert wallet.debt == -sums[accounts.DEBT], "debt is not what was posted"
    assert wallet.qualifying == sums[accounts.QUALIFYING], "qualifying is not what was posted"
