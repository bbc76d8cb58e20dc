"""Rows of a file of opening balances: strict, so that nobody's points are guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from wafa.core.ledger.wallet import POINTS
from wafa.core.refusals import Refusal
from wafa.core.values.money import LARGEST_POINTS
from wafa.jobs.imports.cells import Cell, Row, folded, number, text
from wafa.jobs.imports.table_file import TableFile, UnreadableRow
from wafa.jobs.imports.times import ISO, parse
from wafa.store.models import Merchant
from wafa.store.programmes import load_versions
from wafa.wording.normalise import clean_reference
from wafa.wording.refusals import refused

REQUIRED = ["member", "points", "expires_on"]
OPTIONAL = ["unit", "qualifying"]
MEMBER_LENGTH_MAX = 60


class UnusableRowError(Exception):
    """Why a row cannot be used, in words."""


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """What one row says. With a `reason` it cannot be used; member and unit are kept as far as they could be read."""

    line: int
    written: tuple[str, ...]
    member: str = ""
    unit: str = POINTS
    points: int = 0
    expires_on: date | None = None
    qualifying: int = 0
    reason: str | None = None


class OpeningReader:
    """Reads the rows of one file, and counts them."""

    def __init__(self, table: TableFile, merchant: Merchant, calendar: str) -> None:
        there = {folded(name) for name in table.heading}
        columns = REQUIRED + [column for column in OPTIONAL if column in there]
        table.check_columns(columns)
        self._table = table
        self._places = {column: table.place_of(column) for column in columns}
        self._rules = load_versions(merchant.id).rules(merchant.now())
        self._calendar = calendar
        self.rows = 0

    def read(self) -> Iterator[OpeningRow]:
        """Every row, in the file's order."""
        for line, row in self._table.rows():
            self.rows += 1
            yield self._read(line, row)

    def _read(self, line: int, row: Row) -> OpeningRow:
        written = tuple(text(cell) for cell in row)
        if isinstance(row, UnreadableRow):
            return OpeningRow(line, written, reason=row.reason)
        if len(row) != len(self._table.heading):
            return OpeningRow(line, written, reason=_("it has not as many cells as the heading"))
        cells = {column: row[place] for column, place in self._places.items()}
        member = clean_reference(text(cells["member"]))
        unit = clean_reference(text(cells.get("unit", ""))) or POINTS
        try:
            self._check(member, unit)
            points = _whole(cells["points"])
            qualifying = _whole(cells.get("qualifying", ""))
            if qualifying and unit != POINTS:
                raise UnusableRowError(_("what qualifies for a tier is counted in points alone"))
            if not points and not qualifying:
                raise UnusableRowError(_("there are no points"))
            expires_on = self._day(cells["expires_on"])
        except UnusableRowError as error:
            return OpeningRow(line, written, member[:MEMBER_LENGTH_MAX], unit, reason=str(error))
        return OpeningRow(line, written, member, unit, points, expires_on, qualifying)

    def _check(self, member: str, unit: str) -> None:
        if not member:
            raise UnusableRowError(_("there is no member"))
        if len(member) > MEMBER_LENGTH_MAX:
            message = _("{name} is longer than {most} characters")
            raise UnusableRowError(message.format(name=_("the member's number"), most=MEMBER_LENGTH_MAX))
        if self._rules.expiry_of(unit) is None:
            raise UnusableRowError(refused(Refusal.UNIT_UNKNOWN, {"unit": unit}))

    def _day(self, cell: Cell) -> date | None:
        """The last day; None where the cell is empty: the points never run out."""
        if isinstance(cell, date):
            return cell.date() if isinstance(cell, datetime) else cell
        written = clean_reference(text(cell))
        if not written:
            return None
        found = parse(written, ISO, self._calendar)
        if found is None or found.time() != time() or found.tzinfo:
            message = _("the day “{written}” cannot be read; it should look like “{example}”")
            raise UnusableRowError(message.format(written=written, example="2012-03-31"))
        return found.date()


def _whole(cell: Cell) -> int:
    """A whole number of points; an empty cell is none."""
    if not text(cell).strip():
        return 0
    found = number(cell, ".")
    if found is None or found != found.to_integral_value() or not 0 <= found <= LARGEST_POINTS:
        raise UnusableRowError(_("“{written}” is no whole number of points").format(written=text(cell)))
    return int(found)
