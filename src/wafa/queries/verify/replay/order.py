"""The order in which entries of wallets that belong together are lived through.

Each wallet's own entries are in the order of their sequence. Between wallets instants do not tell enough, as many
entries may have the same: an entry comes after the one that it answers.
"""

from collections import deque
from collections.abc import Iterator
from uuid import UUID

from wafa.core.ledger import entry as kinds
from wafa.core.ledger.wallet import POINTS
from wafa.queries.verify.replay.reading import Book, EntryRow

Key = tuple[str, str, object]


def in_order(books: list[Book]) -> Iterator[tuple[UUID, EntryRow]]:
    """Every entry with its wallet. Where the books are broken, so that each waits for another, the earliest goes on."""
    if len(books) == 1:
        yield from ((books[0].wallet.id, entry) for entry in books[0].entries)
        return
    queues = {book.wallet.id: (book.wallet.unit, deque(book.entries)) for book in books}
    there = {key for unit, queue in queues.values() for entry in queue if (key := _gives(entry, unit))}
    done: set[Key] = set()
    while waiting := {id: queue for id, (_, queue) in queues.items() if queue}:
        went_on = False
        for id, queue in waiting.items():
            unit = queues[id][0]
            while queue and (_needs(queue[0], unit) not in there or _needs(queue[0], unit) in done):
                went_on = True
                yield id, _go(queue, unit, done)
        if not went_on:
            earliest = min(waiting, key=lambda id: (waiting[id][0].posted_at, waiting[id][0].id))
            yield earliest, _go(waiting[earliest], queues[earliest][0], done)


def _go(queue: deque[EntryRow], unit: str, done: set[Key]) -> EntryRow:
    entry = queue.popleft()
    if key := _gives(entry, unit):
        done.add(key)
    return entry


def _gives(entry: EntryRow, unit: str) -> Key | None:
    """What later entries of other wallets may wait for."""
    if entry.kind == kinds.MERGE_OUT:
        return ("merge", entry.id, unit)
    if entry.kind == kinds.UNMERGE_OUT:
        return ("parting", entry.of_id or "", unit)
    return ("turn", entry.document_id, entry.turn) if entry.document_id else None


def _needs(entry: EntryRow, unit: str) -> Key | None:
    """What it waits for."""
    if entry.kind == kinds.MERGE_IN:
        return ("merge", entry.of_id or "", unit)
    if entry.kind == kinds.UNMERGE_IN:
        return ("parting", entry.of_id or "", unit)
    if entry.kind == kinds.UNMERGE_OUT and unit != POINTS:
        return ("parting", entry.of_id or "", POINTS)
    return ("turn", entry.document_id, entry.turn - 1) if entry.document_id and entry.turn else None
