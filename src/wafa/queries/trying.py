"""What a programme would have given for the last receipts, beside what was given then. Writes nothing.

The receipts are taken as they were sold, and what was kept with them counts as it was: the day, the tier, how many
purchases there had been, and whatever else the rules of that time read. What this programme reads besides is looked up
as it is now (catalogue, branches, members), or worked out of the days before the receipt's (what was spent, how often,
how long ago). Caps and budgets count what these receipts would have given, and nothing before them.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.decide.facts import facts_of
from wafa.core.earning.facts import AT_BRANCH, LABELS
from wafa.core.earning.reading import Facts
from wafa.core.ledger.entry import CREDITING
from wafa.core.ledger.receipt import Receipt, Sale, SoldLine, share_out
from wafa.core.ledger.wallet import POINTS, Progress, Wallet
from wafa.core.programme import Programme
from wafa.core.snapshot import Snapshot
from wafa.store.loading.facts import load_facts, progress_needed
from wafa.store.loading.world import load_merchant
from wafa.store.models import Merchant


@dataclass(slots=True)
class RuleTried:
    """A rule: on how many receipts it would give how many points (of its `unit`), and what one of its code gave."""

    rule: str
    unit: str
    receipts: int = 0
    points: int = 0
    receipts_then: int = 0
    points_then: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """The receipts that were looked at, from the first day to the last; points given then, and by this programme."""

    receipts: int
    first_on: date | None
    last_on: date | None
    points_then: int
    points: int
    rules: tuple[RuleTried, ...]


@dataclass(slots=True)
class _Sold:
    """A receipt with what was kept with it."""

    receipt: Receipt
    kept: Facts
    gave: list[dict[str, Any]]
    purchases_at_branch: int = 0
    totals: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Member:
    """What is known of a member: progress by day, and what the receipts tried so far would have given."""

    days: list[date] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    capped: dict[tuple[str, date], int] = field(default_factory=dict)

    def before(self, day: date) -> dict[date, Progress]:
        """Progress of the days before."""
        end = bisect_left(self.days, day)
        return dict(zip(self.days[:end], self.progress[:end], strict=True))


def try_on_last(merchant: Merchant, programme: Programme, count: int = 1000) -> Tried:
    """By a programme such as a draft's; receipts of members alone, for others earn nothing."""
    snapshot = load_merchant(merchant.id)
    sold = _load_receipts(merchant.id, count, programme)
    _load_lines(merchant.id, sold)
    members = _load_members(merchant.id, snapshot, sold, programme)
    found = {rule.code: RuleTried(rule.code, rule.unit) for rule in programme.book.rules}
    points = points_then = 0
    for each in reversed(sold):  # the oldest first, as caps were used up
        for award in each.gave:
            points_then += award["points"]
            if award["rule"] in found:
                found[award["rule"]].receipts_then += 1
                found[award["rule"]].points_then += award["points"]
        points += _try(snapshot, each, members[each.receipt.member_id], programme, found)
    days = [each.kept.occurred_on for each in sold]
    return Tried(
        len(sold), min(days, default=None), max(days, default=None), points_then, points, tuple(found.values())
    )


def _try(snapshot: Snapshot, sold: _Sold, member: _Member, programme: Programme, found: dict[str, RuleTried]) -> int:
    """One receipt; its points."""
    receipt, kept = sold.receipt, sold.kept
    wallet = Wallet(
        receipt.id,
        receipt.member_id or receipt.id,
        eligible_purchases=kept.earlier_purchases,
        progress=member.before(kept.occurred_on),
        capped=member.capped,
    )
    wallet.count_at_branch(receipt.branch_id, sold.purchases_at_branch)
    facts = _as_kept(facts_of(snapshot, wallet, receipt, programme, kept.tier), kept)
    points = 0
    for award in programme.evaluate(facts, receipt.lines_left()):
        rule = found[award.rule]
        rule.receipts += 1
        rule.points += award.points
        wallet.count_capped(award.rule, kept.occurred_on, award.points)
        if award.rule in snapshot.budgets:
            snapshot.budgets[award.rule] -= award.points
        if award.unit == POINTS:
            points += award.points
    return points


def _as_kept(facts: Facts, kept: Facts) -> Facts:
    """What was kept counts as it was; labels are kept only as far as the rules of that time named them."""
    return replace(
        facts,
        occurred_on=kept.occurred_on,
        spent={per: kept.spent.get(per, minor) for per, minor in facts.spent.items()},
        more={name: found if name == LABELS else kept.more.get(name, found) for name, found in facts.more.items()},
    )


_RECEIPTS = """
    SELECT d.id, d.number, d.member_id, d.branch_id, b.code, d.occurred_at, d.channel, d.tags, d.payments::text,
           d.tax_minor, d.discount_minor, e.context::text, (e.explanation -> 'awards')::text
    FROM document d
    JOIN branch b ON b.merchant_id = d.merchant_id AND b.id = d.branch_id
    CROSS JOIN LATERAL (
        SELECT context, explanation FROM entry
        WHERE merchant_id = d.merchant_id AND document_id = d.id AND kind = ANY(%s)
        ORDER BY turn DESC LIMIT 1
    ) e
    WHERE d.merchant_id = %s AND d.kind IN ('purchase', 'exchange') AND d.member_id IS NOT NULL
      AND e.context IS NOT NULL
    ORDER BY d.occurred_at DESC, d.id DESC LIMIT %s
"""


