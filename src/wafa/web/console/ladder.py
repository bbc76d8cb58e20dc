"""The tiers as pages show them: a name, a rung, and how far it is to the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wafa.queries.console.programme import Programme
from wafa.store.models import Wallet
from wafa.wording.names import Names

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
    """Where a member stands between two tiers, in qualifying points."""

    tier: ShownTier
    next: ShownTier | None
    qualifying: int
    done: int
    span: int

    @property
    def missing(self) -> int:
        """Points to the next tier."""
        return self.next.threshold - self.qualifying if self.next else 0


class Ladder:
    """The tiers of the programme in force."""

    def __init__(self, programme: Programme, names: Names) -> None:
        self._names = names
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

    def progress(self, wallet: Wallet) -> Progress | None:
        """How far a member has come; None where the programme has no tiers."""
        held = self.tier(wallet.tier) or (self.tiers[0] if self.tiers else None)
        if held is None:
            return None
        following = next((tier for tier in self.tiers if tier.threshold > wallet.qualifying), None)
        if following is None:
            return Progress(held, None, wallet.qualifying, 1, 1)
        reached = [tier.threshold for tier in self.tiers if tier.threshold <= wallet.qualifying]
        start = reached[-1] if reached else 0
        return Progress(held, following, wallet.qualifying, wallet.qualifying - start, following.threshold - start)
