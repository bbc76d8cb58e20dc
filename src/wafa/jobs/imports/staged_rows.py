"""Rows of a file as lines for PostgreSQL's COPY: the one loop that runs for every row, so it does little.

Most rows repeat what a row before them said: the same receipt, the same quantity at the same price. What was
made of such cells is kept ready as text, and a row costs little more than looking that up. What rows say of
their document goes to a table of its own, once for many rows, which refer to it by a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from wafa.jobs.imports.cells import Cache, Cell, Row, text
from wafa.jobs.imports.facts import Facts, FactsReader
from wafa.jobs.imports.figures import FiguresReader
from wafa.jobs.imports.mapping import Mapping
from wafa.jobs.imports.table_file import TableFile, UnreadableRow
from wafa.wording.normalise import clean_reference

PARTS_OF_RAW = "\x1f"
ITEM_LENGTH_MAX = 60
DESCRIPTION_LENGTH_MAX = 200

_NULL = r"\N"
_UNSTORABLE = "\0"
_LINES_TOGETHER = 2_000
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", _UNSTORABLE: "�"})

_Facts = tuple[int, str | None, int, str | None]  # their number, kind, exponent of the currency, reason
_Ready = tuple[str, str | None]  # text for COPY, reason


class RowStager:
    """Turns the rows of one file into lines for COPY, and counts them."""

    def __init__(self, table: TableFile, mapping: Mapping, zone: ZoneInfo, currency: str) -> None:
        facts, columns = FactsReader(mapping, zone, currency), mapping.columns
        money = columns.unit_price or columns.line_amount or ""
        wanted = [*facts.columns, columns.item, columns.quantity, money, columns.description or columns.item]
        table.check_columns(list(dict.fromkeys(wanted)))
        self._table = table
        self._facts = facts
        self._figures = FiguresReader(mapping)
        self._cells_of_facts = itemgetter(*(table.place_of(column) for column in facts.columns))
        self._quantity, self._money = table.place_of(columns.quantity), table.place_of(money)
        self._item = table.place_of(columns.item)
        self._description = table.place_of(columns.description) if columns.description else None
        self._facts_count = 0
        self._new_facts: list[str] = []
        self.rows = 0

    def row_blocks(self) -> Iterator[bytes]:
        """Lines of the table of rows, a few thousand at a time."""
        facts_of: Cache[Any, _Facts] = Cache(self._facts_of)
        figures_of: Cache[Any, _Ready] = Cache(self._figures_of)
        item_of: Cache[Cell, _Ready] = Cache(_item_of)
        description_of: Cache[Cell, str] = Cache(_description_of)
        cells_of_facts, width = self._cells_of_facts, len(self._table.heading)
        quantity_at, money_at, item_at, description_at = self._quantity, self._money, self._item, self._description
        description = ""
        block: list[str] = []
        for line, row in self._table.rows():
            if len(block) == _LINES_TOGETHER:
                self.rows += len(block)
                yield "".join(block).encode()
                block.clear()
            if len(row) != width and (wrong := _wrong_width(row, width)):
                block.append(_unusable(line, row, wrong))
                continue
            try:
                raw = PARTS_OF_RAW.join(row)  # type: ignore[arg-type]
            except TypeError:  # a workbook's numbers and dates
                raw = PARTS_OF_RAW.join(map(text, row))
            if "\\" in raw or "\n" in raw or "\t" in raw or "\r" in raw or _UNSTORABLE in raw:
                if _UNSTORABLE in raw:
                    block.append(_unusable(line, row, _("it holds a character that no text has (NUL)")))
                    continue
                raw = raw.translate(_ESCAPES)
            facts, kind, exponent, reason = facts_of[cells_of_facts(row)]
            figures, wrong = figures_of[kind, exponent, row[quantity_at], row[money_at]]
            item, unusable = item_of[row[item_at]]
            if description_at is not None:
                description = description_of[row[description_at]]
            reason = reason or unusable or wrong or _NULL
            block.append(f"{line}\t{facts}\t{figures}\t{item}\t{description}\t{reason}\t{raw}\n")
        self.rows += len(block)
        yield "".join(block).encode()

    def take_facts(self) -> bytes:
        """Lines of the table of facts that the blocks since the last call refer to."""
        taken = "".join(self._new_facts).encode()
        self._new_facts.clear()
        return taken

    def _facts_of(self, cells: tuple[Cell, ...]) -> _Facts:
        facts = self._facts.read(cells)
        self._facts_count += 1
        self._new_facts.append(f"{self._facts_count}\t{_line_of_facts(facts)}\n")
        return self._facts_count, facts.kind, facts.exponent, facts.reason and escaped(facts.reason)

    def _figures_of(self, cells: tuple[str | None, int, Cell, Cell]) -> _Ready:
        figures = self._figures.read(cells)
        price = _NULL if figures.unit_price_micro is None else figures.unit_price_micro
        ready = f"{figures.kind}\t{figures.quantity_milli}\t{figures.amount_minor}\t{price}"
        return ready, figures.reason and escaped(figures.reason)


def escaped(value: str) -> str:
    """A text as COPY reads it."""
    return value.translate(_ESCAPES)


def _item_of(cell: Cell) -> _Ready:
    item = clean_reference(text(cell))
    if not item:
        return "", _("there is no item code")
    if len(item) > ITEM_LENGTH_MAX:
        return "", _("{name} is longer than {most} characters").format(name=_("the item code"), most=ITEM_LENGTH_MAX)
    return escaped(item), None


def _description_of(cell: Cell) -> str:
    return escaped(text(cell).strip()[:DESCRIPTION_LENGTH_MAX])


def _wrong_width(row: Row, width: int) -> str | None:
    """What is wrong with a row that has more or fewer cells than the heading; empty ones too many do no harm."""
    if isinstance(row, UnreadableRow):
        return row.reason
    if len(row) > width and not any(text(cell).strip() for cell in row[width:]):
        del row[width:]
        return None
    return _("it has {cells} cells, but the heading has {columns}").format(cells=len(row), columns=width)


def _unusable(line: int, row: Row, reason: str) -> str:
    raw = escaped(PARTS_OF_RAW.join(map(text, row)))
    nothing = "\t".join([_NULL] * 7)
    return f"{line}\t{nothing}\t{escaped(reason)}\t{raw}\n"


def _line_of_facts(facts: Facts) -> str:
    """In the order of the table of facts."""
    at = _NULL if facts.at is None else facts.at.isoformat()
    texts = [facts.member, facts.branch, facts.branch_name, facts.currency, facts.channel]
    texts += [facts.receipt_period, facts.receipt]
    usable = "f" if facts.reason else "t"
    return "\t".join([escaped(facts.period), escaped(facts.number) or _NULL, at, usable, *map(escaped, texts)])
