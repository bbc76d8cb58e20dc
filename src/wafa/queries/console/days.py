"""Points given, spent, taken back and run out, day by day.

The ledger's own sums, from the postings against the programme's accounts; stamps and money are no points. A
chain with millions of entries need not add them all up for every look at its overview: days that lie well
behind are kept in the cache together, and only the last two are read afresh. Nothing is posted into a day gone
by, since entries carry the merchant's clock; where that clock was set back, everything is read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Sum

from wafa.core.ledger.accounts import CLAWED_BACK, EXPIRED, ISSUED, REDEEMED
from wafa.core.ledger.entry import CANCELLATION
from wafa.core.ledger.wallet import POINTS
from wafa.store.models import Branch, Lot, Merchant

KEPT_SECONDS = 6 * 3600
SHAPE = 4
"""Of what is kept: raised when it changes, so that an upgrade does not meet what the version before it kept."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What moved in some span of time. `redeemed` is less what was cancelled; below zero where more was."""

    accrued: int = 0
    redeemed: int = 0
    clawed_back: int = 0
    expired: int = 0

    def __add__(self, other: Flow) -> Flow:
        return Flow(
            self.accrued + other.accrued,
            self.redeemed + other.redeemed,
            self.clawed_back + other.clawed_back,
            self.expired + other.expired,
        )


Days = dict[date, Flow]


def days(merchant: Merchant, branch: Branch | None, lapsed: Days) -> Days:
    """Every day on which something moved, in their order.

    Of a branch: the points of the receipts it issued, and those of any branch that were redeemed at its tills.
    """
    today = merchant.now().astimezone(merchant.zone).date()
    until, settled = _settled(merchant, branch, today - timedelta(days=1))
    found = {**settled, **_read(merchant, branch, until, None)}
    for day, flow in lapsed.items():
        found[day] = found.get(day, Flow()) + flow
    return dict(sorted(found.items()))


def _settled(merchant: Merchant, branch: Branch | None, settled_until: date) -> tuple[date, Days]:
    """The days that lie behind, and the first that is not among them."""
    key = f"console:days:{SHAPE}:{merchant.id}:{branch.id if branch else ''}:{merchant.time_zone}"
    kept: tuple[date, dict[date, tuple[int, ...]]] | None = cache.get(key)
    if kept is not None and kept[0] <= settled_until:
        return kept[0], {day: Flow(*points) for day, points in kept[1].items()}
    read = _read(merchant, branch, None, settled_until)
    plain = {day: astuple(flow) for day, flow in read.items()}
    cache.set(key, (settled_until, plain), KEPT_SECONDS)
    return settled_until, read


def lapsed(merchant: Merchant, branch: Branch | None = None) -> Days:
    """What has run out and waits for the job that says so: gone from the day after its last on (law 3)."""
    today = merchant.now().astimezone(merchant.zone).date()
    lots = Lot.objects.of(merchant).filter(wallet__unit=POINTS, remaining__gt=0, expires_on__lt=today)
    if branch:
        lots = lots.filter(issuing_branch_id=branch.id)
    by_day = lots.order_by().values("expires_on").annotate(points=Sum("remaining"))
    rows = by_day.values_list("expires_on", "points")
    return {last + timedelta(days=1): Flow(expired=points) for last, points in rows if last}


def total(flows: Iterable[Flow]) -> Flow:
    """All of them together."""
    return sum(flows, Flow())


def _read(merchant: Merchant, branch: Branch | None, first: date | None, before: date | None) -> Days:
    """Days from `first` on and before `before`, either of them open."""
    sql = _OF_BRANCH if branch else _OF_MERCHANT
    parameters: dict[str, Any] = {
        "zone": merchant.time_zone,
        "merchant": merchant.id,
        "branch": branch.id if branch else None,
        "first": _begins(first, merchant) if first else datetime.min,  # noqa: DTZ901
        "before": _begins(before, merchant) if before else datetime.max,  # noqa: DTZ901
        "unit": POINTS,
        "accounts": [ISSUED, REDEEMED, CLAWED_BACK, EXPIRED],
        "redeemed": REDEEMED,
        "cancellation": CANCELLATION,
    }
    flows: Days = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for day, account, points in cursor.fetchall():
            flows[day] = flows.get(day, Flow()) + _flow(account, points)
    return flows


def _flow(account: str, points: int) -> Flow:
    """What went into an account; points are issued out of theirs."""
    if account == ISSUED:
        return Flow(accrued=-points)
    return Flow(**{_NAMES[account]: points})


_NAMES = {REDEEMED: "redeemed", CLAWED_BACK: "clawed_back", EXPIRED: "expired"}


def _begins(day: date, merchant: Merchant) -> datetime:
    return datetime.combine(day, time.min, merchant.zone)


_OF_MERCHANT = """
    SELECT (entry.posted_at AT TIME ZONE %(zone)s)::date AS day, posting.account, sum(posting.points)::bigint
    FROM entry
    JOIN wallet ON wallet.merchant_id = entry.merchant_id AND wallet.id = entry.wallet_id AND wallet.unit = %(unit)s
    JOIN posting ON posting.merchant_id = entry.merchant_id AND posting.entry_id = entry.id
    WHERE entry.merchant_id = %(merchant)s AND posting.merchant_id = %(merchant)s
        AND posting.account = ANY(%(accounts)s)
        AND entry.posted_at >= %(first)s AND entry.posted_at < %(before)s
    GROUP BY 1, 2
"""

# Points issued and taken back carry their receipt, and the receipt its branch; what expires carries its lot. What is
# redeemed is the till's, and what is cancelled that of the till at which it had been redeemed, as in the roll-forward.
_OF_BRANCH = """
    SELECT (entry.posted_at AT TIME ZONE %(zone)s)::date AS day, posting.account, sum(posting.points)::bigint
    FROM entry
    JOIN wallet ON wallet.merchant_id = entry.merchant_id AND wallet.id = entry.wallet_id AND wallet.unit = %(unit)s
    JOIN posting ON posting.merchant_id = entry.merchant_id AND posting.entry_id = entry.id
    LEFT JOIN document ON document.merchant_id = %(merchant)s AND document.id = posting.document_id
    LEFT JOIN lot ON lot.merchant_id = %(merchant)s AND lot.id = posting.lot_id
    LEFT JOIN entry answered ON answered.merchant_id = %(merchant)s AND answered.id = entry.of_id
        AND entry.kind = %(cancellation)s
    WHERE entry.merchant_id = %(merchant)s AND posting.merchant_id = %(merchant)s
        AND posting.account = ANY(%(accounts)s)
        AND CASE WHEN posting.account = %(redeemed)s
            THEN coalesce(answered.redeeming_branch_id, entry.redeeming_branch_id)
            ELSE coalesce(document.branch_id, lot.issuing_branch_id) END = %(branch)s
        AND entry.posted_at >= %(first)s AND entry.posted_at < %(before)s
    GROUP BY 1, 2
"""
