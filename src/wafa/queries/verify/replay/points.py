"""Points, moved again: what the wallet and each of its lots hold after every entry, and what may have moved them."""

from collections import Counter
from datetime import date, datetime, timedelta

from wafa.core.ledger import accounts
from wafa.core.ledger import entry as kinds
from wafa.core.values.calendar import months_later
from wafa.core.values.calendars import day_at
from wafa.queries.verify.replay.allowed import ALLOWED
from wafa.queries.verify.replay.reading import EntryRow, Leg, LotRow
from wafa.queries.verify.replay.state import Checks, Lot, Wallet, World

DRAWING = {
    kinds.REDEMPTION: (accounts.REDEEMED,),
    kinds.HOLD: (accounts.HELD,),
    kinds.TRANSFER_OUT: (accounts.TRANSFERRED, accounts.CHARGED),
    kinds.ADJUSTMENT: (accounts.ADJUSTED,),
}
"""Kinds that draw points, the first to run out first; and the accounts that these go to."""
ACTIVE = (kinds.REDEMPTION, kinds.CAPTURE)
"""Kinds that are activity of the member; accruals and claims too, before what they bring is settled."""


def open_lots(wallet: Wallet, entry: EntryRow) -> None:
    """Lots that the entry opened; of those that no receipt gave, the slip says the last day."""
    told = {str(lot.get("lot")): lot.get("expires_on") for lot in entry.slip.get("lots") or ()}
    pending = {leg.lot for leg in entry.legs if leg.account == accounts.PENDING and leg.points > 0}
    for row in entry.lots:
        wallet.lots[row.id] = _lot(wallet, row, row.id in pending, told.get(row.id))


def _lot(wallet: Wallet, row: LotRow, pending: bool, told: str | None) -> Lot:
    return Lot(
        id=row.id,
        name=f"lot {row.id} of {wallet.name}",
        origin=wallet.row.id,
        sequence=row.sequence,
        points=row.points,
        pending=pending,
        expires_on=_day(told),
        idle_months=row.idle_months,
        stored_expires_on=_day(row.expires_on),
        stored_answered=row.answered,
        stored_pending=row.pending,
        available_at=row.available_at,
    )


def note_activity(wallet: Wallet, day: date, opened: list[LotRow] | None = None) -> None:
    """Lots that run out for want of activity get a later last day (`core.decide.activity`)."""
    fresh = {row.id for row in opened or ()}
    idle = [
        lot
        for lot in wallet.lots.values()
        if lot.idle_months and lot.expires_on and (lot.remaining + lot.held > 0 or lot.id in fresh)
    ]
    latest: dict[int, date] = {}
    for lot in idle:
        months = lot.idle_months or 0
        latest[months] = max(latest.get(months, months_later(day, months)), lot.expires_on or date.min)
    for lot in idle:
        lot.is_lengthened |= lot.expires_on != latest[lot.idle_months or 0]
        lot.expires_on = latest[lot.idle_months or 0]


