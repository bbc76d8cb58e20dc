"""Grants: stamps and money that rules give, in entries of their own beside the one that credits the points.

Each answers that entry, so that a receipt has one credit, whatever it gives. What comes back is settled likewise.
"""

from collections.abc import Iterable
from uuid import UUID

from wafa.core.decide.activity import note_activity
from wafa.core.decide.crediting import Evaluated, award_lots, settle_opened
from wafa.core.decide.membership import leave_nothing
from wafa.core.decide.reassessment import hold, points_still_earned
from wafa.core.decide.settle import settle, told
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import GRANT, REVOCATION, Entry, open_entry
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import Wallet
from wafa.core.programme import Programme
from wafa.core.snapshot import Snapshot

_Changes = dict[str, list[tuple[Receipt, dict[str, int]]]]
"""By unit, the receipts of which some grant changes, with what each award then holds."""


def grant(snapshot: Snapshot, credit: Entry, evaluated: Evaluated, receipt: Receipt) -> tuple[Entry, ...]:
    """What rules give in other units for a receipt that has been credited; what is due there happens first."""
    if evaluated.version is None or not evaluated.grants:
        return ()
    programme, entries = evaluated.version.programme, list[Entry]()
    for unit in sorted({award.unit for award in evaluated.grants}):
        awards = [award for award in evaluated.grants if award.unit == unit]
        wallet = snapshot.wallets[credit.wallet.member_id, unit]
        entries += settle(snapshot, wallet, credit.posted_at)
        entry = _open(snapshot, wallet, GRANT, credit, evaluated.version.id)
        receipt.grants[unit] = award_lots(snapshot, entry, receipt, awards, programme)
        entry.awarded += receipt.grants[unit]
        for award in receipt.grants[unit]:
            credit.wallet.count_capped(award.rule, snapshot.day(receipt.occurred_at), award.held_points)
        note_activity(wallet, snapshot.day(receipt.occurred_at))
        debt_paid, lapsed = settle_opened(snapshot, entry)
        entry.explanation = {
            "document": str(receipt.id),
            "number": receipt.number,
            "awards": [award.as_json() for award in awards],
            "lots": [told(lot, lot.points) for lot in entry.opened],
            "debt_paid": debt_paid,
            "lapsed": lapsed,
        }
        entry.close()
        entries.append(entry)
    return tuple(entries)


def settle_grants(snapshot: Snapshot, cause: Entry, receipts: Iterable[Receipt]) -> tuple[Entry, ...]:
    """After goods came back, or are the customer's again: grants stand at what is still earned, as points do."""
    changes: _Changes = {}
    for receipt in receipts:
        if not receipt.grants or receipt.version_id is None:
            continue
        programme = snapshot.versions.by_id(receipt.version_id)
        every = [award for held in receipt.grants.values() for award in held]
        earned = points_still_earned(programme, receipt, every)
        for unit, held in receipt.grants.items():
            _note(
                changes, unit, receipt, {each.rule: min(each.first_points, earned.get(each.rule, 0)) for each in held}
            )
    return _settle(snapshot, cause, changes)


def revoke(snapshot: Snapshot, cause: Entry, receipt: Receipt) -> tuple[Entry, ...]:
    """All that a receipt granted goes back, as though it had never been this member's."""
    changes: _Changes = {}
    for unit, held in receipt.grants.items():
        _note(changes, unit, receipt, {award.rule: 0 for award in held})
    return _settle(snapshot, cause, changes)


def _note(changes: _Changes, unit: str, receipt: Receipt, holds: dict[str, int]) -> None:
    if any(award.held_points != holds[award.rule] for award in receipt.grants[unit]):
        changes.setdefault(unit, []).append((receipt, holds))


def _settle(snapshot: Snapshot, cause: Entry, changes: _Changes) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for unit, receipts in sorted(changes.items()):
        wallet = snapshot.wallets[cause.wallet.member_id, unit]
        entries += settle(snapshot, wallet, cause.posted_at)
        in_force = snapshot.versions.in_force(cause.posted_at)
        entry = _open(snapshot, wallet, REVOCATION, cause, in_force.id if in_force else None)
        parts = [_part(snapshot, entry, cause.wallet, receipt, unit, holds) for receipt, holds in receipts]
        entry.explanation = {"receipts": parts, **leave_nothing(entry)}
        entry.close()
        entries.append(entry)
    return tuple(entries)


def _part(
    snapshot: Snapshot, entry: Entry, points: Wallet, receipt: Receipt, unit: str, holds: dict[str, int]
) -> dict[str, object]:
    """What the receipt's points are nowhere to be found for is owed: no till withholds money for stamps."""
    programme: Programme = snapshot.versions.by_id(receipt.version_id)  # type: ignore[arg-type]
    missing_into = accounts.FORGIVEN if snapshot.rules(entry.posted_at).debt == "forgive" else accounts.DEBT
    held = receipt.grants[unit]
    part = hold(entry, points, receipt, held, holds, programme, snapshot.day(entry.posted_at), missing_into)
    lots = {award.rule: str(award.lot.id) for award in held if award.lot}
    part["awards"] = [change | {"lot": lots[change["rule"]]} for change in part["awards"]]
    return part


def _open(snapshot: Snapshot, wallet: Wallet, kind: str, cause: Entry, version_id: UUID | None) -> Entry:
    return open_entry(
        wallet,
        snapshot.new_id(),
        kind,
        occurred_at=cause.occurred_at,
        posted_at=wallet.not_before(cause.posted_at),
        version_id=version_id,
        of_id=cause.id,
    )
