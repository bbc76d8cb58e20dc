"""Reading the books for the replay: wallet by wallet, or group by group, as streams that keep step with each other.

Each part of an entry looks up rows of one table by one key, so that it costs the same whatever the planner knows.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connection

from wafa.core.ledger.wallet import Progress

ROWS_A_FETCH = 500
WALLETS_A_CHUNK = 500

_WALLETS = """
    SELECT w.id, w.unit,
           (SELECT m.number FROM member m WHERE m.merchant_id = w.merchant_id AND m.id = w.member_id),
           w.member_id::text, w.available, w.pending, w.held, w.debt, w.qualifying, w.eligible_purchases, w.tier,
           w.below_since, w.status
    FROM wallet w WHERE w.merchant_id = %s AND {which} ORDER BY w.id
"""

_PROGRESS = """
    SELECT p.wallet_id, p.day, p.qualifying, p.spend_minor, p.visits
    FROM progress p WHERE p.merchant_id = %s AND {which} ORDER BY p.wallet_id, p.day
"""

_LOT = """json_build_array(l.id, l.points, l.sequence, l.issuing_branch_id, l.available_at, l.expires_on, l.idle_months,
                             l.answered, l.pending)"""

_ENTRIES = """
    SELECT e.wallet_id, e.id::text, e.sequence, e.kind, e.document_id::text, e.turn, e.of_id::text,
           e.programme_version_id, e.points, e.available_after, e.pending_after, e.held_after, e.debt_after,
           e.tier_after, (extract(epoch FROM e.occurred_at) * 1000000)::bigint,
           (extract(epoch FROM e.posted_at) * 1000000)::bigint,
           -- The rest as one text, so that it is read at once.
           json_build_array(e.explanation, e.context,
           CASE WHEN e.document_id IS NOT NULL THEN (
               SELECT json_build_array(d.kind, d.number, d.member_id, d.receipt_id, d.branch_id,
                                        coalesce(d.tax_minor, 0), coalesce(d.discount_minor, 0))
               FROM document d WHERE d.merchant_id = e.merchant_id AND d.id = e.document_id) END,
           CASE WHEN e.kind IN ('accrual', 'claim') THEN (
               SELECT json_agg(json_build_array(
                          l.id, l.position, l.item, l.quantity_milli, l.amount_minor,
                          CASE WHEN e.kind = 'claim' THEN (
                              -- What came back while nobody was credited: documents that gave no entry for it.
                              SELECT coalesce(sum(x.quantity_milli), 0) FROM return_match x
                              WHERE x.merchant_id = l.merchant_id AND x.sold_line_id = l.id AND (
                                  SELECT count(*) FROM entry t WHERE t.merchant_id = x.merchant_id
                                    AND t.kind IN ('clawback', 'reinstatement') AND t.document_id = (
                                      SELECT CASE WHEN x.quantity_milli > 0 THEN r.document_id ELSE (
                                          SELECT c.id FROM document c WHERE c.merchant_id = r.merchant_id
                                            AND c.receipt_id = r.document_id AND c.kind = 'cancel_return') END
                                      FROM document_line r
                                      WHERE r.merchant_id = x.merchant_id AND r.id = x.returned_line_id)
                              ) = 0) ELSE 0 END,
                          l.unit_price_micro, coalesce(l.discount_minor, 0) > 0, coalesce(l.tax_minor, 0),
                          coalesce(l.discount_minor, 0), l.tags) ORDER BY l.position)
               FROM document_line l
               WHERE l.merchant_id = e.merchant_id AND l.document_id = e.document_id AND NOT l.is_returned) END,
           CASE WHEN e.kind IN ('accrual', 'claim') THEN (
               SELECT json_agg(json_build_array(a.rule, a.qualifying, a.first_points, a.held_points, a.lot_id))
               FROM award a
               WHERE a.merchant_id = e.merchant_id AND a.document_id = e.document_id AND a.entry_id = e.id) END,
           {grants},
           CASE WHEN e.kind IN ('accrual', 'claim') THEN (
               SELECT json_agg({lot}) FROM lot l
               WHERE l.merchant_id = e.merchant_id AND l.document_id = e.document_id AND l.entry_id = e.id)
                WHEN e.kind IN ('adjustment', 'reward', 'grant', 'opening', 'transfer_in') THEN (
               SELECT json_agg((SELECT {lot} FROM lot l
                                WHERE l.merchant_id = p.merchant_id AND l.id = p.lot_id AND l.entry_id = p.entry_id))
               FROM posting p WHERE p.merchant_id = e.merchant_id AND p.entry_id = e.id AND p.points < 0
                 AND p.account IN ('adjusted', 'issued', 'brought', 'transferred')) END,
           CASE WHEN e.kind = 'clawback' THEN (
               SELECT json_agg(json_build_array(r.id, r.item, r.quantity_milli, (
                          SELECT json_agg(json_build_array(x.sold_line_id, x.quantity_milli)) FROM return_match x
                          WHERE x.merchant_id = r.merchant_id AND x.returned_line_id = r.id AND x.quantity_milli > 0
                      )) ORDER BY r.position)
               FROM document_line r
               WHERE r.merchant_id = e.merchant_id AND r.document_id = e.document_id AND r.is_returned)
                WHEN e.kind = 'reinstatement' THEN (
               SELECT json_agg(json_build_array(r.id, r.item, r.quantity_milli, (
                          SELECT json_agg(json_build_array(x.sold_line_id, x.quantity_milli)) FROM return_match x
                          WHERE x.merchant_id = r.merchant_id AND x.returned_line_id = r.id AND x.quantity_milli < 0
                      )) ORDER BY r.position)
               FROM document_line r WHERE r.merchant_id = e.merchant_id AND r.document_id = (
                   SELECT d.receipt_id FROM document d WHERE d.merchant_id = e.merchant_id AND d.id = e.document_id)
                 AND r.is_returned) END,
           (SELECT json_agg(json_build_array(p.account, p.lot_id, p.document_id, p.for_lot_id, p.points))
            FROM posting p WHERE p.merchant_id = e.merchant_id AND p.entry_id = e.id))::text
    FROM entry e WHERE e.merchant_id = %s AND {which} ORDER BY e.wallet_id, e.sequence
