"""Verifying the books: everything that can be derived from the entries is derived again, and compared.

`verify` changes nothing and believes nothing: projections, awards, tiers, counters and the documents' own content are
worked out anew from what is append-only, in bounded memory, and each difference is named.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from wafa.queries.verify.documents import check_documents
from wafa.queries.verify.findings import Check, Difference
from wafa.queries.verify.kinship import check_kinship
from wafa.queries.verify.ledger import check_ledger
from wafa.queries.verify.references import check_references
from wafa.queries.verify.replay import check_replay
from wafa.store.models import Merchant

__all__ = ["Check", "Difference", "verify"]


def verify(merchant: Merchant) -> Iterator[Check]:
    """Every check, one after another: what it is about, how much it looked at, what it found."""
    with _one_moment(), connection.cursor() as cursor:
        # Whole tables are compared. To join them row by row would be the slow way, and the one that a planner without
        # statistics may choose.
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield from check_references(merchant)
        yield from check_kinship(merchant)
        yield from check_ledger(merchant)
        yield from check_documents(merchant)
        yield from check_replay(merchant)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All checks see the books as they stand at one moment, while tills go on."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
