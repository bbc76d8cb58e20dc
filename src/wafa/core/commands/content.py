"""What makes two submissions the same: a hash of all that was said (law 4)."""

import hashlib
import json
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from uuid import UUID

from wafa.core.commands.documents import Annulment, DocumentCommand, Line, RecordExchange, RecordReturn, VoidReceipt
from wafa.core.commands.requests import Request


def content_hash(command: DocumentCommand) -> bytes:
    """SHA-256 of all that a source said of a document, but for its descriptions and when it is counted.

    Two submissions under one number are the same document exactly if their hashes are equal (law 4). A return that
    names its receipt is about that receipt, so who brings it is no part of its content.
    """
    content: list[object] = [type(command).__name__, *(getattr(command, name) for name in _CONTENT_FIELDS)]
    content.append(sorted(command.tags))
    receipt = command.receipt if isinstance(command, RecordReturn | RecordExchange) else None
    about_a_receipt = receipt is not None and not isinstance(command, RecordExchange)
    content += (receipt, None if about_a_receipt else command.member)
    content.append(command.occurred_at.astimezone(UTC).isoformat())
    content.append([(payment.method, payment.amount_minor) for payment in command.payments])
    content.append([_line_content(line) for line in command.lines])
    content += _further_content(command)
    return hashlib.sha256(_ENCODER.encode(content).encode()).digest()


def request_hash(request: Request) -> bytes:
    """SHA-256 of all that a request said, but for its key and its instant, and for what was shown as a proof."""
    said = {name: value for name, value in asdict(request).items() if name not in ("at", "key", "proof")}
    content = [type(request).__name__, said]
    return hashlib.sha256(_ENCODER.encode(content).encode()).digest()


def _further_content(command: DocumentCommand) -> list[object]:
    """What only some documents have; left out where it is not said, as it was before they had it."""
    further: list[object] = []
    if isinstance(command, RecordExchange):
        further.append([_line_content(line) for line in command.returned])
    if isinstance(command, Annulment):
        further.append(command.annulled)
    if isinstance(command, RecordReturn | RecordExchange | VoidReceipt) and command.withheld_minor:
        further.append(command.withheld_minor)
    return further


def _line_content(line: Line) -> tuple[object, ...]:
    figures = (line.item, line.quantity_milli, line.amount_minor)
    if line.unit_price_micro is not None:
        return (*figures, line.tax_minor, line.discount_minor, sorted(line.tags), line.unit_price_micro)
    if line.tax_minor is None and line.discount_minor is None and not line.tags:
        return figures
    return (*figures, line.tax_minor, line.discount_minor, sorted(line.tags))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not part of a request")


_SAID_OTHERWISE = {"at", "occurred_at", "member", "lines", "tags", "payments"}
_CONTENT_FIELDS = tuple(field.name for field in fields(DocumentCommand) if field.name not in _SAID_OTHERWISE)
_ENCODER = json.JSONEncoder(separators=(",", ":"), default=_plain)