"""

_GRANTS = """CASE WHEN e.kind IN ('accrual', 'claim') THEN (
               SELECT json_agg(json_build_array(a.rule, a.first_points, a.held_points, w.unit))
               FROM entry g
               JOIN wallet w ON w.merchant_id = g.merchant_id AND w.id = g.wallet_id
               JOIN award a ON a.merchant_id = g.merchant_id AND a.document_id = e.document_id AND a.entry_id = g.id
               WHERE g.merchant_id = e.merchant_id AND g.of_id = e.id AND g.kind = 'grant') END"""
"""What the receipt gave in other units; asked for where rules give any."""


class Leg(NamedTuple):
    """A posting: identifiers as text."""

    account: str
    lot: str | None
    document: str | None
    for_lot: str | None
    points: int


class LotRow(NamedTuple):
    """A lot as it stands by now, found by the entry that opened it."""

    id: str
    points: int
    sequence: int
    issuing_branch: str | None
    available_at: str | None
    expires_on: str | None
    idle_months: int | None
    answered: int
    pending: bool


class DocumentRow(NamedTuple):
    """The document of an entry."""

    kind: str
    number: str
    member: str | None
    names: str | None
    branch: str
    tax_minor: int = 0
    discount_minor: int = 0


class EntryRow(NamedTuple):
    """An entry with all that belongs to it. `returned`: line, item, quantity, and pairs of sold line and quantity."""

    wallet_id: UUID
    id: str
    sequence: int
    kind: str
    document_id: str | None
    turn: int
    of_id: str | None
    version_id: UUID | None
    points: int
    available: int
    pending: int
    held: int
    debt: int
    tier: str
    occurred_at: datetime
    posted_at: datetime
    slip: dict[str, Any]
    context: dict[str, Any] | None
    document: DocumentRow | None
    lines: list[list[Any]]
    awards: list[list[Any]]
    grants: list[list[Any]]
    lots: list[LotRow]
    returned: list[list[Any]]
    legs: list[Leg]

    @classmethod
    def of(cls, row: Sequence[Any]) -> "EntryRow":
        """From the statement's columns."""
        *plain, occurred_at, posted_at, rest = row
        slip, context, document, lines, awards, grants, lots, returned, legs = orjson.loads(rest)
        return cls._make(
            (
                *plain,
                _instant(occurred_at),
                _instant(posted_at),
                slip,
                context,
                DocumentRow._make(document) if document else None,
                lines or [],
                awards or [],
                grants or [],
                [LotRow._make(lot) for lot in lots if lot] if lots else [],
                returned or [],
                [Leg._make(leg) for leg in legs] if legs else [],
            )
        )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _instant(microseconds: int) -> datetime:
    """From the microseconds since 1970: a quarter of what it takes to read one from a text, twice an entry."""
    return _EPOCH + timedelta(microseconds=microseconds)


