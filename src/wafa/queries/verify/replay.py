"""Replaying every wallet, entry by entry: awards from the kept contexts, returns from the matches, tiers and counters.

Nothing that is compared is read for the comparison: the first awards, what a receipt still holds, the tier and the
counters are worked out anew from the entries, their contexts and the sold lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from wafa.core.earning.reading import Award, Facts
from wafa.core.ledger.wallet import SoldLine
from wafa.core.programme import Programme
from wafa.core.snapshot import Versions
from wafa.core.tiers.qualification import Tier, after_accrual, after_clawback
from wafa.queries.verify.findings import Check
from wafa.queries.verify.slips import (
    Change,
    Leg,
    check_accrual,
    check_clawback,
    check_expiry,
    check_qualifying,
    legs_of,
)
from wafa.store.models import Merchant
from wafa.store.programmes import load_versions

ROWS_A_FETCH = 200

# Each part looks up rows of one table by one key, so that it costs the same whatever the planner knows.
_ENTRIES = """
    SELECT e.wallet_id, m.number, w.tier, w.eligible_purchases, w.qualifying,
           e.sequence, e.kind, e.document_id, e.programme_version_id, e.explanation::json, e.context::json,
           e.tier_after, d.number, e.occurred_at, e.posted_at,
           CASE WHEN e.kind = 'accrual' THEN (
               SELECT json_agg(json_build_array(l.id, l.position, l.item, l.quantity_milli, l.amount_minor, 0,
                                                 l.unit_price_micro) ORDER BY l.position)
               FROM document_line l WHERE l.merchant_id = e.merchant_id AND l.document_id = e.document_id) END,
           CASE WHEN e.kind = 'accrual' THEN (
               SELECT json_agg(json_build_array(a.rule, a.qualifying, a.first_points, a.held_points, a.lot_id))
               FROM award a WHERE a.merchant_id = e.merchant_id AND a.document_id = e.document_id) END,
           CASE WHEN e.kind = 'accrual' THEN (
               SELECT json_object_agg(o.id, o.expires_on)
               FROM lot o WHERE o.merchant_id = e.merchant_id AND o.document_id = e.document_id) END,
           CASE WHEN e.kind = 'clawback' THEN (
               SELECT json_agg(json_build_array(r.item, r.quantity_milli, (
                          SELECT json_agg(json_build_array(x.sold_line_id, x.quantity_milli))
                          FROM return_match x WHERE x.merchant_id = r.merchant_id AND x.returned_line_id = r.id
                      )) ORDER BY r.position)
               FROM document_line r WHERE r.merchant_id = e.merchant_id AND r.document_id = e.document_id) END,
           (SELECT json_agg(json_build_array(p.account, p.lot_id, p.document_id, p.points))
            FROM posting p WHERE p.merchant_id = e.merchant_id AND p.entry_id = e.id)
    FROM entry e
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN document d ON d.merchant_id = e.merchant_id AND d.id = e.document_id
    WHERE e.merchant_id = %s
    ORDER BY e.wallet_id, e.sequence
