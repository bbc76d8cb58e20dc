"""Slips: what an entry says of itself, against what its postings moved and what its receipts were worth."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wafa.core.earning.reading import Award
from wafa.core.ledger import accounts
from wafa.queries.verify.findings import Check

Change = tuple[str, int, int]
"""A rule, and the points that it held before and after."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A posting, with the receipt of the lot that it names."""

    account: str
    lot: str | None
    lot_receipt: str | None
    receipt: str | None
    points: int


def legs_of(rows: Iterable[list[Any]] | None, receipt_of_lot: Mapping[str, str]) -> list[Leg]:
    """Postings as the database aggregates them: account, lot, receipt, points."""
    return [Leg(account, lot, receipt_of_lot.get(lot), receipt, points) for account, lot, receipt, points in rows or ()]


def check_accrual(check: Check, subject: str, slip: Mapping[str, Any], awards: list[Award], legs: list[Leg]) -> None:
    """Awards with their figures, and the points that went to debt or had lapsed."""
    worked_out = [award.as_json() for award in awards]
    check.expect(subject, "points on its slip", _points(slip.get("awards")), _points(worked_out))
    check.expect(subject, "figures on its slip", slip.get("awards"), worked_out)
    check.expect(subject, "debt paid by its slip", slip.get("debt_paid"), _sum(legs, accounts.DEBT))
    check.expect(subject, "points lapsed by its slip", slip.get("lapsed"), _sum(legs, accounts.EXPIRED))


def check_qualifying(check: Check, subject: str, legs: list[Leg], expected: Mapping[str, int]) -> None:
    """Points that count for the tier, by the receipt that they came from."""
    counted: Counter[str] = Counter()
    for leg in legs:
        if leg.account == accounts.QUALIFYING:
            counted[str(leg.receipt)] += leg.points
    worked_out = {receipt: points for receipt, points in expected.items() if points}
    check.expect(subject, "qualifying points by receipt", dict(counted), worked_out)


def check_clawback(
    check: Check,
    subject: str,
    slip: Mapping[str, Any],
    changes: Mapping[str, list[Change]],
    unmatched: list[dict[str, Any]],
    legs: list[Leg],
) -> None:
    """By receipt, what each award lost, and where the points came from; and what matched nothing."""
    told = {str(part.get("document")): part for part in slip.get("receipts") or ()}
    check.expect(subject, "receipts on its slip", sorted(told), sorted(changes))
    for receipt, lost in changes.items():
        part = told.get(receipt, {})
        awards = [
            (award.get("rule"), award.get("before"), award.get("after"), award.get("points"))
            for award in part.get("awards") or ()
        ]
        worked_out = [(rule, before, after, after - before) for rule, before, after in lost]
        check.expect(subject, f"what its slip took from receipt {part.get('number')}", awards, worked_out)
        taken = _taken(legs, receipt, sum(before - after for _, before, after in lost))
        check.expect(subject, f"where its slip took it, receipt {part.get('number')}", part.get("taken"), taken)
    check.expect(subject, "what matched nothing by its slip", slip.get("unmatched"), unmatched)


def check_expiry(check: Check, subject: str, slip: Mapping[str, Any], legs: list[Leg]) -> None:
    """Each lot that ran out, and how many points of it."""
    told = {str(lot.get("lot")): lot.get("points") for lot in slip.get("lots") or ()}
    check.expect(subject, "lots on its slip", told, {leg.lot: leg.points for leg in legs if leg.account == "expired"})


def _points(awards: Iterable[Mapping[str, Any]] | None) -> dict[str, int]:
    return {str(award.get("rule")): int(award.get("points") or 0) for award in awards or ()}


def _sum(legs: list[Leg], account: str) -> int:
    return sum(leg.points for leg in legs if leg.account == account)


def _taken(legs: list[Leg], receipt: str, lost: int) -> dict[str, int]:
    """What no posting took had expired already."""
    back = [leg for leg in legs if leg.account == accounts.CLAWED_BACK and leg.receipt == receipt]
    own = sum(leg.points for leg in back if leg.lot_receipt == receipt)
    debt = sum(leg.points for leg in back if leg.lot is None)
    other = sum(leg.points for leg in back) - own - debt
    return {"own_lot": own, "already_expired": lost - own - debt - other, "other_lots": other, "debt": debt}
