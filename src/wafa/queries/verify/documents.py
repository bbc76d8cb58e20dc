"""Documents against their own content: what each row says, hashed again, is what the source sent."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from wafa.core.commands import (
    CancelReturn,
    DocumentCommand,
    Line,
    Payment,
    RecordExchange,
    RecordPurchase,
    RecordReturn,
    VoidReceipt,
    content_hash,
)
from wafa.queries.verify.findings import Check
from wafa.store.models import Merchant

ROWS_A_FETCH = 500

_DOCUMENTS = """
    SELECT d.kind, d.source, d.period, d.number, d.content_hash, d.occurred_at, d.posted_at, d.currency,
           d.amount_minor, d.tax_minor, d.discount_minor, d.channel, d.tags, d.payments::json, b.code, d.member_number,
           r.source, r.period, r.number, d.withheld_minor,
           (SELECT json_agg(json_build_array(
                       l.is_returned, l.item, l.quantity_milli, l.amount_minor, l.tax_minor, l.discount_minor, l.tags,
                       l.unit_price_micro
                   ) ORDER BY l.position)
            FROM document_line l WHERE l.merchant_id = d.merchant_id AND l.document_id = d.id)
    FROM document d
    JOIN branch b ON b.merchant_id = d.merchant_id AND b.id = d.branch_id
    LEFT JOIN document_number r ON r.merchant_id = d.merchant_id AND r.id = d.receipt_id
    WHERE d.merchant_id = %s
"""


def check_documents(merchant: Merchant) -> Iterator[Check]:
    """One check: totals and content hashes of all documents, read as a stream."""
    check = Check("documents and their lines, against what the source sent")
    with connection.chunked_cursor() as cursor:
        cursor.execute(_DOCUMENTS, [merchant.id])
        while rows := cursor.fetchmany(ROWS_A_FETCH):
            for row in rows:
                check.looked_at += 1
                _check_one(check, row)
    yield check


def _check_one(check: Check, row: tuple[Any, ...]) -> None:
    kind, number, hashed, amount = row[0], row[3], bytes(row[4]), row[8]
    sold = tuple(_line(*line) for is_returned, *line in row[20] or () if not is_returned)
    back = tuple(_line(*line) for is_returned, *line in row[20] or () if is_returned)
    subject = f"{kind} {number}"
    came_in, went_out = (sum(line.amount_minor for line in lines) for lines in (sold, back))
    check.expect(subject, "amount", amount, came_in - went_out if kind == "exchange" else came_in + went_out)
    check.expect(subject, "content hash", hashed.hex(), content_hash(_command(row, sold, back)).hex())


def _command(row: tuple[Any, ...], sold: tuple[Line, ...], back: tuple[Line, ...]) -> DocumentCommand:
    kind, source, period, number, _, occurred_at, posted_at, currency = row[:8]
    _, tax_minor, discount_minor, channel, tags, payments, branch, member = row[8:16]
    common: dict[str, Any] = {
        "at": posted_at,
        "occurred_at": occurred_at,
        "source": source,
        "number": number,
        "branch": branch,
        "currency": currency,
        "member": member or None,
        "period": period,
        "channel": channel,
        "tags": tuple(tags),
        "payments": tuple(Payment(each["method"], each["amount_minor"]) for each in payments),
        "tax_minor": tax_minor,
        "discount_minor": discount_minor,
    }
    named, withheld = tuple(row[16:19]) if row[16] is not None else None, row[19]
    match kind:
        case "return":
            return RecordReturn(**common, lines=back, receipt=named, withheld_minor=withheld)
        case "exchange":
            return RecordExchange(**common, lines=sold, returned=back, receipt=named, withheld_minor=withheld)
        case "void":
            return VoidReceipt(**common, annulled=named or ("", "", ""), withheld_minor=withheld)
        case "cancel_return":
            return CancelReturn(**common, annulled=named or ("", "", ""))
    return RecordPurchase(**common, lines=sold)


def _line(
    item: str,
    quantity: int,
    amount: int,
    tax: int | None,
    discount: int | None,
    tags: list[str],
    price: int | None,
) -> Line:
    return Line(item, quantity, amount, "", tax, discount, tuple(tags), price)