"""


@dataclass(slots=True)
class _Receipt:
    """A purchase being replayed: its rules and facts, its lines, and its awards as their rows have them."""

    number: str
    programme: Programme | None
    facts: Facts | None
    lines: dict[str, SoldLine]
    stored: dict[str, list[Any]]
    first: dict[str, int] = field(default_factory=dict)
    holds: dict[str, int] = field(default_factory=dict)

    def evaluate(self) -> list[Award]:
        """The awards for what is left of it."""
        left = self._left()
        if not left or self.programme is None or self.facts is None:
            return []
        return self.programme.evaluate(self.facts, left)

    def is_eligible(self) -> bool:
        """Whether it still holds an eligible amount above zero."""
        return self.programme is not None and self.programme.eligible_minor(self._left()) > 0

    def _left(self) -> list[tuple[str, int, int]]:
        return [(line.item, line.left_milli, line.left_minor) for line in self.lines.values() if line.left_milli]


@dataclass(slots=True)
class _Wallet:
    """A wallet being replayed, and what its row says."""

    id: UUID
    member: str
    stored: tuple[str, int, int]
    tier: str = ""
    purchases: int = 0
    qualifying: int = 0
    receipts: dict[UUID, _Receipt] = field(default_factory=dict)
    receipt_of_line: dict[str, UUID] = field(default_factory=dict)
    receipt_of_lot: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Checks:
    """What the replay compares."""

    contexts: Check
    awards: Check
    slips: Check
    tiers: Check
    standing: Check


def check_replay(merchant: Merchant) -> Iterator[Check]:
    """Five checks in one pass over the entries, one wallet in memory at a time."""
    checks = _Checks(
        Check("facts kept with purchases, against the history before them"),
        Check("receipts evaluated again, against their awards"),
        Check("slips of entries, against awards, matches and postings"),
        Check("tiers after each entry"),
        Check("tier, qualifying points and counters of wallets"),
    )
    versions = load_versions(merchant.id)
    wallet: _Wallet | None = None
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ENTRIES, [merchant.id])
        while rows := cursor.fetchmany(ROWS_A_FETCH):
            for row in rows:
                if wallet is None or wallet.id != row[0]:
                    _finish(checks, wallet)
                    wallet = _Wallet(row[0], row[1], row[2:5])
                _replay(checks, versions, wallet, row[5:])
    _finish(checks, wallet)
    yield from (checks.contexts, checks.awards, checks.slips, checks.tiers, checks.standing)


def _replay(checks: _Checks, versions: Versions, wallet: _Wallet, row: tuple[Any, ...]) -> None:
    sequence, kind, document_id, version_id, slip, context, tier_after, number, occurred_at, posted_at = row[:10]
    lines, awards, lots, returned, postings = row[10:]
    lots = lots or {}
    wallet.receipt_of_line.update((line[0], document_id) for line in lines or ())
    wallet.receipt_of_lot.update((lot, str(document_id)) for lot in lots)
    legs = legs_of(postings, wallet.receipt_of_lot)
    programme = versions.find(version_id)
    in_force = versions.in_force(occurred_at if kind == "accrual" else posted_at)
    ladder = versions.ladder(posted_at)
    subject = f"entry {sequence} of member {wallet.member}"
    checks.slips.looked_at += 1
    if kind != "expiry":
        checks.slips.expect(subject, "programme version", version_id, in_force and in_force.id)
    if kind == "accrual":
        receipt = _Receipt(
            number=number,
            programme=programme,
            facts=Facts.from_json(context) if context else None,
            lines={line[0]: SoldLine(*line) for line in lines or ()},
            stored={award[0]: [*award[:4], lots.get(award[4])] for award in awards or ()},
        )
        wallet.receipts[document_id] = receipt
        _accrue(checks, wallet, receipt, document_id, slip, occurred_at, ladder, legs)
    elif kind == "clawback":
        _claw_back(checks, wallet, ladder, subject, slip, returned or (), legs)
    else:
        check_expiry(checks.slips, subject, slip, legs)
    checks.tiers.looked_at += 1
    checks.tiers.expect(subject, "tier afterwards", tier_after, wallet.tier)


def _accrue(
    checks: _Checks,
    wallet: _Wallet,
    receipt: _Receipt,
    document_id: UUID,
    slip: dict[str, Any],
    occurred_at: datetime,
    tiers: tuple[Tier, ...],
    legs: list[Leg],
) -> None:
    subject = f"receipt {receipt.number} of member {wallet.member}"
    awards = receipt.evaluate()
    receipt.first = {award.rule: award.points for award in awards}
    receipt.holds = dict(receipt.first)
    check_accrual(checks.slips, subject, slip, awards, legs)
    qualifying = _qualifying(receipt, receipt.first)
    check_qualifying(checks.slips, subject, legs, {str(document_id): qualifying})
    if receipt.programme is None or receipt.facts is None:
        return
    facts = receipt.facts
    checks.contexts.looked_at += 1
    checks.contexts.expect(subject, "kept tier", facts.tier, wallet.tier or tiers[0].code)
    checks.contexts.expect(subject, "kept number of earlier purchases", facts.earlier_purchases, wallet.purchases)
    # The merchant's time zone may have changed since, so the kept day need only be next to the instant's.
    if abs((facts.occurred_on - occurred_at.date()).days) > 1:
        checks.contexts.expect(subject, "kept day", facts.occurred_on, occurred_at.date())
    wallet.tier = wallet.tier or tiers[0].code
    wallet.purchases += receipt.is_eligible()
    wallet.qualifying += qualifying
    wallet.tier = after_accrual(tiers, wallet.tier, wallet.qualifying)
    expires_on = receipt.programme.expiry.last_day(facts.occurred_on)
    for award in receipt.stored.values():
        checks.awards.expect(
            subject, f"last day of the points of {award[0]}", award[4], expires_on and expires_on.isoformat()
        )


def _claw_back(
    checks: _Checks,
    wallet: _Wallet,
    tiers: tuple[Tier, ...],
    subject: str,
    slip: dict[str, Any],
    returned: Any,
    legs: list[Leg],
) -> None:
    before = wallet.qualifying
    touched, unmatched = _bring_back(wallet, returned)
    changes: dict[str, list[Change]] = {}
    qualifying: dict[str, int] = {}
    for document_id, was_eligible in touched.items():
        receipt = wallet.receipts[document_id]
        wallet.purchases -= was_eligible and not receipt.is_eligible()
        earned = {award.rule: award.points for award in receipt.evaluate()}
        held, receipt.holds = (
            receipt.holds,
            {rule: min(points, earned.get(rule, 0)) for rule, points in receipt.first.items()},
        )
        lost = _qualifying(receipt, held) - _qualifying(receipt, receipt.holds)
        wallet.qualifying -= lost
        if receipt.programme is not None:
            qualifying[str(document_id)] = -lost
            changes[str(document_id)] = [
                (rule, points, receipt.holds[rule]) for rule, points in held.items() if points != receipt.holds[rule]
            ]
    check_clawback(checks.slips, subject, slip, changes, unmatched, legs)
    check_qualifying(checks.slips, subject, legs, qualifying)
    if tiers:
        wallet.tier = wallet.tier or tiers[0].code
        wallet.tier = after_clawback(tiers, wallet.tier, before, wallet.qualifying)


def _bring_back(wallet: _Wallet, returned: Any) -> tuple[dict[UUID, bool], list[dict[str, Any]]]:
    """Put back what a return was matched to: by receipt, whether it had been eligible; and what matched nothing."""
    touched: dict[UUID, bool] = {}
    unmatched = []
    for item, quantity, matches in returned:
        left = quantity
        for line_id, found in matches or ():
            left -= found
            document_id = wallet.receipt_of_line.get(line_id)
            if document_id is None:
                continue  # Matched to somebody else's receipt: another check names it.
            receipt = wallet.receipts[document_id]
            if document_id not in touched:
                touched[document_id] = receipt.is_eligible()
            receipt.lines[line_id].returned_milli += found
        if left > 0:
            unmatched.append({"item": item, "quantity_milli": left})
    return touched, unmatched


def _qualifying(receipt: _Receipt, points: dict[str, int]) -> int:
    if receipt.programme is None:
        return 0
    codes = {rule.code for rule in receipt.programme.rules if rule.qualifying}
    return sum(points[rule] for rule in points if rule in codes)


def _finish(checks: _Checks, wallet: _Wallet | None) -> None:
    if wallet is None:
        return
    for receipt in wallet.receipts.values():
        subject = f"receipt {receipt.number} of member {wallet.member}"
        checks.awards.looked_at += 1
        if receipt.programme is not None:
            kinds = {rule.code: rule.qualifying for rule in receipt.programme.rules}
            qualify = {rule: award[1] for rule, award in receipt.stored.items()}
            checks.awards.expect(subject, "qualifying awards", qualify, {rule: kinds.get(rule) for rule in qualify})
        first = {rule: award[2] for rule, award in receipt.stored.items()}
        holds = {rule: award[3] for rule, award in receipt.stored.items()}
        checks.awards.expect(subject, "first points of its awards", first, receipt.first)
        checks.awards.expect(subject, "points that its awards hold", holds, receipt.holds)
    checks.standing.looked_at += 1
    subject = f"wallet of member {wallet.member}"
    tier, purchases, qualifying = wallet.stored
    checks.standing.expect(subject, "tier", tier, wallet.tier)
    checks.standing.expect(subject, "purchases that still hold an eligible amount", purchases, wallet.purchases)
    checks.standing.expect(subject, "qualifying", qualifying, wallet.qualifying)
