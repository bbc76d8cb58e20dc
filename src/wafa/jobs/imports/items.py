"""The catalogue out of a file: items with their category, brand, supplier and tags. All of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.cells import Row, folded, text
from wafa.jobs.imports.opening import open_plain
from wafa.jobs.imports.table_file import TableFile, UnreadableRow
from wafa.operations.keep_catalogue import CategoryCircleError, CategoryRow, ItemRow, upsert_categories, upsert_items
from wafa.store.models import Merchant
from wafa.wording.languages import isolated
from wafa.wording.normalise import clean_reference

REQUIRED = ["item"]
OPTIONAL = ["name", "category", "brand", "supplier", "tags"]
LONGEST = {"item": 60, "name": 200, "category": 60, "brand": 60, "supplier": 60, "tags": 60}
BELOW, AND = ">", ";"
"""What parts a category from the one in it, and a tag from the next."""
FAULTS_TOLD = 20
ITEMS_A_BATCH = 5000


@dataclass(slots=True)
class Catalogue:
    """What a file says: items, and of each category the one that it lies in (None: not said). `faults` by line."""

    items: dict[str, ItemRow] = field(default_factory=dict)
    categories: dict[str, str | None] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)


def import_items(merchant: Merchant, path: Path, encoding: str | None = None) -> Catalogue:
    """Make and bring up to date what the file names; what it does not name stays as it is.

    Raises UsageError, with nothing changed, where a row cannot be used: the first of them are told, each with its line.
    """
    with closing(open_plain(path, encoding)) as table:
        catalogue = read_catalogue(table)
    if catalogue.faults:
        raise UsageError(_faults(path, catalogue.faults))
    with transaction.atomic():
        try:
            categories = [CategoryRow(code, code, parent) for code, parent in catalogue.categories.items()]
            upsert_categories(merchant.id, categories)
        except CategoryCircleError as error:
            message = _("These categories would lie in themselves: {codes}.")
            raise UsageError(message.format(codes=", ".join(error.codes))) from error
        items = list(catalogue.items.values())
        for first in range(0, len(items), ITEMS_A_BATCH):
            upsert_items(merchant.id, items[first : first + ITEMS_A_BATCH])
    return catalogue


def read_catalogue(table: TableFile) -> Catalogue:
    """Every row of the file. Of an item that stands there twice, the last row holds."""
    there = {folded(name) for name in table.heading}
    columns = REQUIRED + [column for column in OPTIONAL if column in there]
    table.check_columns(columns)
    places = {column: table.place_of(column) for column in columns}
    catalogue = Catalogue()
    for line, row in table.rows():
        fault = _read(catalogue, table, places, row)
        if fault:
            catalogue.faults.append((line, fault))
    return catalogue


def _read(catalogue: Catalogue, table: TableFile, places: dict[str, int], row: Row) -> str:
    """Takes a row in; answers why it cannot be used, or nothing."""
    if isinstance(row, UnreadableRow):
        return row.reason
    if len(row) != len(table.heading):
        return _("it has not as many cells as the heading")
    cells = {column: clean_reference(text(row[place])) for column, place in places.items()}
    path = _parts(cells.get("category", ""), BELOW)
    tags = tuple(dict.fromkeys(_parts(cells.get("tags", ""), AND)))
    if not cells["item"]:
        return _("there is no item")
    for column, parts in (
        *((name, [cells.get(name, "")]) for name in ("item", "name", "brand", "supplier")),
        ("category", path),
        ("tags", tags),
    ):
        if any(len(part) > LONGEST[column] or "\0" in part for part in parts):
            message = _("{name} is longer than {most} characters")
            return message.format(name=isolated(column), most=LONGEST[column])
    for code in path[:1]:
        catalogue.categories.setdefault(code, None)
    for parent, code in pairwise(path):
        known = catalogue.categories.get(code) or parent
        catalogue.categories[code] = known
        if known != parent:
            message = _("the category “{code}” lies in “{one}” here, and in “{other}” above")
            return message.format(code=isolated(code), one=isolated(parent), other=isolated(known))
    catalogue.items[cells["item"]] = ItemRow(
        cells["item"],
        cells.get("name", ""),
        path[-1] if path else "",
        cells.get("brand", ""),
        cells.get("supplier", ""),
        tags,
    )
    return ""


def _parts(cell: str, sign: str) -> list[str]:
    return [part for each in cell.split(sign) if (part := each.strip())]


def _faults(path: Path, faults: list[tuple[int, str]]) -> str:
    def told() -> Iterator[str]:
        yield _("{file} was not brought in:").format(file=path.name)
        for line, fault in faults[:FAULTS_TOLD]:
            yield _("line {line}: {fault}").format(line=line, fault=fault)
        if len(faults) > FAULTS_TOLD:
            yield _("… and {count} more.").format(count=len(faults) - FAULTS_TOLD)

    return "\n".join(told())
