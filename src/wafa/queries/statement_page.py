"""A page of a member's statement: the latest entries first, those of the cards merged into theirs included.

Of each card the entries are read by their sequence, which is the order in which they were posted; the place where a
page ends says how far each card has been told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from wafa.queries.members import wallets_of
from wafa.queries.moment import one_moment
from wafa.queries.statement import StatementLine
from wafa.store.models import Entry, Member, Merchant

Place = dict[UUID, int]
"""By wallet the sequence of the last entry that was told of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which unit and kinds (none named: all), and posted when: from an instant on, before another."""

    unit: str
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None


def statement_page(
    merchant: Merchant, member: Member, wanted: Wanted, size: int, after: Place
) -> tuple[list[StatementLine], Place | None]:
    """So many entries that follow a place (empty: from the latest on), and the next place; None: no more follow."""
    with one_moment():
        cards = wallets_of(merchant, member, wanted.unit, merchant.now())
        lines = [_lines(merchant, wallet, card, wanted, size, after.get(wallet)) for wallet, card in cards.items()]
    in_order = merge(*lines, key=lambda line: (line.entry.posted_at, line.entry.id), reverse=True)
    found = list(islice(in_order, size + 1))
    if len(found) <= size:
        return found, None
    told = found[:size]
    # The latest first, so the last one of a wallet stays.
    return told, after | {line.entry.wallet_id: line.entry.sequence for line in told}


def _lines(
    merchant: Merchant, wallet: UUID, card: str, wanted: Wanted, size: int, after: int | None
) -> list[StatementLine]:
    entries = Entry.objects.of(merchant).filter(wallet_id=wallet)
    if after is not None:
        entries = entries.filter(sequence__lt=after)
    found = _wanted(entries, wanted).select_related("document", "of").order_by("-sequence")[: size + 1]
    return [StatementLine(card, entry) for entry in found]


def _wanted(entries: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    if wanted.kinds:
        entries = entries.filter(kind__in=wanted.kinds)
    if wanted.since:
        entries = entries.filter(posted_at__gte=wanted.since)
    if wanted.before:
        entries = entries.filter(posted_at__lt=wanted.before)
    return entries
