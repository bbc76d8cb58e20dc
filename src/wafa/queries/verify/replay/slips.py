"""Slips: what an entry says of itself, against what its postings moved and what its receipts were worth."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wafa.core.earning.reading import Award
from wafa.core.ledger import accounts
from wafa.core.ledger import entry as kinds
from wafa.queries.verify.findings import Check
from wafa.queries.verify.replay.reading import EntryRow, Leg


@dataclass(frozen=True, slots=True)
class Change:
    """What an award of a receipt held, and what it holds after the entry."""

    rule: str
    first: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Part:
    """What an entry took from a receipt, or gave back to it: award by award, and of points that had expired."""

    number: str
    changes: list[Change]
    answered: int

    @property
    def lost(self) -> int:
        """Points in all; below zero: gained."""
        return sum(change.before - change.after for change in self.changes)


def total(legs: Iterable[Leg], account: str) -> int:
    """Points into an account (below zero: out of it)."""
    return sum(leg.points for leg in legs if leg.account == account)


def check_accrual(check: Check, subject: str, entry: EntryRow, awards: list[Award], has_rules: bool) -> None:
    """Awards with their figures, and the points that went to debt or had lapsed."""
    slip, worked_out = entry.slip, [award.as_json() for award in awards]
    if slip.get("awards") != worked_out:
        check.expect(subject, "points on its slip", _points(slip.get("awards")), _points(worked_out))
        check.expect(subject, "figures on its slip", slip.get("awards"), worked_out)
    check.expect(subject, "debt paid by its slip", slip.get("debt_paid"), total(entry.legs, accounts.DEBT))
    check.expect(subject, "points lapsed by its slip", slip.get("lapsed"), total(entry.legs, accounts.EXPIRED))
    check.expect(subject, "reason on its slip", slip.get("reason"), None if has_rules else "no_programme")


def check_qualifying(check: Check, subject: str, legs: list[Leg], expected: Mapping[str, int]) -> None:
    """Units that count for the tier, by the receipt that they came from."""
    counted: dict[str, int] = {}
    for leg in legs:
        if leg.account == accounts.QUALIFYING:
            counted[str(leg.document)] = counted.get(str(leg.document), 0) + leg.points
    if counted != expected:
        worked_out = {receipt: points for receipt, points in expected.items() if points}
        check.expect(subject, "qualifying points by receipt", counted, worked_out)


def check_parts(check: Check, subject: str, entry: EntryRow, parts: Mapping[str, Part]) -> None:
    """By receipt, what each award lost or gained, and where the points came from or went."""
    told = {str(part.get("document")): part for part in entry.slip.get("receipts") or ()}
    check.expect(subject, "receipts on its slip", sorted(told), sorted(parts))
    only_takes = all(change.after < change.before for part in parts.values() for change in part.changes)
    for receipt, part in parts.items():
        said = told.get(receipt, {})
        awards = [
            tuple(award.get(name) for name in ("rule", "first", "before", "after", "points"))
            for award in said.get("awards") or ()
        ]
        worked_out = [
            (each.rule, each.first, each.before, each.after, each.after - each.before) for each in part.changes
        ]
        check.expect(subject, f"what its slip took from receipt {part.number}", awards, worked_out)
        taken = {name: points for name, points in (said.get("taken") or {}).items() if points}
        where = f"where its slip took it, receipt {part.number}"
        check.expect(subject, f"{where}: in all", sum(taken.values()), part.lost)
        check.expect(subject, f"{where}: expired", taken.get("already_expired", 0), part.answered)
        if only_takes:
            check.expect(subject, where, taken, _taken(entry.legs, receipt, part.answered))


def check_told(check: Check, subject: str, entry: EntryRow) -> None:
    """Of every other kind: the lots that it speaks of, and the sums."""
    slip, legs = entry.slip, entry.legs
    for path, account, sign in _LOTS_TOLD.get(entry.kind, ()):
        said: Counter[str] = Counter()
        for lot in _at(slip, path) or ():
            said[str(lot.get("lot"))] += int(lot.get("points") or 0)
        moved: Counter[str] = Counter()
        for leg in legs:
            if leg.account == account and leg.points * sign > 0 and leg.lot:
                moved[leg.lot] += leg.points * sign
        check.expect(subject, "lots on its slip", _without_zeros(said), _without_zeros(moved))
    for path, account, sign in _SUMS_TOLD.get(entry.kind, ()):
        check.expect(subject, f"{path} by its slip", _at(slip, path), sign * total(legs, account))
    check.expect(subject, "forfeited by its slip", slip.get("forfeited") or 0, total(legs, accounts.FORFEITED))
    if entry.kind in _ANSWERS:
        check.expect(subject, "what it answers by its slip", slip.get(_ANSWERS[entry.kind]), entry.of_id)
    if entry.kind == kinds.ADJUSTMENT:
        _check_adjustment(check, subject, entry)
    elif entry.kind == kinds.TRANSFER_OUT:
        check.expect(subject, "points by its slip", slip.get("points"), total(legs, accounts.TRANSFERRED))
    elif entry.kind == kinds.CAPTURE:
        check.expect(subject, "captured points by its slip", slip.get("captured"), total(legs, accounts.REDEEMED))
    elif entry.kind in (kinds.UNMERGE_OUT, kinds.UNMERGE_IN):
        check.expect(subject, "points by its slip", slip.get("points"), entry.points)


_ANSWERS = {kinds.CAPTURE: "hold", kinds.RELEASE: "hold", kinds.CANCELLATION: "redemption"}
"""By kind: where the slip names the entry that it answers."""

_LOTS_TOLD: dict[str, tuple[tuple[str, str, int], ...]] = {
    kinds.EXPIRY: (("lots", accounts.EXPIRED, 1),),
    kinds.ACTIVATION: (("lots", accounts.PENDING, -1),),
    kinds.REDEMPTION: (("lots", accounts.REDEEMED, 1),),
    kinds.CANCELLATION: (("lots", accounts.REDEEMED, -1),),
    kinds.HOLD: (("lots", accounts.HELD, 1),),
    kinds.CAPTURE: (("lots", accounts.REDEEMED, 1),),
    kinds.RELEASE: (("lots", accounts.HELD, -1),),
    kinds.TRANSFER_OUT: (("lots", accounts.TRANSFERRED, 1),),
    kinds.TRANSFER_IN: (("lots", accounts.TRANSFERRED, -1),),
    kinds.REWARD: (("lots", accounts.ISSUED, -1),),
    kinds.GRANT: (("lots", accounts.ISSUED, -1),),
    kinds.OPENING: (("lots", accounts.BROUGHT, -1),),
}
"""By kind: where the slip names lots, and the legs that moved them."""

_SUMS_TOLD: dict[str, tuple[tuple[str, str, int], ...]] = {
    kinds.ACTIVATION: (("debt_paid", accounts.DEBT, 1),),
    kinds.CANCELLATION: (("lapsed", accounts.EXPIRED, 1), ("debt_paid", accounts.DEBT, 1)),
    kinds.CAPTURE: (("released.lapsed", accounts.EXPIRED, 1), ("released.debt_paid", accounts.DEBT, 1)),
    kinds.RELEASE: (("lapsed", accounts.EXPIRED, 1), ("debt_paid", accounts.DEBT, 1)),
    kinds.TRANSFER_OUT: (("fee", accounts.CHARGED, 1),),
    kinds.TRANSFER_IN: (("debt_paid", accounts.DEBT, 1),),
    kinds.ADJUSTMENT: (("lapsed", accounts.EXPIRED, 1), ("debt_paid", accounts.DEBT, 1)),
    kinds.REWARD: (("lapsed", accounts.EXPIRED, 1), ("debt_paid", accounts.DEBT, 1)),
    kinds.GRANT: (("lapsed", accounts.EXPIRED, 1), ("debt_paid", accounts.DEBT, 1)),
    kinds.OPENING: (
        ("lapsed", accounts.EXPIRED, 1),
        ("debt_paid", accounts.DEBT, 1),
        ("qualifying", accounts.QUALIFYING, 1),
    ),
    kinds.CLOSURE: (("forgiven", accounts.FORGIVEN, -1),),
    kinds.MERGE_OUT: (
        ("available", accounts.AVAILABLE, -1),
        ("pending", accounts.PENDING, -1),
        ("held", accounts.HELD, -1),
        ("debt", accounts.DEBT, 1),
        ("qualifying", accounts.QUALIFYING, -1),
    ),
    kinds.MERGE_IN: (("qualifying", accounts.QUALIFYING, 1),),
}
"""By kind: where the slip says a sum, and the account that it was moved into (or, with -1, out of)."""


def _check_adjustment(check: Check, subject: str, entry: EntryRow) -> None:
    """The lots that it opened, or drew on: either way they are told without a sign."""
    said: Counter[str] = Counter()
    for lot in entry.slip.get("lots") or ():
        said[str(lot.get("lot"))] += int(lot.get("points") or 0)
    moved: Counter[str] = Counter()
    for leg in entry.legs:
        if leg.account == accounts.ADJUSTED and leg.lot:
            moved[leg.lot] += abs(leg.points)
    check.expect(subject, "lots on its slip", _without_zeros(said), _without_zeros(moved))


def _taken(legs: list[Leg], receipt: str, answered: int) -> dict[str, int]:
    """Where postings took the points of a receipt; what none took had expired already."""
    mine = [leg for leg in legs if leg.document == receipt]
    back = [leg for leg in mine if leg.account == accounts.CLAWED_BACK]
    taken = {
        "own_lot": sum(leg.points for leg in back if leg.lot and not leg.for_lot),
        "already_expired": answered,
        "other_lots": sum(leg.points for leg in back if leg.lot and leg.for_lot),
        **{name: -total(mine, name) for name in (accounts.DEBT, accounts.FORGIVEN, accounts.WITHHELD)},
    }
    return {name: points for name, points in taken.items() if points}


def _points(awards: Iterable[Mapping[str, Any]] | None) -> dict[str, int]:
    return {str(award.get("rule")): int(award.get("points") or 0) for award in awards or ()}


def _at(slip: Mapping[str, Any], path: str) -> Any:
    value: Any = slip
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _without_zeros(points: Mapping[str, int]) -> dict[str, int]:
    return {lot: each for lot, each in points.items() if each}
