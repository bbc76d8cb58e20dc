"""Where a member stands: what a receipt counts for, what caps leave, and which tier that supports."""

from datetime import date, datetime

from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import Progress, Wallet
from wafa.core.programme import Programme
from wafa.core.snapshot import Snapshot
from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.qualification import Measure, Tier
from wafa.core.tiers.standing import after_credit, after_return
from wafa.core.values.calendar import period_of


def counting(programme: Programme, receipt: Receipt) -> Progress:
    """What a receipt counts for by what is left of it and what its awards hold."""
    spend = programme.eligible_minor(receipt.lines_left())
    visits = int(spend > 0)
    match programme.ladder.qualification.measure:
        case Measure.POINTS:
            qualifying = sum(award.held_points for award in receipt.awards if award.qualifying)
        case Measure.SPEND:
            qualifying = spend
        case Measure.VISITS:
            qualifying = visits
    return Progress(qualifying, spend, visits)


def headroom_of(programme: Programme, wallet: Wallet, day: date) -> dict[str, int]:
    """Points that each capped rule may still give for a receipt of that day."""
    headroom = {}
    for rule in programme.rules:
        if rule.cap:
            window = period_of(day, rule.cap.per)
            held = (points for (code, on), points in wallet.capped.items() if code == rule.code and window.holds(on))
            headroom[rule.code] = rule.cap.headroom(sum(held))
    return headroom


def spent_of(programme: Programme, wallet: Wallet, day: date) -> dict[str, int]:
    """Eligible amount of the member's receipts so far, in each period that some rule reads."""
    return {
        per: sum(counted.spend_minor for on, counted in wallet.progress.items() if period_of(day, per).holds(on))
        for per in sorted(programme.windows_read())
    }


def supported(snapshot: Snapshot, ladder: Ladder, wallet: Wallet, today: date) -> Tier:
    """The highest tier that the wallet's progress supports today."""
    by_day = {day: counted.qualifying for day, counted in wallet.progress.items()}
    return ladder.supported(wallet.qualifying, by_day, today, snapshot.calendars)


def after_credit_in(snapshot: Snapshot, wallet: Wallet, at: datetime) -> None:
    """A member climbs at once to what the progress supports, and is no longer under review there."""
    ladder = snapshot.versions.ladder(at)
    if ladder.tiers:
        reached = supported(snapshot, ladder, wallet, snapshot.day(at))
        wallet.tier = after_credit(ladder, wallet.tier or ladder.tiers[0].code, reached)
        _end_grace(ladder, wallet, reached)


def supported_at(snapshot: Snapshot, wallet: Wallet, at: datetime) -> Tier | None:
    """The tier that the progress supports at an instant, on the ladder of that instant; None where there is none."""
    ladder = snapshot.versions.ladder(at)
    return supported(snapshot, ladder, wallet, snapshot.day(at)) if ladder.tiers else None


def after_return_in(snapshot: Snapshot, wallet: Wallet, at: datetime, before: Tier | None) -> None:
    """What returned points had earned falls at once (law 6); what they gave back may lift again."""
    ladder = snapshot.versions.ladder(at)
    if before is None or not ladder.tiers:
        return
    held = wallet.tier or ladder.tiers[0].code
    after = supported(snapshot, ladder, wallet, snapshot.day(at))
    if ladder.rank(after.code) > ladder.rank(before.code):
        wallet.tier = after_credit(ladder, held, after)
    else:
        wallet.tier = after_return(ladder, held, before, after)
    _end_grace(ladder, wallet, after)


def _end_grace(ladder: Ladder, wallet: Wallet, reached: Tier) -> None:
    if wallet.below_since and ladder.rank(reached.code) >= ladder.rank(wallet.tier):
        wallet.below_since = None
