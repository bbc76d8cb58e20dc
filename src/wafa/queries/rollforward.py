"""The roll-forward: how what members hold became what it is, month by month and branch by branch, from the postings.

Each posting belongs to the month in which its entry was posted, in the merchant's zone, and to the branch that issued
the points. What is held belongs to the branch of its lot, a debt to the branch of the receipt that is owed for, and
what became of points to the branch of the receipt (or lot) that it was about. Where one branch's points answer for
another's receipt, they go over from the one to the other: `covered`, which over all branches is nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.ledger import accounts
from wafa.core.ledger.wallet import POINTS
from wafa.queries.moment import one_moment
from wafa.store.models import Branch, Merchant

MOVEMENTS = {
    "accrued": accounts.ISSUED,
    "clawed_back": accounts.CLAWED_BACK,
    "redeemed": accounts.REDEEMED,
    "expired": accounts.EXPIRED,
    "adjusted": accounts.ADJUSTED,
    "transferred": accounts.TRANSFERRED,
    "brought": accounts.BROUGHT,
    "charged": accounts.CHARGED,
    "forfeited": accounts.FORFEITED,
    "forgiven": accounts.FORGIVEN,
    "withheld": accounts.WITHHELD,
}
"""What points came from or went to, by the programme's account."""
COVERED = "covered"
NO_BRANCH = ""
"""Of points that no branch issued: brought from an old programme, or given by hand."""


@dataclass(slots=True)
class Row:
    """What members held of one branch's points in one month: opening + all movements = closing.

    `movements` by the names of MOVEMENTS, and COVERED: below zero is what went. `redeemed_at` is the redeemed part by
    the code of the branch at which it was redeemed; a cancellation counts where the points had been redeemed.
    """

    month: date
    branch: str
    opening: int = 0
    closing: int = 0
    movements: Counter[str] = field(default_factory=Counter)
    redeemed_at: Counter[str] = field(default_factory=Counter)

    @property
    def says_something(self) -> bool:
        """Whether any of its figures is not 0."""
        return any((self.opening, self.closing, *self.movements.values(), *self.redeemed_at.values()))


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the roll-forward does not tie. `what` is one of GAPS; a branch or month where it is about one."""

    what: str
    told: int
    found: int
    branch: str | None = None
    month: date | None = None


GAPS = ("wallets", "debt", "lots", "movements")
"""The last closing against all wallets; what is owed; a branch's closing against its lots; a row's own sum."""


@dataclass(frozen=True, slots=True)
class Rollforward:
    """Rows by month, then branch; what all wallets hold now; and every gap between the two."""

    rows: list[Row]
    held_by_wallets: int
    gaps: list[Gap]


_POSTINGS = """
    WITH told AS (
        SELECT date_trunc('month', e.posted_at AT TIME ZONE %(zone)s)::date AS month, p.account,
               CASE WHEN p.account <> 'debt' THEN of_lot.issuing_branch_id END AS holding,
               CASE WHEN p.for_lot_id IS NOT NULL THEN for_lot.issuing_branch_id
                    WHEN p.lot_id IS NOT NULL THEN of_lot.issuing_branch_id
                    ELSE d.branch_id END AS about,
               CASE WHEN p.account = 'redeemed' THEN coalesce(answered.redeeming_branch_id, e.redeeming_branch_id)
               END AS redeeming,
               p.points
        FROM posting p
        JOIN entry e ON e.merchant_id = p.merchant_id AND e.id = p.entry_id
        JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id AND w.unit = %(unit)s
        LEFT JOIN lot of_lot ON of_lot.merchant_id = p.merchant_id AND of_lot.id = p.lot_id
        LEFT JOIN lot for_lot ON for_lot.merchant_id = p.merchant_id AND for_lot.id = p.for_lot_id
        LEFT JOIN document d ON d.merchant_id = p.merchant_id AND d.id = p.document_id
        LEFT JOIN entry answered ON answered.merchant_id = e.merchant_id AND answered.id = e.of_id
         AND e.kind = 'cancellation'
        WHERE p.merchant_id = %(merchant)s AND p.account NOT IN ('qualifying', 'qualified')
    )
    SELECT month, account, CASE WHEN account = 'debt' THEN about ELSE holding END, about, redeeming, sum(points)::bigint
    FROM told GROUP BY 1, 2, 3, 4, 5
"""
_WALLETS = """
    SELECT coalesce(sum(available + pending + held), 0)::bigint, coalesce(sum(debt), 0)::bigint
    FROM wallet WHERE merchant_id = %(merchant)s AND unit = %(unit)s
