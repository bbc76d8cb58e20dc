"""Qualification by lifetime points: a tier is held from its threshold on (law 9)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of the ladder. `threshold` in qualifying points; names by language."""

    code: str
    threshold: int
    names: dict[str, str]


def tier_for(tiers: Sequence[Tier], qualifying: int) -> Tier:
    """The highest tier whose threshold is reached; tiers in ascending order, the first from 0."""
    reached = tiers[0]
    for tier in tiers:
        if qualifying >= tier.threshold:
            reached = tier
    return reached


def next_tier(tiers: Sequence[Tier], qualifying: int) -> Tier | None:
    """The nearest tier not reached yet; None at the top."""
    return next((tier for tier in tiers if tier.threshold > qualifying), None)


def after_accrual(tiers: Sequence[Tier], held: str, qualifying: int) -> str:
    """An upgrade holds from the next receipt on; gaining points never lowers a tier."""
    reached = tier_for(tiers, qualifying)
    return reached.code if _rank(tiers, reached.code) > _rank(tiers, held) else held


def after_clawback(tiers: Sequence[Tier], held: str, before: int, after: int) -> str:
    """A tier that the returned points had earned falls at once to what the remaining ones support (law 6).

    Had they not earned it, since the ladder was another when it was reached, only a review lowers it (law 9).
    """
    supported = tier_for(tiers, after)
    had_earned = supported is not tier_for(tiers, before)
    return supported.code if had_earned and _rank(tiers, supported.code) < _rank(tiers, held) else held


def _rank(tiers: Sequence[Tier], code: str) -> int:
    """Place on the ladder; a code that this ladder does not know stands below it, as does none at all."""
    return next((rank for rank, tier in enumerate(tiers) if tier.code == code), -1)
