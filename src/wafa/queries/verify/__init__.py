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
    with _one_moment():
        yield from check_references(merchant)
        yield from check_kinship(merchant)
        yield from check_ledger(merchant)
        yield from check_documents(merchant)
        yield from check_replay(merchant)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All checks see the books as they stand at one moment, while tills go on. They read whole tables, so no row is
    looked up by itself: that would be a slow way wherever the planner has no statistics yet.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