def _load_receipts(merchant_id: UUID, count: int, programme: Programme) -> list[_Sold]:
    """The latest first, without their lines."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIPTS, [list(CREDITING), merchant_id, count])
        sold = [_receipt(*row) for row in cursor.fetchall()]
        if AT_BRANCH in programme.facts_read():
            cursor.execute(
                """
                SELECT asked.id, count(*) FROM (
                    SELECT %s::uuid AS merchant_id, unnest(%s::uuid[]) AS id, unnest(%s::uuid[]) AS member_id,
                           unnest(%s::uuid[]) AS branch_id, unnest(%s::timestamptz[]) AS occurred_at
                ) AS asked
                JOIN document d ON d.merchant_id = asked.merchant_id AND d.member_id = asked.member_id
                  AND d.branch_id = asked.branch_id AND d.occurred_at < asked.occurred_at
                WHERE d.kind IN ('purchase', 'exchange')
                GROUP BY asked.id
                """,
                [merchant_id, *_columns(sold)],
            )
            earlier = dict(cursor.fetchall())
            for each in sold:
                each.purchases_at_branch = earlier.get(each.receipt.id, 0)
    return sold


def _columns(sold: Sequence[_Sold]) -> tuple[list[UUID], list[UUID | None], list[UUID | None], list[datetime]]:
    receipts = [each.receipt for each in sold]
    return (
        [receipt.id for receipt in receipts],
        [receipt.member_id for receipt in receipts],
        [receipt.branch_id for receipt in receipts],
        [receipt.occurred_at for receipt in receipts],
    )


def _receipt(
    id: UUID, number: str, member_id: UUID, branch_id: UUID, branch: str, occurred_at: datetime, *more: Any
) -> _Sold:
    channel, tags, payments, tax_minor, discount_minor, context, awards = more
    paid = tuple((each["method"], each["amount_minor"]) for each in json.loads(payments))
    receipt = Receipt(
        id=id,
        number=number,
        member_id=member_id,
        occurred_at=occurred_at,
        sequence=0,
        version_id=None,
        context=None,
        lines=[],
        awards=[],
        branch_id=branch_id,
        sale=Sale(branch, channel, tuple(tags), paid),
    )
    gave = [award for award in json.loads(awards or "[]") if award.get("unit", POINTS) == POINTS]
    totals = (tax_minor or 0, discount_minor or 0)
    return _Sold(receipt, Facts.from_json(json.loads(context)), gave, totals=totals)


def _load_lines(merchant_id: UUID, sold: Sequence[_Sold]) -> None:
    """As they were sold."""
    by_id = {each.receipt.id: each.receipt for each in sold}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.document_id, l.position, l.item, l.quantity_milli, l.amount_minor, l.unit_price_micro,
                   coalesce(l.tax_minor, 0), coalesce(l.discount_minor, 0), l.tags
            FROM (SELECT %s::uuid AS merchant_id, unnest(%s::uuid[]) AS id) AS asked
            JOIN document_line l ON l.merchant_id = asked.merchant_id AND l.document_id = asked.id
            WHERE NOT l.is_returned
            ORDER BY l.document_id, l.position
            """,
            [merchant_id, list(by_id)],
        )
        for document_id, position, item, quantity, amount, price, tax, discount, tags in cursor.fetchall():
            line = SoldLine("", position, item, quantity, amount, 0, price, bool(discount), tax, discount, tuple(tags))
            by_id[document_id].lines.append(line)
    for each in sold:
        if any(each.totals):
            share_out(each.receipt.lines, *each.totals)


def _load_members(
    merchant_id: UUID, snapshot: Snapshot, sold: Sequence[_Sold], programme: Programme
) -> dict[UUID | None, _Member]:
    """Whose receipts they are, and whatever the programme reads of members, items and branches as they are now."""
    receipts = [each.receipt for each in sold]
    owners = {receipt.member_id for receipt in receipts if receipt.member_id}
    members: dict[UUID | None, _Member] = {member_id: _Member() for member_id in owners}
    snapshot.budgets = dict(programme.budgets())
    load_facts(
        merchant_id,
        snapshot,
        [programme],
        items={line.item for receipt in receipts for line in receipt.lines},
        branches={receipt.sale.branch for receipt in receipts},
        wallets=[Wallet(member_id, member_id) for member_id in owners],
    )
    since = min(progress_needed([programme], {each.kept.occurred_on for each in sold}), default=None)
    if since is None:
        return members
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.member_id, p.day, p.qualifying, p.spend_minor, p.visits
            FROM (SELECT %s::uuid AS merchant_id, unnest(%s::uuid[]) AS member_id) AS asked
            JOIN wallet w ON w.merchant_id = asked.merchant_id AND w.member_id = asked.member_id AND w.unit = 'points'
            JOIN progress p ON p.merchant_id = w.merchant_id AND p.wallet_id = w.id
            WHERE p.day >= %s
            ORDER BY w.member_id, p.day
            """,
            [merchant_id, list(owners), since],
        )
        for member_id, day, *counted in cursor.fetchall():
            members[member_id].days.append(day)
            members[member_id].progress.append(Progress(*counted))
    return members
