"""The statement: a member's entries, those of the cards merged into theirs included, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from uuid import UUID

from wafa.core.ledger.wallet import POINTS
from wafa.queries.members import wallets_of
from wafa.queries.moment import one_moment
from wafa.store.models import Entry, Member, Merchant

ENTRIES_A_FETCH = 500


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One entry, with the number on the card that it was posted to. Its `..._after` figures are that card's."""

    card: str
    entry: Entry


def statement(
    merchant: Merchant, member: Member, at: datetime | None = None, unit: str = POINTS
) -> Iterator[StatementLine]:
    """All that had been posted by an instant, card by card in the order of posting; read in bounded memory.

    Of a card merged into the member's, and not parted from it again by then, the whole history is told.
    """
    instant = at or merchant.now()
    with one_moment():
        cards = wallets_of(merchant, member, unit, instant)
        lines = (_lines(merchant, wallet_id, card, instant) for wallet_id, card in cards.items())
        yield from merge(*lines, key=lambda line: (line.entry.posted_at, line.entry.id), reverse=True)


def _lines(merchant: Merchant, wallet_id: UUID, card: str, at: datetime) -> Iterator[StatementLine]:
    entries = Entry.objects.of(merchant).filter(wallet_id=wallet_id, posted_at__lte=at).select_related("document", "of")
    newest_first = entries.order_by("-sequence")
    while page := list(newest_first[:ENTRIES_A_FETCH]):
        yield from (StatementLine(card, entry) for entry in page)
        newest_first = entries.filter(sequence__lt=page[-1].sequence).order_by("-sequence")
