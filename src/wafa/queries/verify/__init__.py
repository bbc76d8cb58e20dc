"""Verifying the books: everything that can be derived from the entries is derived again, and compared.

`verify` changes nothing and believes nothing: projections, awards, lots, tiers, counters and the documents' own content
are worked out anew from what is append-only, in bounded memory, and each difference is named.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, transaction

from wafa.queries.verify.budgets import check_budgets
from wafa.queries.verify.counted import check_counted
from wafa.queries.verify.documents import check_documents
from wafa.queries.verify.events import check_events
from wafa.queries.verify.findings import Check, Difference
from wafa.queries.verify.kinship import check_kinship
from wafa.queries.verify.ledger import check_ledger
from wafa.queries.verify.links import Links, load_links
from wafa.queries.verify.movements import check_movements
from wafa.queries.verify.references import check_references
from wafa.queries.verify.replay import check_replay
from wafa.store.models import Merchant

__all__ = ["Check", "Difference", "verify"]


def verify(merchant: Merchant) -> Iterator[Check]:
    """Every check, one after another: what it is about, how much it looked at, what it found.

    Tables are compared, documents hashed again, and the history lived through again, all at the same time: on three
    connections that see the books as of one moment. Inside a transaction of the caller's, one after the other.
    """
    if connection.in_atomic_block:
        with _one_moment():
            links = load_links(merchant)
            yield from _compared(merchant, links)
            yield from check_documents(merchant)
            yield from check_replay(merchant, links)
        return
    with ThreadPoolExecutor(2) as others, _one_moment() as moment:
        links = load_links(merchant)
        compared = others.submit(_at, moment, lambda: _compared(merchant, links))
        hashed = others.submit(_at, moment, lambda: check_documents(merchant))
        lived_through = list(check_replay(merchant, links))
        yield from compared.result()
        yield from hashed.result()
        yield from lived_through


def _compared(merchant: Merchant, links: Links) -> Iterator[Check]:
    """Tables against each other, by the database."""
    yield from check_references(merchant)
    yield from check_kinship(merchant, links)
    yield from check_counted(merchant, links)
    yield from check_events(merchant)
    yield from check_ledger(merchant)
    yield check_budgets(merchant)
    yield from check_movements(merchant, links)


def _at(moment: str, checks: Callable[[], Iterator[Check]]) -> list[Check]:
    """Some of them, on a connection of its own, as of the moment that another one sees."""
    try:
        with _one_moment(moment):
            return list(checks())
    finally:
        connection.close()


@contextmanager
def _one_moment(moment: str = "") -> Iterator[str]:
    """All checks see the books as they stand at one moment, while tills go on; answers the name of that moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if moment:
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [moment])
        # Whole tables are compared. To join them row by row would be the slow way, and the one that a planner without
        # statistics may choose.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SET LOCAL work_mem = '32MB'")
        if outermost:
            cursor.execute("SELECT pg_export_snapshot()")
            moment = cursor.fetchone()[0]
        yield moment
