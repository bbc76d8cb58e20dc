"""Staging of opening balances: rows go into a temporary table, and PostgreSQL makes each member's balance of them.

A member's rows need not stand together, and the file may be of any length.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from wafa.core.commands import OpeningLot
from wafa.jobs.imports.openings_rows import OpeningReader, OpeningRow
from wafa.jobs.imports.rejects import guarded
from wafa.jobs.imports.session import Session
from wafa.jobs.imports.staged_rows import PARTS_OF_RAW
from wafa.jobs.imports.table_file import OWN_HEADINGS
from wafa.store import rows as copied

ROWS_A_REPORT = 2_000

_TABLES = """
    CREATE TEMP TABLE opening_row (
        line bigint, member text, unit text, points bigint, expires_on date, qualifying bigint, reason text, raw text
    );
    CREATE TEMP TABLE opening_refused (member text, unit text, reason text NOT NULL, PRIMARY KEY (member, unit));
"""
# A member of whom one row cannot be used gets nothing yet: what is brought for them is brought once.
_USABLE = """
    CREATE TEMP TABLE opening_usable AS
    SELECT member, unit FROM opening_row GROUP BY member, unit HAVING count(reason) = 0;
    ANALYZE opening_row, opening_usable;
"""
_BALANCES = """
    WITH lot AS (
        SELECT unit, member, expires_on, sum(points)::numeric AS points, sum(qualifying)::numeric AS qualifying
        FROM opening_row JOIN opening_usable USING (member, unit)
        GROUP BY unit, member, expires_on
    )
    SELECT unit, member, sum(qualifying), array_agg(points ORDER BY expires_on),
           array_agg(expires_on ORDER BY expires_on)
    FROM lot GROUP BY unit, member ORDER BY unit COLLATE "C", member COLLATE "C"
"""
_REJECTED = """
    SELECT r.line, r.member, coalesce(r.reason, x.reason, %s), r.raw
    FROM opening_row r
    LEFT JOIN opening_refused x USING (member, unit)
    LEFT JOIN opening_usable u USING (member, unit)
    WHERE u.member IS NULL OR x.member IS NOT NULL
    ORDER BY r.line
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """All that the file says of one member in one unit: a lot for each last day."""

    member: str
    unit: str
    lots: tuple[OpeningLot, ...]
    qualifying: int


class StagedOpenings:
    """The rows of one file in temporary tables of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.count = 0
        session.execute(_TABLES)

    def fill(self, reader: OpeningReader, watch: Callable[[], None]) -> None:
        """Read the whole file."""
        with self._session.copy("opening_row") as copy:
            for row in reader.read():
                copy.write(_line(row))
                if reader.rows % ROWS_A_REPORT == 0:
                    watch()
        self._session.execute(_USABLE)
        self.count = self._session.rows("SELECT count(*) FROM opening_usable")[0][0]

    def balances(self) -> Iterator[Opening]:
        """What can be brought, in the order of units and members."""
        for unit, member, qualifying, points, days in self._session.stream(_BALANCES):
            lots = (OpeningLot(int(part), day) for part, day in zip(points, days, strict=True) if part)
            yield Opening(member, unit, tuple(lots), int(qualifying))

    def refuse(self, opening: Opening, reason: str) -> None:
        """The engine refused a balance."""
        self._session.execute("INSERT INTO opening_refused VALUES (%s, %s, %s)", [opening.member, opening.unit, reason])

    def write_rejects(self, path: Path, heading: list[str]) -> int:
        """Write the rows that brought nothing, in the file's order; answers how many. Without any, there is no file."""
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        another = _("another row of this member cannot be used")
        rows = 0
        try:
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                out = csv.writer(file, lineterminator="\r\n")
                out.writerow(OWN_HEADINGS + [guarded(name) for name in heading])
                for line, member, reason, raw in self._session.stream(_REJECTED, [another]):
                    out.writerow([line, guarded(member), reason, *map(guarded, raw.split(PARTS_OF_RAW))])
                    rows += 1
            if rows:
                draft.replace(path)
            else:
                path.unlink(missing_ok=True)  # of an earlier run
        finally:
            draft.unlink(missing_ok=True)
        return rows


def _line(row: OpeningRow) -> str:
    cells = (
        str(row.line),
        copied.text(row.member),
        copied.text(row.unit),
        str(row.points),
        copied.day(row.expires_on),
        str(row.qualifying),
        copied.NULL if row.reason is None else _kept(row.reason),
        _kept(PARTS_OF_RAW.join(row.written)),
    )
    return "\t".join(cells) + "\n"


def _kept(said: str) -> str:
    """A text as it stands in the file, but for what no database can keep."""
    return copied.text(said.replace("\0", "\ufffd"))
