"""Tiers, lived through again: what the progress supports, who rises, who falls."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.qualification import Tier
from wafa.core.tiers.review import review
from wafa.core.tiers.standing import after_credit, after_return
from wafa.core.tiers.window import Lifetime
from wafa.queries.verify.replay.reading import EntryRow
from wafa.queries.verify.replay.state import Checks, Wallet, World

T = TypeVar("T")
Stand = tuple[str, date | None]
"""A tier, and since when less than it is supported."""


def reached(world: World, wallet: Wallet, at: datetime) -> list[Tier]:
    """What the progress supports at an instant: on the merchant's day, and on the days around it where that matters."""
    return list(_reached(world, wallet, at))


def _reached(world: World, wallet: Wallet, at: datetime) -> Iterator[Tier]:
    """The same one by one: the first will nearly always do."""
    ladder = world.versions.ladder(at)
    if not ladder.tiers:
        return
    yield ladder.supported(wallet.qualifying, wallet.units, world.day(at), world.calendars)
    if not isinstance(ladder.qualification.window, Lifetime):
        for day in world.around(at):
            yield ladder.supported(wallet.qualifying, wallet.units, day, world.calendars)


def rise(world: World, wallet: Wallet, entry: EntryRow) -> None:
    """After a credit: up at once, never down."""
    ladder = world.versions.ladder(entry.posted_at)
    held = wallet.tier or (ladder.tiers[0].code if ladder.tiers else "")
    stands = (
        _with_grace(ladder, after_credit(ladder, held, tier), wallet.below_since, tier)
        for tier in _reached(world, wallet, entry.posted_at)
    )
    _stand(wallet, entry, stands)


def fall(world: World, wallet: Wallet, entry: EntryRow, before: Sequence[Tier]) -> None:
    """After a return: a tier that the returned points had earned falls at once; what they gave back may lift again."""
    ladder = world.versions.ladder(entry.posted_at)
    held = wallet.tier or (ladder.tiers[0].code if ladder.tiers else "")
    stands = []
    for tier, tier_before in zip(reached(world, wallet, entry.posted_at), before, strict=False):
        lifts = ladder.rank(tier.code) > ladder.rank(tier_before.code)
        code = after_credit(ladder, held, tier) if lifts else after_return(ladder, held, tier_before, tier)
        stands.append(_with_grace(ladder, code, wallet.below_since, tier))
    _stand(wallet, entry, stands)


def look_at(world: World, checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    """A review, with what its slip says of it."""
    ladder = world.versions.ladder(entry.posted_at)
    held, tiers = wallet.tier, reached(world, wallet, entry.posted_at)
    tiers = tiers * 3 if len(tiers) == 1 else tiers
    told = entry.slip
    since = date.fromisoformat(told["below_since"]) if told.get("below_since") else None
    outcomes = []
    for tier, day in zip(tiers, [world.day(entry.posted_at), *world.around(entry.posted_at)], strict=False):
        reviewed = review(ladder, held, wallet.below_since, tier, day)
        outcomes.append((reviewed.tier_code, reviewed.below_since, tier.code))
    said = (told.get("to"), since, told.get("supported"))
    tier_code, below_since, supported = _chosen(outcomes, lambda each: each == said) or (held, wallet.below_since, "")
    subject = wallet.entry(entry)
    checks.slips.expect(subject, "tier before by its slip", told.get("from"), held)
    checks.slips.expect(subject, "tier afterwards by its slip", told.get("to"), tier_code)
    checks.slips.expect(subject, "tier that is supported by its slip", told.get("supported"), supported)
    checks.slips.expect(subject, "since when less is supported by its slip", since, below_since)
    if (tier_code, below_since) == (held, wallet.below_since):
        checks.slips.expect(subject, "what it changed", "nothing", "the tier, or its grace")
    wallet.tier, wallet.below_since = tier_code, below_since


def _with_grace(ladder: Ladder, tier: str, below_since: date | None, supported: Tier) -> Stand:
    over = below_since is not None and ladder.rank(supported.code) >= ladder.rank(tier)
    return tier, None if over else below_since


def _stand(wallet: Wallet, entry: EntryRow, stands: Iterable[Stand]) -> None:
    chosen = _chosen(stands, lambda stand: stand[0] == entry.tier)
    if chosen:
        wallet.tier, wallet.below_since = chosen


def _chosen(candidates: Iterable[T], fits: Callable[[T], bool]) -> T | None:
    """The one that is as the books say; else the first, which is today's."""
    first = None
    for each in candidates:
        if fits(each):
            return each
        first = each if first is None else first
    return first
