"""Staging: rows go into temporary tables, and PostgreSQL makes documents of them.

A document's rows need not stand together, and the file may be of any length: what has to be sorted and
grouped is sorted and grouped by the database, on disk where it must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from wafa.jobs.imports.facts import RETURN
from wafa.jobs.imports.session import Session
from wafa.jobs.imports.staged_rows import RowStager

_BLOCKS_A_COPY = 50

_TABLES = """
    CREATE TEMP TABLE import_row (
        line bigint, facts int, kind text, quantity_milli bigint, amount_minor bigint, price_micro bigint,
        item text, description text, reason text, raw text
    );
    CREATE TEMP TABLE import_facts (
        facts int, period text, number text, at timestamptz, usable boolean, member text, branch text,
        branch_name text, currency text, channel text, receipt_period text, receipt text
    );
    CREATE TEMP TABLE import_refused (place int PRIMARY KEY, reason text NOT NULL);
"""

# A document's time is the earliest of all its rows', unusable ones too; the rest is what its usable rows agree on.
# Codes are compared by code point, whatever the database's own order is.
_DOCUMENTS = """
    CREATE TEMP TABLE import_document AS
    WITH used AS (
        SELECT facts, min(kind) AS kind, max(kind) AS last_kind, min(line) AS line
        FROM import_row WHERE reason IS NULL GROUP BY facts
    )
    SELECT row_number() OVER (ORDER BY min(at), number COLLATE "C", period COLLATE "C")::int AS place,
           period, number, min(at) AS at, min(line) AS line, min(kind) AS kind,
           min(member) FILTER (WHERE line IS NOT NULL) AS member,
           min(branch) FILTER (WHERE line IS NOT NULL) AS branch,
           min(branch_name) FILTER (WHERE line IS NOT NULL) AS branch_name,
           min(currency) FILTER (WHERE line IS NOT NULL) AS currency,
           min(channel) FILTER (WHERE line IS NOT NULL) AS channel,
           min(receipt_period) FILTER (WHERE line IS NOT NULL) AS receipt_period,
           min(receipt) FILTER (WHERE line IS NOT NULL) AS receipt,
           CASE WHEN min(member) FILTER (WHERE usable) <> max(member) FILTER (WHERE usable) THEN 'member'
                WHEN min(branch) FILTER (WHERE usable) <> max(branch) FILTER (WHERE usable) THEN 'branch'
                WHEN min(currency) FILTER (WHERE usable) <> max(currency) FILTER (WHERE usable) THEN 'currency'
                WHEN min(channel) FILTER (WHERE usable) <> max(channel) FILTER (WHERE usable) THEN 'channel'
                WHEN min(receipt) FILTER (WHERE usable) <> max(receipt) FILTER (WHERE usable) THEN 'receipt'
                WHEN min(kind) <> max(last_kind) THEN 'kind'
           END AS conflict
    FROM import_facts LEFT JOIN used USING (facts)
    WHERE number IS NOT NULL AND at IS NOT NULL
    GROUP BY period, number;

    CREATE TEMP TABLE import_place AS
    SELECT facts, place FROM import_facts JOIN import_document USING (period, number);

    ALTER TABLE import_document ADD counted_before boolean NOT NULL DEFAULT false;

    ANALYZE import_row (facts, reason);
    ANALYZE import_place;
    ANALYZE import_document;
"""

_COUNTED_BEFORE = """
    UPDATE import_document d SET counted_before = true FROM document_number n
    WHERE n.merchant_id = %s AND n.source = %s AND n.period = d.period AND n.number = d.number
"""

_COUNTS = """
    SELECT (SELECT count(*) FROM import_row WHERE reason IS NOT NULL),
           count(*) FILTER (WHERE conflict IS NULL), count(*) FILTER (WHERE conflict IS NOT NULL),
           max(at) FILTER (WHERE conflict IS NULL)
    FROM import_document WHERE line IS NOT NULL
"""

_STREAM = """
    SELECT d.place, d.period, d.number, d.at, d.kind, d.member, d.branch, d.branch_name, d.currency, d.channel,
           d.receipt_period, d.receipt, d.counted_before, l.items, l.quantities, l.amounts, l.prices,
           l.descriptions
    FROM import_document d JOIN (
        SELECT place, array_agg(item ORDER BY line) AS items, array_agg(quantity_milli ORDER BY line) AS quantities,
               array_agg(amount_minor ORDER BY line) AS amounts, array_agg(price_micro ORDER BY line) AS prices,
               array_agg(description ORDER BY line) AS descriptions
        FROM import_row JOIN import_place USING (facts)
        WHERE reason IS NULL GROUP BY place
    ) l USING (place)
    WHERE d.conflict IS NULL AND {which}
    ORDER BY d.place
"""


@dataclass(frozen=True, slots=True)
class StagedDocument:
    """A document as the file tells it. `place` is its place in the order of time and number."""

    place: int
    period: str
    number: str
    at: datetime
    kind: str
    member: str
    branch: str
    branch_name: str
    currency: str
    channel: str
    receipt_period: str
    receipt: str
    counted_before: bool
    items: list[str]
    quantities_milli: list[int]
    amounts_minor: list[int]
    unit_prices_micro: list[int | None]
    descriptions: list[str]

    @property
    def is_return(self) -> bool:
        """Whether goods came back."""
        return self.kind == RETURN


@dataclass(frozen=True, slots=True)
class Staged:
    """What is in the staging tables. `last_at` is the time of the last document that can be counted."""

    rows_rejected: int
    documents: int
    conflicting: int
    last_at: datetime | None


def stage(session: Session, stager: RowStager, progress: Callable[[], None]) -> None:
    """Read the whole file into the staging tables. Nothing else is written, so a bad file leaves no trace."""
    session.execute(_TABLES)
    blocks = stager.row_blocks()
    more = True
    while more:
        more = False
        with session.copy("import_row") as copy:
            for block in islice(blocks, _BLOCKS_A_COPY):
                copy.write(block)
                progress()
                more = True
        with session.copy("import_facts") as copy:
            copy.write(stager.take_facts())


def group(session: Session, merchant_id: UUID, source: str, conflicts: dict[str, str]) -> Staged:
    """Make documents of the rows, and see which are known; those at odds with themselves are refused."""
    session.execute(_DOCUMENTS)
    session.execute(_COUNTED_BEFORE, [merchant_id, source])
    for conflict, reason in conflicts.items():
        session.execute(
            "INSERT INTO import_refused SELECT place, %s FROM import_document WHERE conflict = %s", [reason, conflict]
        )
    return Staged(*session.rows(_COUNTS)[0])


def documents(session: Session, which: str = "true") -> Iterator[StagedDocument]:
    """The documents that can be counted, in the order of time and number. `which` is a condition on `d`."""
    for row in session.stream(_STREAM.format(which=which)):
        yield StagedDocument(*row)


def refuse(session: Session, place: int, reason: str) -> None:
    """Note that a document was not counted, and why: its rows go to the rejects file."""
    session.execute("INSERT INTO import_refused VALUES (%s, %s) ON CONFLICT DO NOTHING", [place, reason])