class WalletRow(NamedTuple):
    """A wallet as it stands."""

    id: UUID
    unit: str
    number: str | None
    member_id: str
    available: int
    pending: int
    held: int
    debt: int
    qualifying: int
    purchases: int
    tier: str
    below_since: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Book:
    """One wallet's part of the books: its row, its days, its entries in order."""

    wallet: WalletRow
    progress: dict[date, Progress]
    entries: list[EntryRow]


def read_alone(merchant_id: UUID, linked: list[UUID], *, grants: bool) -> Iterator[Book]:
    """The books of all wallets but the linked ones, one at a time; `grants`: with what rules gave in other units."""
    return _read(merchant_id, "<> ALL(%s)", linked, _GRANTS if grants else "NULL")


def read_groups(merchant_id: UUID, groups: list[list[UUID]], *, grants: bool) -> Iterator[list[Book]]:
    """The books of wallets that belong together."""
    of_grants = _GRANTS if grants else "NULL"
    for chunk in _chunks(groups):
        found = {
            book.wallet.id: book
            for book in _read(merchant_id, "= ANY(%s)", [id for each in chunk for id in each], of_grants)
        }
        for group in chunk:
            yield [found.pop(id) for id in group if id in found]


def _chunks(groups: list[list[UUID]]) -> Iterator[list[list[UUID]]]:
    chunk: list[list[UUID]] = []
    for group in groups:
        if chunk and sum(map(len, chunk)) + len(group) > WALLETS_A_CHUNK:
            yield chunk
            chunk = []
        chunk.append(group)
    if chunk:
        yield chunk


def _read(merchant_id: UUID, which: str, ids: list[UUID], grants: str) -> Iterator[Book]:
    with ThreadPoolExecutor(1) as reader, ExitStack() as cursors:

        def stream(statement: str) -> Iterator[tuple[Any, ...]]:
            cursor = cursors.enter_context(connection.chunked_cursor())
            cursor.execute(statement, [merchant_id, ids])
            return _ahead(reader, cursor)

        wallets = stream(_WALLETS.format(which=f"w.id {which}"))
        entries = _Groups(stream(_ENTRIES.format(which=f"e.wallet_id {which}", lot=_LOT, grants=grants)))
        progress = _Groups(stream(_PROGRESS.format(which=f"p.wallet_id {which}")))
        for row in wallets:
            wallet = WalletRow(*row)
            days = {day: Progress(*counted) for _, day, *counted in progress.of(wallet.id)}
            yield Book(wallet, days, [EntryRow.of(entry) for entry in entries.of(wallet.id)])


def _ahead(reader: ThreadPoolExecutor, cursor: Any) -> Iterator[tuple[Any, ...]]:
    """Rows of a cursor: while some are worked on, the database gets the next ready. One thread asks for all of them."""
    coming = reader.submit(cursor.fetchmany, ROWS_A_FETCH)
    while rows := coming.result():
        coming = reader.submit(cursor.fetchmany, ROWS_A_FETCH)
        yield from rows


class _Groups:
    """Rows in the order of their wallets, handed out wallet by wallet."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self._next: tuple[UUID, Iterator[tuple[Any, ...]]] | None = next(self._groups, None)

    def of(self, wallet_id: UUID) -> list[tuple[Any, ...]]:
        """Those of one wallet; rows of wallets that are not there are passed by, another check names them."""
        while self._next and self._next[0] < wallet_id:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != wallet_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows
