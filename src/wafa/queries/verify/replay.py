"""Replaying every wallet, entry by entry: awards from the kept contexts, returns from the matches, tiers and counters.

Nothing that is compared is read for the comparison: the first awards, what a receipt still holds, the tier and the
counters are worked out anew from the entries, their contexts and the sold lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from wafa.core.earning.reading import Facts
from wafa.core.ledger.wallet import SoldLine
from wafa.core.programme import Programme
from wafa.core.snapshot import Versions
from wafa.core.tiers.qualification import after_accrual, after_clawback
from wafa.queries.verify.findings import Check
from wafa.store.models import Merchant
from wafa.store.programmes import load_versions

ROWS_A_FETCH = 200

_ENTRIES = """
    SELECT e.wallet_id, m.number, w.tier, w.eligible_purchases, w.qualifying,
           e.sequence, e.kind, e.document_id, e.programme_version_id, e.explanation::json, e.context::json,
           e.tier_after, d.number, d.occurred_at,
           CASE WHEN e.kind = 'accrual' THEN (
               SELECT json_agg(json_build_array(l.id, l.position, l.item, l.quantity_milli, l.amount_minor)
                               ORDER BY l.position)
               FROM document_line l WHERE l.merchant_id = e.merchant_id AND l.document_id = e.document_id) END,
           CASE WHEN e.kind = 'accrual' THEN (
               SELECT json_agg(json_build_array(a.rule, a.qualifying, a.first_points, a.held_points,
                                                 o.expires_on::text))
               FROM award a LEFT JOIN lot o ON o.merchant_id = a.merchant_id AND o.id = a.lot_id
               WHERE a.merchant_id = e.merchant_id AND a.document_id = e.document_id) END,
           CASE WHEN e.kind = 'clawback' THEN (
               SELECT json_agg(json_build_array(s.document_id, s.id, x.quantity_milli))
               FROM document_line r
               JOIN return_match x ON x.merchant_id = r.merchant_id AND x.returned_line_id = r.id
               JOIN document_line s ON s.merchant_id = x.merchant_id AND s.id = x.sold_line_id
               WHERE r.merchant_id = e.merchant_id AND r.document_id = e.document_id) END
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
    first: dict[str, int]
    holds: dict[str, int]

    def evaluate(self) -> dict[str, int]:
        """Points by rule for what is left of it."""
        left = self._left()
        if not left or self.programme is None or self.facts is None:
            return {}
        return {award.rule: award.points for award in self.programme.evaluate(self.facts, left)}

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


@dataclass(slots=True)
class _Checks:
    """What the replay compares."""

    contexts: Check
    awards: Check
    tiers: Check
    standing: Check


def check_replay(merchant: Merchant) -> Iterator[Check]:
    """Four checks in one pass over the entries, one wallet in memory at a time."""
    checks = _Checks(
        Check("facts kept with purchases, against the history before them"),
        Check("receipts evaluated again, against their slips and awards"),
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
    yield from (checks.contexts, checks.awards, checks.tiers, checks.standing)


def _replay(checks: _Checks, versions: Versions, wallet: _Wallet, row: tuple[Any, ...]) -> None:
    sequence, kind, document_id, version_id, explanation, context, tier_after, number, occurred_at = row[:9]
    lines, awards, matches = row[9:]
    programme = versions.by_id(version_id) if version_id else None
    if kind == "accrual":
        receipt = _Receipt(
            number=number,
            programme=programme,
            facts=Facts.from_json(context) if context else None,
            lines={line[0]: SoldLine(*line) for line in lines or ()},
            stored={award[0]: award for award in awards or ()},
            first={},
            holds={},
        )
        wallet.receipts[document_id] = receipt
        _accrue(checks, wallet, receipt, explanation, occurred_at)
    elif kind == "clawback":
        _claw_back(wallet, programme, matches or ())
    checks.tiers.looked_at += 1
    checks.tiers.expect(f"entry {sequence} of member {wallet.member}", "tier afterwards", tier_after, wallet.tier)


def _accrue(checks: _Checks, wallet: _Wallet, receipt: _Receipt, explanation: dict[str, Any], occurred_at: Any) -> None:
    subject = f"receipt {receipt.number} of member {wallet.member}"
    told = {award["rule"]: award["points"] for award in explanation["awards"]}
    receipt.first = receipt.evaluate()
    receipt.holds = dict(receipt.first)
    checks.awards.expect(subject, "points on its slip", told, receipt.first)
    if receipt.programme is None or receipt.facts is None:
        return
    facts, tiers = receipt.facts, receipt.programme.tiers
    checks.contexts.looked_at += 1
    checks.contexts.expect(subject, "kept tier", facts.tier, wallet.tier or tiers[0].code)
    checks.contexts.expect(subject, "kept number of earlier purchases", facts.earlier_purchases, wallet.purchases)
    # The merchant's time zone may have changed since, so the kept day need only be next to the instant's.
    if abs((facts.occurred_on - occurred_at.date()).days) > 1:
        checks.contexts.expect(subject, "kept day", facts.occurred_on, occurred_at.date())
    wallet.tier = wallet.tier or tiers[0].code
    wallet.purchases += receipt.is_eligible()
    wallet.qualifying += _qualifying(receipt, receipt.first)
    wallet.tier = after_accrual(tiers, wallet.tier, wallet.qualifying)
    expires_on = receipt.programme.expiry.last_day(facts.occurred_on)
    for award in receipt.stored.values():
        checks.awards.expect(
            subject, f"last day of the points of {award[0]}", award[4], expires_on and expires_on.isoformat()
        )


def _claw_back(wallet: _Wallet, in_force: Programme | None, matches: Any) -> None:
    before = wallet.qualifying
    touched: dict[UUID, bool] = {}
    for document_id, line_id, quantity in matches:
        receipt = wallet.receipts.get(UUID(document_id))
        if receipt is None:
            continue  # Matched to somebody else's receipt: another check names it.
        touched.setdefault(UUID(document_id), receipt.is_eligible())
        receipt.lines[line_id].returned_milli += quantity
    for document_id, was_eligible in touched.items():
        receipt = wallet.receipts[document_id]
        wallet.purchases -= was_eligible and not receipt.is_eligible()
        earned = receipt.evaluate()
        wallet.qualifying -= _qualifying(receipt, receipt.holds)
        receipt.holds = {rule: min(points, earned.get(rule, 0)) for rule, points in receipt.first.items()}
        wallet.qualifying += _qualifying(receipt, receipt.holds)
    if in_force:
        wallet.tier = wallet.tier or in_force.tiers[0].code
        wallet.tier = after_clawback(in_force.tiers, wallet.tier, before, wallet.qualifying)


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
