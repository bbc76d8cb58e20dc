"""The review: who holds a tier that progress no longer supports keeps it for the grace period, then falls."""

from dataclasses import dataclass
from datetime import date

from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.qualification import Tier


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The tier held after a review, and the day since which less than that is supported; None: it is supported."""

    tier_code: str
    below_since: date | None


def review(ladder: Ladder, held: str, below_since: date | None, supported: Tier, today: date) -> Reviewed:
    """Look at a member's tier. The same again on the same day changes nothing more.

    The day on which it is first found unsupported is the first of `grace_days`; on the day after the last of them it
    falls. More than is held is given at once, as for a credit: that comes of a new ladder.
    """
    if ladder.rank(supported.code) >= ladder.rank(held):
        return Reviewed(supported.code, None)
    if not _grace_is_over(ladder, below_since, today):
        return Reviewed(held, below_since or today)
    lands_on = _landing(ladder, held, supported)
    return Reviewed(lands_on.code, None if lands_on == supported else today)


def _grace_is_over(ladder: Ladder, below_since: date | None, today: date) -> bool:
    """A day that has landed softly once does not again, even without grace."""
    grace = ladder.qualification.grace_days
    return grace == 0 if below_since is None else (today - below_since).days >= max(grace, 1)


def _landing(ladder: Ladder, held: str, supported: Tier) -> Tier:
    return ladder.tiers[ladder.rank(held) - 1] if ladder.qualification.soft_landing else supported
