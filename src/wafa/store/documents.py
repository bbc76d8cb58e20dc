"""Documents on their way to the database, with their lines: append-only, one statement a table."""

from collections.abc import Iterator, Sequence

from wafa.core.commands import (
    CancelReturn,
    DocumentCommand,
    Line,
    RecordExchange,
    RecordPurchase,
    RecordReturn,
    VoidReceipt,
)
from wafa.core.outcomes import Document
from wafa.store.copies import Copies
from wafa.store.ids import new_key
from wafa.store.models import DocumentKind
from wafa.store.rows import as_json, flag, instant, optional, text, texts

KIND_OF: dict[type[DocumentCommand], str] = {
    RecordPurchase: DocumentKind.PURCHASE.value,
    RecordReturn: DocumentKind.RETURN.value,
    RecordExchange: DocumentKind.EXCHANGE.value,
    VoidReceipt: DocumentKind.VOID.value,
    CancelReturn: DocumentKind.CANCEL_RETURN.value,
}


def append_documents(copies: Copies, merchant: str, documents: Sequence[Document]) -> None:
    """Write documents and their lines; each sold line is told its id, by which returns will know it."""
    copies.append(
        "document",
        "merchant_id, id, kind, source, period, number, content_hash, member_id, member_number, named_member_id, "
        "anonymous_reason, branch_id, occurred_at, posted_at, currency, amount_minor, receipt_id, waited, "
        "tax_minor, discount_minor, withheld_minor, channel, tags, payments",
        (_document_row(merchant, document) for document in documents),
    )
    copies.append(
        "document_line",
        "merchant_id, document_id, member_id, id, is_returned, position, item, description, quantity_milli, "
        "amount_minor, tax_minor, discount_minor, tags, unit_price_micro, returned_milli",
        (row for document in documents for row in _line_rows(merchant, document)),
    )


def amount_minor(document: Document) -> int:
    """Of a sale or a return the sum of its lines; of an exchange what was sold, less what came back."""
    back = sum(line.amount_minor for line in document.came_back.values())
    if isinstance(document.command, RecordExchange):
        return sum(line.amount_minor for line in document.command.lines) - back
    return back if document.receipt is None else sum(line.amount_minor for line in document.command.lines)


def _document_row(merchant: str, document: Document) -> tuple[str, ...]:
    command: DocumentCommand = document.command
    payments = [{"method": each.method, "amount_minor": each.amount_minor} for each in command.payments]
    return (
        merchant,
        str(document.id),
        KIND_OF[type(command)],
        text(command.source),
        text(command.period),
        text(command.number),
        rf"\\x{document.content_hash.hex()}",
        optional(document.member_id),
        text(command.member or ""),
        optional(document.named_member_id),
        document.anonymous_reason,
        str(document.branch_id),
        instant(command.occurred_at),
        instant(command.at),
        command.currency,
        str(amount_minor(document)),
        optional(document.named_id),
        flag(document.waits),
        optional(command.tax_minor),
        optional(command.discount_minor),
        str(getattr(command, "withheld_minor", 0)),
        text(command.channel),
        texts(command.tags),
        as_json(payments) if payments else "[]",
    )


def _line_rows(merchant: str, document: Document) -> Iterator[str]:
    """A row a line, sold ones first, each with an id of its own.

    A line that came back in the batch in which it was sold: that projection is moved with the others.
    """
    head = f"{merchant}\t{document.id}\t{optional(document.member_id)}"
    position = 0
    if document.receipt:
        for line, sold in zip(document.command.lines, document.receipt.lines, strict=True):
            position += 1
            sold.id = new_key()
            yield f"{head}\t{sold.id}\tf\t{position}\t{_line(line)}"
    for id, line in document.came_back.items():
        position += 1
        yield f"{head}\t{id}\tt\t{position}\t{_line(line)}"


def _line(line: Line) -> str:
    return (
        f"{text(line.item)}\t{text(line.description)}\t{line.quantity_milli}\t{line.amount_minor}\t"
        f"{optional(line.tax_minor)}\t{optional(line.discount_minor)}\t{texts(line.tags)}\t"
        f"{optional(line.unit_price_micro)}\t0"
    )
