"""Documents against their own content: what each row says, hashed again, is what the source sent."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
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
    SELECT d.kind, d.number, d.content_hash, d.amount_minor,
           -- The rest as one text, so that it is read at once.
           json_build_array(d.source, d.period, d.occurred_at, d.currency, d.tax_minor, d.discount_minor, d.channel,
           d.tags, d.payments, b.code, d.member_number, d.withheld_minor,
           CASE WHEN d.receipt_id IS NOT NULL THEN (
               SELECT json_build_array(r.source, r.period, r.number) FROM document_number r
               WHERE r.merchant_id = d.merchant_id AND r.id = d.receipt_id) END,
           (SELECT json_agg(json_build_array(
                       l.is_returned, l.item, l.quantity_milli, l.amount_minor, l.tax_minor, l.discount_minor, l.tags,
                       l.unit_price_micro
                   ) ORDER BY l.position)
            FROM document_line l WHERE l.merchant_id = d.merchant_id AND l.document_id = d.id))::text
    FROM document d
    JOIN branch b ON b.merchant_id = d.merchant_id AND b.id = d.branch_id
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


def _check_one(check: Check, row: tuple[str, str, bytes, int, str]) -> None:
    kind, number, hashed, amount, rest = row
    *facts, lines = orjson.loads(rest)
    sold = tuple(_line(*line) for is_returned, *line in lines or () if not is_returned)
    back = tuple(_line(*line) for is_returned, *line in lines or () if is_returned)
    stands = content_hash(_command(kind, number, facts, sold, back))
    came_in, went_out = (sum(line.amount_minor for line in lines) for lines in (sold, back))
    in_all = came_in - went_out if kind == "exchange" else came_in + went_out
    if (amount, bytes(hashed)) != (in_all, stands):
        check.expect(f"{kind} {number}", "amount", amount, in_all)
        check.expect(f"{kind} {number}", "content hash", bytes(hashed).hex(), stands.hex())


def _command(
    kind: str, number: str, facts: list[Any], sold: tuple[Line, ...], back: tuple[Line, ...]
) -> DocumentCommand:
    """As it came; but for when it was counted, which is no part of its content."""
    source, period, occurred_at, currency, tax_minor, discount_minor, channel = facts[:7]
    tags, payments, branch, member, withheld, receipt = facts[7:]
    happened = datetime.fromisoformat(occurred_at)
    common: dict[str, Any] = {
        "at": happened,
        "occurred_at": happened,
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
    named = tuple(receipt) if receipt else None
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
