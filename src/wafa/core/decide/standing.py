"""Where a member stands: what a receipt counts for, what caps leave, and which tier that supports."""

from datetime import date, datetime

from wafa.core.earning.reading import Facts
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import Progress, Wallet
from wafa.core.programme import Programme
from wafa.core.snapshot import Snapshot
from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.qualification import Measure, Tier
from wafa.core.tiers.standing import after_credit, after_return


def counting(programme: Programme, receipt: Receipt, facts: Facts | None = None) -> Progress:
    """What a receipt counts for by what is left of it and what its awards hold, in its context."""
    if facts is None and receipt.context is not None:
        facts = Facts.from_json(receipt.context)
    spend = programme.eligible_minor(receipt.lines_left(), facts)
    visits = int(spend > 0)
    match programme.ladder.qualification.measure:
        case Measure.POINTS:
            qualifying = sum(award.held_points for award in receipt.awards if award.qualifying)
        case Measure.SPEND:
            qualifying = spend
        case Measure.VISITS:
            qualifying = visits
    return Progress(qualifying, spend, visits)


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


def ahead(snapshot: Snapshot, wallet: Wallet, at: datetime) -> dict[str, object] | None:
    """The next tier and what is missing of it, as a slip tells it; None at the top."""
    ladder = snapshot.versions.ladder(at)
    if not ladder.tiers:
        return None
    by_day = {day: counted.qualifying for day, counted in wallet.progress.items()}
    found = ladder.next(wallet.qualifying, by_day, snapshot.day(at), snapshot.calendars)
    return {"tier": found.tier.code, "missing": found.missing} if found else None


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