def move(world: World, checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    """Carry out the postings, and compare what they leave with what the entry says it left."""
    if entry.kind in DRAWING:
        _check_draws(world, checks, wallet, entry)
    if entry.kind == kinds.CANCELLATION:
        _lengthen(world, wallet, entry)
    changes = _carry_out(checks, wallet, entry)
    _check_sums(checks, wallet, entry)
    if changes:
        _check_lots(world, checks, wallet, entry, changes)
    if entry.kind == kinds.ACTIVATION:
        for told in entry.slip.get("lots") or ():
            if lot := wallet.lots.get(str(told.get("lot"))):
                lot.pending = False
    if entry.kind in ACTIVE:
        note_activity(wallet, world.day(entry.posted_at))


def finish(checks: Checks, wallet: Wallet) -> None:
    """Lots as they stand, against what the entries made of them."""
    for lot in wallet.lots.values():
        checks.lots.looked_at += 1
        if not _same_day(lot):
            checks.lots.expect(lot.name, "last day", lot.stored_expires_on, lot.expires_on)
        if lot.stored_answered != lot.answered:
            what = "expired points that answered for returns"
            checks.lots.expect(lot.name, what, lot.stored_answered, lot.answered)
        # An empty one stops being pending when its wallet is next touched, without an entry that would say so.
        is_empty_and_due = lot.pending and not lot.remaining and lot.available_at
        if lot.stored_pending != lot.pending and not is_empty_and_due:
            checks.lots.expect(lot.name, "whether it is pending", lot.stored_pending, lot.pending)


def _carry_out(checks: Checks, wallet: Wallet, entry: EntryRow) -> Counter[str]:
    """Answers by how much each lot can be drawn on more than before (or, below zero, less)."""
    changes: Counter[str] = Counter()
    for leg in entry.legs:
        account, lot_id, _, _, points = leg
        if account == accounts.AVAILABLE:
            wallet.available += points
        elif account == accounts.PENDING:
            wallet.pending += points
        elif account == accounts.HELD:
            wallet.held += points
        elif account == accounts.DEBT:
            wallet.debt -= points
        if lot_id is None:
            continue
        lot = wallet.lots.get(lot_id)
        if lot is None:
            checks.lots.expect(wallet.entry(entry), "lot that it moves", lot_id, "one of its wallet")
            continue
        if account in (accounts.AVAILABLE, accounts.PENDING):
            if lot.pending and not lot.remaining:
                lot.pending = not _has_begun(lot, entry)
            lot.remaining += points
            changes[lot_id] += points
            if lot.pending != (account == accounts.PENDING) and entry.kind != kinds.ACTIVATION:
                stands = "pending" if lot.pending else "available"
                checks.lots.expect(wallet.entry(entry), f"account of the {stands} lot {lot_id}", account, stands)
        elif account == accounts.HELD:
            lot.held += points
            changes.setdefault(lot_id, 0)
        elif account == accounts.EXPIRED:
            lot.expired += points
    return changes


def _has_begun(lot: Lot, entry: EntryRow) -> bool:
    """Whether an empty lot's day had come: as of when a hold ran out, where one did, what was due by then first."""
    if lot.available_at is None or entry.kind == kinds.ACTIVATION:
        return False
    begins = datetime.fromisoformat(lot.available_at)
    if entry.kind == kinds.RELEASE and entry.slip.get("reason") == "time":
        return begins < entry.occurred_at
    return begins <= entry.posted_at


def _check_sums(checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    check, subject = checks.balances, wallet.entry(entry)
    check.looked_at += 1
    total = for_tiers = change = 0
    allowed = ALLOWED.get(entry.kind, frozenset())
    if wallet.status == "closed":
        allowed |= {accounts.FORFEITED}
    for account, _, _, _, points in entry.legs:
        total += points
        if account not in allowed:
            check.expect(
                subject, f"account of a posting of {points}", account, f"one that an entry of {entry.kind} moves"
            )
        if account in accounts.FOR_TIERS:
            for_tiers += points
        elif account in accounts.OF_THE_WALLET:
            change += points
    figures = (total, for_tiers, entry.points, entry.available, entry.pending, entry.held, entry.debt)
    if figures != (0, 0, change, wallet.available, wallet.pending, wallet.held, wallet.debt):
        check.expect(subject, "sum of its postings", total, 0)
        check.expect(subject, "sum of its postings that count for the tier", for_tiers, 0)
        check.expect(subject, "points", entry.points, change)
        check.expect(subject, "available afterwards", entry.available, wallet.available)
        check.expect(subject, "pending afterwards", entry.pending, wallet.pending)
        check.expect(subject, "held afterwards", entry.held, wallet.held)
        check.expect(subject, "debt afterwards", entry.debt, wallet.debt)
    if min(wallet.available, wallet.pending, wallet.held, wallet.debt) < 0:
        check.expect(subject, "what the wallet holds", "below zero", "0 or more")
    if wallet.status == "closed" and wallet.available + wallet.pending + wallet.held:
        check.expect(subject, "points of a member who has left", wallet.available + wallet.pending + wallet.held, 0)
    if wallet.available > 0 and wallet.debt > 0:
        check.expect(subject, "debt beside available points", min(wallet.available, wallet.debt), 0)


def _check_lots(world: World, checks: Checks, wallet: Wallet, entry: EntryRow, changes: Counter[str]) -> None:
    check, subject = checks.lots, wallet.entry(entry)
    today = world.day(entry.posted_at)
    yesterday = day_at(today.toordinal() - 1)
    opened = {row.id for row in entry.lots}
    for lot_id, change in changes.items():
        lot = wallet.lots[lot_id]
        if lot.remaining > 0:
            wallet.open[lot_id] = lot
        else:
            wallet.open.pop(lot_id, None)
        if lot.remaining < 0 or lot.held < 0:
            check.expect(subject, f"points left of lot {lot_id}", min(lot.remaining, lot.held), "0 or more")
        if lot.remaining + lot.held + lot.expired > lot.points:
            stands = lot.remaining + lot.held + lot.expired
            check.expect(subject, f"points in all of lot {lot_id}", stands, f"at most {lot.points}")
        if change < 0 and entry.kind != kinds.EXPIRY and lot_id not in opened and lot.is_past(yesterday):
            check.expect(subject, f"points drawn after the last day of lot {lot_id}", -change, 0)
    for leg in entry.legs:
        if leg.account == accounts.EXPIRED and leg.lot in wallet.lots and not _may_expire(wallet.lots[leg.lot], today):
            check.expect(subject, f"points expired before the last day of lot {leg.lot} was over", leg.points, 0)


def _may_expire(lot: Lot, today: date) -> bool:
    """Whether its last day has passed; a day's doubt is left, as the time zone may have been another one."""
    return lot.expires_on is not None and lot.expires_on <= today


def _check_draws(world: World, checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    """What was drawn came from the lots that run out first, of those that could be drawn (law 3)."""
    into = DRAWING[entry.kind]
    drawn: Counter[str] = Counter()
    for leg in entry.legs:
        if leg.account in into and leg.points > 0 and leg.lot:
            drawn[leg.lot] += leg.points
    if not drawn:
        return
    points = sum(drawn.values())
    expected = _draw(wallet, points, world.day(entry.posted_at))
    # The merchant's days may have begun at another hour then.
    if drawn != expected and all(drawn != _draw(wallet, points, day) for day in world.around(entry.posted_at)):
        checks.lots.expect(wallet.entry(entry), "lots that it drew on", dict(drawn), dict(expected))


def _draw(wallet: Wallet, points: int, today: date) -> Counter[str]:
    draws: Counter[str] = Counter()
    for lot in sorted(wallet.open.values(), key=Lot.drawing_order):
        if points and not lot.pending and not lot.is_past(today):
            draws[lot.id] = min(points, lot.remaining)
            points -= draws[lot.id]
    return draws


def _lengthen(world: World, wallet: Wallet, entry: EntryRow) -> None:
    """What a cancelled redemption restores after its last day may last for the programme's days of grace."""
    grace_days = world.versions.rules(entry.posted_at).redemption.grace_days
    today = world.day(entry.posted_at)
    for leg in entry.legs if grace_days else ():
        lot = wallet.lots.get(leg.lot or "") if _restores(leg) else None
        if lot and lot.is_past(today):
            lot.expires_on, lot.is_lengthened = today + timedelta(days=grace_days or 0), True


def _restores(leg: Leg) -> bool:
    return leg.account == accounts.REDEEMED and leg.points < 0


def _same_day(lot: Lot) -> bool:
    """A day that activity or grace has moved was a day of the time zone that the merchant was in then."""
    if lot.stored_expires_on == lot.expires_on or not lot.is_lengthened:
        return lot.stored_expires_on == lot.expires_on
    around = [day_at(lot.expires_on.toordinal() + off) for off in (-1, 1)] if lot.expires_on else []
    return lot.stored_expires_on in around


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
