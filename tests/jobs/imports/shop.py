"""The shop that the tests import into."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wafa.jobs.imports.mapping_file import load_mapping
from wafa.jobs.imports.progress import ImportSummary
from wafa.jobs.imports.run import import_receipts
from wafa.store.models import Document, DocumentLine, Entry, ImportRun, Member, Merchant, ProgrammeVersion, Wallet

HEADING = "Receipt,Time,Item,Name,Qty,Price,Card,Branch"
MAPPING = """
source = "till"
enrol_unknown_members = true

[columns]
number = "Receipt"
time = "Time"
item = "Item"
description = "Name"
quantity = "Qty"
unit_price = "Price"
member = "Card"
branch = "Branch"

[time]
formats = ["%Y-%m-%d %H:%M"]
zone = "Asia/Riyadh"

[returns]
told_by = "number_prefix"
prefix = "R"
quantities = "negative"

[branches]
open_unknown = true
"""

PROGRAMME = {
    "tiers": [{"code": "bronze", "from": 0, "name": {"en": "Bronze"}}],
    "expiry": {"kind": "months", "months": 1},
    "rules": [
        {"kind": "per_amount", "code": "base", "name": {"en": "Base"}, "points": 1, "per_minor": 100}
        | {"qualifying": True},
    ],
}


@dataclass
class Shop:
    """One merchant, and a folder for files."""

    merchant: Merchant
    folder: Path
    rejects: Path = field(init=False)

    def __post_init__(self) -> None:
        self.rejects = self.folder / "rejects.csv"

    def file(self, *rows: str, name: str = "till.csv", heading: str = HEADING, encoding: str = "utf-8") -> Path:
        """A CSV of these rows."""
        path = self.folder / name
        path.write_text("\n".join([heading, *rows]) + "\n", encoding)
        return path

    def take(self, *rows: str | Path, mapping: Path | None = None, **options: Any) -> ImportSummary:
        """Import a file, or a CSV of these rows."""
        first = rows[0] if rows else ""
        path = first if isinstance(first, Path) else self.file(*map(str, rows))
        if mapping is None:
            mapping = self.folder / "shop.toml"
            mapping.write_text(MAPPING, "utf-8")
        options = {"replay": False, "rejects": self.rejects} | options
        self.merchant.refresh_from_db()
        return import_receipts(self.merchant, path, load_mapping(str(mapping)), **options)

    def rejected(self) -> list[tuple[int, str]]:
        """Line and reason of what is in the rejects file."""
        return [(int(row["line"]), row["reason"]) for row in self.rejected_rows()]

    def rejected_rows(self) -> list[dict[str, str]]:
        """The rows of the rejects file."""
        if not self.rejects.exists():
            return []
        with self.rejects.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def documents(self) -> list[str]:
        """Numbers of all documents that count, in order."""
        return sorted(Document.objects.of(self.merchant).values_list("number", flat=True))

    def document(self, number: str) -> Document:
        """One document."""
        return Document.objects.of(self.merchant).get(number=number)

    def lines(self, number: str) -> list[tuple[str, int, int]]:
        """Item, thousandths and minor units of each line."""
        lines = DocumentLine.objects.of(self.merchant).filter(document_id=self.document(number).id)
        return list(lines.order_by("position").values_list("item", "quantity_milli", "amount_minor"))

    def points(self, member: str) -> int:
        """Points that a member can spend."""
        return self.wallet(member).available

    def wallet(self, member: str) -> Wallet:
        """A member's wallet."""
        found = Member.objects.of(self.merchant).get(number=member)
        return Wallet.objects.of(self.merchant).get(member_id=found.id)

    def entries(self) -> list[tuple[str, datetime, int]]:
        """Kind, time and points of all entries, in their order."""
        entries = Entry.objects.of(self.merchant).order_by("posted_at", "wallet_id", "sequence")
        return list(entries.values_list("kind", "posted_at", "points"))

    def has_nothing(self) -> bool:
        """Whether nothing at all was written for this merchant."""
        tables = (Document, Entry, Member, ImportRun)
        return not any(table.objects.of(self.merchant).exists() for table in tables)


def open_shop(folder: Path, clock_at: datetime | None, code: str = "shop") -> Shop:
    """A merchant in Riyadh that gives a point for each riyal, good for a month."""
    merchant = Merchant.objects.create(
        code=code, name_en="Shop", currency="SAR", time_zone="Asia/Riyadh", clock_at=clock_at
    )
    ProgrammeVersion(
        merchant=merchant, number=1, state="live", starts_at=datetime(2020, 1, 1, tzinfo=UTC), body=PROGRAMME
    ).save()
    return Shop(merchant, folder)
