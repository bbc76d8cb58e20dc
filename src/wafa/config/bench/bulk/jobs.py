"""What `wafa bench bulk` measures. Another kind of work is another line of KINDS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from wafa.config.bench.bulk.shop import OPENING, QUALIFICATION, Size
from wafa.operations.requalify_tiers import requalify_tiers
from wafa.operations.set_clock import set_clock
from wafa.operations.settle import settle_due
from wafa.queries.verify import verify
from wafa.store.models import Lot, Merchant

POSTINGS_A_RECEIPT = 4
SILVER_MINOR = 120_000
"""What silver takes in one receipt."""

Job = Callable[[], str]
"""Something that is measured; it answers what came of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How much there is to do."""

    lots: int
    members: int
    postings: int


@dataclass(frozen=True, slots=True)
class Kind:
    """Work on a shop of a size: what it counts, how many there are, and the jobs, one after another, by name."""

    counts: str
    number: Callable[[Asked], int]
    size: Callable[[Asked], Size]
    jobs: Callable[[Merchant], Iterator[tuple[str, Job]]]


def _expiry(merchant: Merchant) -> Iterator[tuple[str, Job]]:
    """All lots lapse on the same day."""
    set_clock(merchant, OPENING + timedelta(days=365))
    yield "all lots expire", lambda: f"{settle_due(merchant):,} points expired, {_open_lots(merchant):,} lots left"


def _requalify(merchant: Merchant) -> Iterator[tuple[str, Job]]:
    """Everybody became silver more than a year ago: grace begins, nothing changes, they fall."""
    day = OPENING + timedelta(days=400)
    days = QUALIFICATION["grace_days"]
    assert isinstance(days, int)
    for name, at in (("grace begins", day), ("nothing changes", day), ("tiers fall", day + timedelta(days=days))):
        set_clock(merchant, at)
        yield name, lambda: f"{requalify_tiers(merchant):,} entries"


def _verify(merchant: Merchant) -> Iterator[tuple[str, Job]]:
    yield "everything is worked out again", lambda: f"{differences(merchant):,} differences"


def differences(merchant: Merchant) -> int:
    """What `verify` finds, told as it comes."""
    found = 0
    for check in verify(merchant):
        found += check.found
        for difference in check.differences[:5]:
            print(f"  {check.name}: {difference}")
    return found


def _open_lots(merchant: Merchant) -> int:
    return Lot.objects.of(merchant).filter(remaining__gt=0).count()


KINDS = {
    "expiry": Kind(
        "lots", lambda asked: asked.lots, lambda asked: Size(members=asked.members, receipts=asked.lots), _expiry
    ),
    "requalify": Kind(
        "members",
        lambda asked: asked.members,
        lambda asked: Size(members=asked.members, receipts=2 * asked.members, first_minor=SILVER_MINOR),
        _requalify,
    ),
    "verify": Kind(
        "postings",
        lambda asked: asked.postings,
        lambda asked: Size(members=asked.members, receipts=asked.postings // POSTINGS_A_RECEIPT),
        _verify,
    ),
}
