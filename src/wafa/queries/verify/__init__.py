"""Verifying the books: everything that can be derived from the entries is derived again, and compared.

`verify` changes nothing and believes nothing: projections, awards, tiers, counters and the documents' own content are
worked out anew from what is append-only, in bounded memory, and each difference is named.
"""

from collections.abc import Iterator

from wafa.queries.verify.documents import check_documents
from wafa.queries.verify.findings import Check, Difference
from wafa.queries.verify.ledger import check_ledger
from wafa.queries.verify.replay import check_replay
from wafa.store.models import Merchant

__all__ = ["Check", "Difference", "verify"]


def verify(merchant: Merchant) -> Iterator[Check]:
    """Every check, one after another: what it is about, how much it looked at, what it found."""
    yield from check_ledger(merchant)
    yield from check_documents(merchant)
    yield from check_replay(merchant)
