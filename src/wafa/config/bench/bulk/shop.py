"""A shop that has been open for a while: as many members and receipts as are asked for, its books in order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg

from wafa.config import database
from wafa.config.bench.bulk import rows
from wafa.jobs.demo.merchant import BRANCH, PROGRAMME, ensure_merchant
from wafa.operations.publish_programme import publish_programme
from wafa.operations.set_clock import set_clock
from wafa.store.models import Branch, Merchant

OPENING = datetime(2011, 1, 3, 9, tzinfo=UTC)
QUALIFICATION = {"measure": "points", "window": {"kind": "rolling_months", "months": 12}, "grace_days": 30}
"""What the demo's programme does not say: tiers can be lost."""

# JSON without spaces; of a receipt: number, member, instant, and each line's item and amount.
_CONTENT = (
    f'["RecordPurchase","bench","%s","{BRANCH[0]}","GBP","","",null,null,[],null,"%s","%s",[],'
    '[["%s",1000,%s],["%s",1000,%s],["%s",1000,%s]]]'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the shop is. Each member buys once in a round of so many days; the first time for so much more."""

    members: int
    receipts: int
    days_between: int = 12
    first_minor: int = 0


def open_shop(size: Size) -> Merchant:
    """Make it on an empty server; statistics are gathered, as they would have been by then."""
    merchant = ensure_merchant()
    programme = {**json.loads(PROGRAMME.read_text("utf-8")), "qualification": QUALIFICATION}
    version = publish_programme(merchant, programme, OPENING - timedelta(days=1))
    branch = Branch.objects.of(merchant).get(code=BRANCH[0])
    set_clock(merchant, OPENING)
    _fill(merchant, version.id, branch.id, size)
    return merchant


def _fill(merchant: Merchant, version_id: UUID, branch_id: UUID, size: Size) -> None:
    values = {
        "merchant": merchant.id,
        "version": version_id,
        "branch": branch_id,
        "currency": merchant.currency,
        "opening": OPENING,
        "members": size.members,
        "receipts": size.receipts,
        "days_between": size.days_between,
        "first_minor": size.first_minor,
        "tier": "silver" if size.first_minor else "bronze",
        "content": _CONTENT,
    }
    with psycopg.connect(database.owner_url(), cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("SET timezone = 'UTC'")
        connection.execute("SET work_mem = '256MB'")
        # The rows are as they should be, which `wafa verify` can tell; to have each checked would take far longer.
        connection.execute("SET session_replication_role = replica")
        connection.execute(rows.FUNCTIONS)
        for statement in (rows.RECEIPTS, *rows.TABLES):
            connection.execute(statement, values)
    with psycopg.connect(database.owner_url(), autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
