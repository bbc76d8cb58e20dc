"""What a door may ask of the core. A command carries its own instant `at`: when it is counted."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from uuid import UUID

DocumentKey = tuple[str, str, str]
"""(source, numbering period, number): unique for a merchant, for ever."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document. `amount_minor` is the whole line's, after discounts, tax included.

    `unit_price_micro`, in millionths of a minor unit, is given where the amount is quantity x price, rounded: then what
    is left after a return is worth quantity x price again. Without it, it is worth its share of the amount.
    """

    item: str
    quantity_milli: int
    amount_minor: int
    description: str = ""
    tax_minor: int | None = None
    discount_minor: int | None = None
    tags: tuple[str, ...] = ()
    unit_price_micro: int | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """One way the receipt was paid."""

    method: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCommand:
    """What a purchase and a return have in common.

    `branch` is the branch's code, `member` the member's number in the source; without one it is anonymous.
    """

    at: datetime
    occurred_at: datetime
    source: str
    number: str
    branch: str
    currency: str
    lines: tuple[Line, ...]
    member: str | None = None
    period: str = ""
    channel: str = ""
    tags: tuple[str, ...] = ()
    payments: tuple[Payment, ...] = ()
    tax_minor: int | None = None
    discount_minor: int | None = None

    @property
    def key(self) -> DocumentKey:
        """What makes the document itself and no other."""
        return (self.source, self.period, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPurchase(DocumentCommand):
    """Goods were sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturn(DocumentCommand):
    """Goods came back: `lines` say which. `receipt` names the purchase where the source knows it."""

    receipt: DocumentKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireLots:
    """What has passed its last day runs out: of the wallets named, or of all that were loaded."""

    at: datetime
    wallets: tuple[UUID, ...] | None = None


Command = RecordPurchase | RecordReturn | ExpireLots


def content_hash(command: DocumentCommand) -> bytes:
    """SHA-256 of all that a source said of a document, but for its descriptions and when it is counted.

    Two submissions under one number are the same document exactly if their hashes are equal (law 4). A return that
    names its receipt is about that receipt, so who brings it is no part of its content.
    """
    content: list[object] = [type(command).__name__, *(getattr(command, name) for name in _CONTENT_FIELDS)]
    content.append(sorted(command.tags))
    receipt = command.receipt if isinstance(command, RecordReturn) else None
    content += (receipt, None if receipt else command.member)
    content.append(command.occurred_at.astimezone(UTC).isoformat())
    content.append([(payment.method, payment.amount_minor) for payment in command.payments])
    content.append([_line_content(line) for line in command.lines])
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).digest()


def _line_content(line: Line) -> tuple[object, ...]:
    figures = (line.item, line.quantity_milli, line.amount_minor)
    if line.unit_price_micro is not None:
        return (*figures, line.tax_minor, line.discount_minor, sorted(line.tags), line.unit_price_micro)
    if line.tax_minor is None and line.discount_minor is None and not line.tags:
        return figures
    return (*figures, line.tax_minor, line.discount_minor, sorted(line.tags))


_SAID_OTHERWISE = {"at", "occurred_at", "member", "lines", "tags", "payments"}
_CONTENT_FIELDS = tuple(field.name for field in fields(DocumentCommand) if field.name not in _SAID_OTHERWISE)
