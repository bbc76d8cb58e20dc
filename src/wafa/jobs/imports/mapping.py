"""The mapping: which column of a shop's export means what. A small TOML file, see docs/reference/mapping.md."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings of the file's columns. Those that may be left out are None."""

    number: str
    time: tuple[str, ...]
    item: str
    quantity: str
    unit_price: str | None
    line_amount: str | None
    description: str | None = None
    member: str | None = None
    branch: str | None = None
    currency: str | None = None
    period: str | None = None
    channel: str | None = None
    receipt: str | None = None
    receipt_period: str | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """How a moment is written. Without a zone it is the merchant's."""

    formats: tuple[str, ...]
    zone: ZoneInfo | None
    calendar: str


@dataclass(frozen=True, slots=True)
class Figures:
    """How numbers are written, and what the amounts are counted in."""

    decimal_mark: str
    amounts_in: str
    currency: str | None


@dataclass(frozen=True, slots=True)
class Returns:
    """How a return is told from a purchase, and with which sign its quantities are written."""

    told_by: str
    prefix: str | None
    column: str | None
    values: tuple[str, ...]
    negative_quantities: bool


@dataclass(frozen=True, slots=True)
class Branches:
    """Where a branch's code comes from."""

    code_from_name: bool
    only: str | None
    open_unknown: bool


@dataclass(frozen=True, slots=True)
class Mapping:
    """All that is declared of a file before it is opened."""

    name: str
    source: str
    enrol_unknown_members: bool
    encoding: str | None
    delimiter: str
    sheet: str | None
    columns: Columns
    times: Times
    figures: Figures
    returns: Returns
    branches: Branches
