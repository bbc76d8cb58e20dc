"""The tier that a member holds: it rises at once, and falls as a correction or at a review (laws 6 and 9)."""

from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.qualification import Tier


def after_credit(ladder: Ladder, held: str, supported: Tier) -> str:
    """The code held from the next receipt on: an upgrade is immediate, and a credit never lowers."""
    return supported.code if ladder.rank(supported.code) > ladder.rank(held) else held


def after_return(ladder: Ladder, held: str, before: Tier, after: Tier) -> str:
    """A tier that the returned points had earned falls at once to what the remaining ones support.

    `before` and `after` are what the progress supports today without and with the return. Where the tier was not
    supported before (another year's points had earned it, or another ladder), only a review lowers it.
    """
    had_earned = ladder.rank(after.code) < ladder.rank(held) <= ladder.rank(before.code)
    return after.code if had_earned else held