"""
_LOTS = """
    SELECT lot.issuing_branch_id, sum(lot.remaining + lot.held)::bigint
    FROM lot JOIN wallet w ON w.merchant_id = lot.merchant_id AND w.id = lot.wallet_id AND w.unit = %(unit)s
    WHERE lot.merchant_id = %(merchant)s AND lot.remaining + lot.held > 0
    GROUP BY 1
"""


def rollforward(
    merchant: Merchant, first: date | None = None, last: date | None = None, unit: str = POINTS
) -> Rollforward:
    """Every month from `first` to `last` (the months' first days), else from the first posting to the merchant's clock.

    All that was ever posted is added up in any case, so that it can be compared with what stands in the wallets and
    lots now: of what had lapsed by now and has not been booked, all three still speak.
    """
    asked: dict[str, Any] = {"merchant": merchant.id, "unit": unit, "zone": merchant.time_zone}
    with one_moment():
        codes: dict[UUID | None, str] = dict(Branch.objects.of(merchant).values_list("id", "code"))
        codes[None] = NO_BRANCH
        book = _Book()
        with connection.cursor() as cursor:
            # Whole tables are joined: row by row would be the slow way, and a planner without statistics may choose it.
            cursor.execute("SET LOCAL enable_nestloop = off")
            cursor.execute(_POSTINGS, asked)
            for month, account, holding, about, redeeming, points in cursor.fetchall():
                book.add(month, account, codes[holding], codes[about], codes[redeeming], points)
            cursor.execute(_WALLETS, asked)
            held, debt = cursor.fetchone()
            cursor.execute(_LOTS, asked)
            lots = {codes[branch]: points for branch, points in cursor.fetchall()}
    rows = list(book.rows(merchant.now().astimezone(merchant.zone).date().replace(day=1)))
    shown = [row for row in rows if (first or date.min) <= row.month <= (last or date.max) and row.says_something]
    return Rollforward(shown, held - debt, [*book.gaps_in(rows), *book.gaps_to(held, debt, lots)])


class _Book:
    """The postings, added up by month and branch."""

    def __init__(self) -> None:
        self._changes: Counter[tuple[date, str]] = Counter()
        self._movements: defaultdict[tuple[date, str], Counter[str]] = defaultdict(Counter)
        self._redeemed_at: defaultdict[tuple[date, str], Counter[str]] = defaultdict(Counter)
        self._debts: Counter[str] = Counter()

    def add(self, month: date, account: str, holding: str, about: str, redeeming: str, points: int) -> None:
        """A sum of postings."""
        if account not in accounts.OF_THE_WALLET:
            name = _NAMES[account]
            self._movements[month, about][name] -= points
            if account == accounts.REDEEMED:
                self._redeemed_at[month, about][redeeming] -= points
            return
        self._changes[month, holding] += points
        if account == accounts.DEBT:
            self._debts[holding] -= points
        if holding != about:
            self._movements[month, holding][COVERED] += points
            self._movements[month, about][COVERED] -= points

    def rows(self, until: date) -> Iterator[Row]:
        """A row for every month and branch, until a month at least."""
        keys = [*self._changes, *self._movements]
        branches = sorted({branch for _, branch in keys})
        standing: Counter[str] = Counter()
        for month in _months(keys, until):
            for branch in branches:
                key = (month, branch)
                opening = standing[branch]
                standing[branch] += self._changes[key]
                yield Row(month, branch, opening, standing[branch], self._movements[key], self._redeemed_at[key])

    def gaps_in(self, rows: list[Row]) -> Iterator[Gap]:
        """Where a row's movements do not lead from its opening to its closing."""
        for row in rows:
            led_to = row.opening + sum(row.movements.values())
            if led_to != row.closing:
                yield Gap("movements", led_to, row.closing, row.branch, row.month)

    def gaps_to(self, held: int, debt: int, lots: dict[str, int]) -> Iterator[Gap]:
        """Where what was posted is not what stands in the wallets, or in the lots of a branch."""
        closing: Counter[str] = Counter()
        for (_, branch), points in self._changes.items():
            closing[branch] += points
        if closing.total() != held - debt:
            yield Gap("wallets", closing.total(), held - debt)
        if self._debts.total() != debt:
            yield Gap("debt", self._debts.total(), debt)
        for branch in sorted({*closing, *lots}):
            found = lots.get(branch, 0) - self._debts[branch]
            if closing[branch] != found:
                yield Gap("lots", closing[branch], found, branch)


_NAMES = {account: name for name, account in MOVEMENTS.items()}


def _months(keys: list[tuple[date, str]], until: date) -> Iterator[date]:
    months = [month for month, _ in keys]
    if not months:
        return
    month = min(months)
    while month <= max(until, *months):
        yield month
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
