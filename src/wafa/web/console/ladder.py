"""The tiers as pages show them: a name, a rung, and how far it is to the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wafa.queries.console.programme import Programme
from wafa.queries.console.progress import Standing
from wafa.store.models import Wallet
from wafa.wording.names import Names
from wafa.wording.told.tiers import last_day_of_grace

RUNGS = 5
"""Colours there are for tiers; a longer ladder shares the last one."""


@dataclass(frozen=True, slots=True)
class ShownTier:
    """A tier by name, and its rung from 1 (the lowest); 0 where the ladder in force does not know it."""

    code: str
    name: str
    rung: int
    threshold: int = 0


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many members hold a tier."""

    tier: ShownTier
    members: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a member stands between two tiers; `done` of `span` is the way from the tier before to the next one.

    `kept_until` is the last day of a tier that is more than what counts is enough for.
    """

    tier: ShownTier
    next: ShownTier | None
    measure: str
    counted: int
    missing: int
    since: date | None
    done: int
    span: int
    kept_until: date | None


class Ladder:
    """The tiers of the programme in force."""

    def __init__(self, programme: Programme, names: Names) -> None:
        self._names = names
        qualification = programme.in_force.get("qualification") or {}
        self.measure = str(qualification.get("measure", "points"))
        self._grace_days = int(qualification.get("grace_days", 0))
        self.tiers = [
            ShownTier(str(tier["code"]), names.tier(str(tier["code"])), min(rung, RUNGS), int(tier["from"]))
            for rung, tier in enumerate(programme.tiers(), start=1)
        ]
        self._by_code = {tier.code: tier for tier in self.tiers}

    def tier(self, code: str) -> ShownTier | None:
        """A tier held; None where none is held yet."""
        if not code:
            return None
        return self._by_code.get(code) or ShownTier(code, self._names.tier(code), 0)

    def counts(self, members: Mapping[str, int]) -> list[TierCount]:
        """Members by tier, the highest first; tiers that only earlier programmes knew come last."""
        known = [TierCount(tier, members.get(tier.code, 0)) for tier in reversed(self.tiers)]
        others = [code for code in members if code and code not in self._by_code]
        return known + [TierCount(ShownTier(code, self._names.tier(code), 0), members[code]) for code in sorted(others)]

    def progress(self, wallet: Wallet, standing: Standing) -> Progress:
        """How far a member has come."""
        following = self._by_code[standing.next.code] if standing.next else None
        reached = [tier.threshold for tier in self.tiers if tier.threshold <= standing.counted]
        start = reached[-1] if reached else 0
        kept = last_day_of_grace(standing.kept_since, self._grace_days) if standing.kept_since else None
        return Progress(
            self.tier(wallet.tier) or self.tiers[0],
            following,
            standing.measure,
            standing.counted,
            standing.missing,
            standing.since,
            standing.counted - start if following else 1,
            following.threshold - start if following else 1,
            kept,
        )
