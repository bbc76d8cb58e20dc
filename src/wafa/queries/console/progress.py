"""How far a member has come towards the next tier: what counts today, over the span that still grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wafa.core.programme import Programme
from wafa.core.tiers.qualification import Tier
from wafa.store.calendars import calendars
from wafa.store.models import Merchant, Wallet
from wafa.store.models import Progress as Days


@dataclass(frozen=True, slots=True)
class Standing:
    """Progress in the measure's units: points, minor units of spending, or visits.

    `counted` is what the growing span holds, which began on `since` (None: it never began). `supported` is the tier
    that progress is enough for; of the `next` one so much is `missing`. `kept_since` is the first day of a review.
    """

    measure: str
    counted: int
    since: date | None
    supported: Tier
    next: Tier | None
    missing: int
    kept_since: date | None


def standing_of(merchant: Merchant, wallet: Wallet, rules: Programme) -> Standing:
    """By the ladder in force. Where all that ever counted counts, no day is read."""
    ladder, today = rules.ladder, merchant.now().astimezone(merchant.zone).date()
    needed = ladder.days_needed(today, calendars())
    by_day = _by_day(merchant, wallet, needed) if needed else {}
    growing = ladder.qualification.window.spans(today, calendars())[-1]
    counted = sum(units for day, units in by_day.items() if growing.holds(day)) if needed else wallet.qualifying
    ahead = ladder.next(wallet.qualifying, by_day, today, calendars())
    return Standing(
        str(ladder.qualification.measure),
        counted,
        growing.first,
        ladder.supported(wallet.qualifying, by_day, today, calendars()),
        ahead.tier if ahead else None,
        ahead.missing if ahead else 0,
        wallet.below_since,
    )


def _by_day(merchant: Merchant, wallet: Wallet, since: date) -> dict[date, int]:
    days = Days.objects.of(merchant).filter(wallet_id=wallet.id, day__gte=since)
    return dict(days.values_list("day", "qualifying"))
