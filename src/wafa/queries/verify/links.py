"""Wallets that are read together: members who were merged, and those between whom a receipt was moved.

They are few; and where a lot or a hold of theirs is by now follows from the merges alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from django.db import connection

from wafa.core.ledger.entry import CLAIM, MERGE_IN, MERGE_OUT, REVERSAL, UNMERGE_IN, UNMERGE_OUT
from wafa.store.models import Merchant

_ENTRIES = """
    SELECT e.wallet_id, w.member_id, w.unit, e.sequence, e.kind, e.id, e.of_id, e.document_id, e.turn,
           (e.explanation -> 'undo' -> 'origins')::json
    FROM entry e JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    WHERE e.merchant_id = %s
      AND (e.kind IN ('merge_out', 'merge_in', 'unmerge_out', 'unmerge_in', 'reversal')
           OR e.kind = 'claim' AND e.turn > 0)
    ORDER BY e.wallet_id, e.sequence
"""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a merge, or the undoing of one, takes what is in a wallet: whose lots (None: all), from and to where."""

    sequence: int
    into: UUID
    into_sequence: int
    origins: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """What was opened in a wallet by its entries from `first` to `last` is in `home` now."""

    origin: UUID
    first: int
    last: int
    home: UUID


@dataclass(slots=True)
class Links:
    """`groups` of wallets that belong together, and the steps out of each wallet."""

    groups: list[list[UUID]] = field(default_factory=list)
    steps: dict[UUID, list[Step]] = field(default_factory=dict)
    absorbed_by: dict[UUID, UUID] = field(default_factory=dict)
    """Members who are merged now, each with the one that it was merged into."""

    members: set[UUID] = field(default_factory=set)
    """Everybody who was ever merged, or took somebody over."""

    @property
    def linked(self) -> list[UUID]:
        """All wallets of the groups."""
        return [wallet for group in self.groups for wallet in group]

    def survivors(self) -> dict[UUID, UUID]:
        """Members who are merged now, each with the one that stands for it in the end."""
        return {member: self._last(member) for member in self.absorbed_by}

    def lots(self) -> Iterator[Span]:
        """Where lots are, by the wallet and the entry that opened them."""
        return self._spans(parting=True)

    def holds(self) -> Iterator[Span]:
        """The same of holds: those of a merge that is undone are closed by then, and stay where they are."""
        return self._spans(parting=False)

    def _last(self, member: UUID) -> UUID:
        seen = {member}
        while member in self.absorbed_by and self.absorbed_by[member] not in seen:
            member = self.absorbed_by[member]
            seen.add(member)
        return member

    def _spans(self, *, parting: bool) -> Iterator[Span]:
        for origin in self.linked:
            bounds = [0, *(step.sequence for step in self.steps.get(origin, ())), 2**62]
            for first, last in pairwise(bounds):
                yield Span(origin, first + 1, last, self._home(origin, first, parting))

    def _home(self, origin: UUID, sequence: int, parting: bool) -> UUID:
        wallet = origin
        while step := self._next(wallet, sequence, origin, parting):
            wallet, sequence = step.into, step.into_sequence
        return wallet

    def _next(self, wallet: UUID, sequence: int, origin: UUID, parting: bool) -> Step | None:
        for step in self.steps.get(wallet, ()):
            if step.sequence > sequence and (step.origins is None or (parting and origin in step.origins)):
                return step
        return None


def load_links(merchant: Merchant) -> Links:
    """Read the merges and moves of a merchant."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [merchant.id])
        rows = [_Row(*row) for row in cursor.fetchall()]
    links = Links()
    merged_out = {row.id: row for row in rows if row.kind == MERGE_OUT}
    pairs = [
        *_merges(links, rows, merged_out),
        *_partings(links, rows, merged_out),
        *_moves(rows),
    ]
    for steps in links.steps.values():
        steps.sort(key=lambda step: step.sequence)
    links.groups = _groups(pairs)
    return links


@dataclass(frozen=True, slots=True)
class _Row:
    wallet: UUID
    member: UUID
    unit: str
    sequence: int
    kind: str
    id: UUID
    of: UUID | None
    document: UUID | None
    turn: int
    origins: list[str] | None


def _merges(links: Links, rows: list[_Row], merged_out: dict[UUID, _Row]) -> Iterator[tuple[UUID, UUID]]:
    for row in rows:
        out = merged_out.get(row.of) if row.kind == MERGE_IN and row.of else None
        if out:
            links.steps.setdefault(out.wallet, []).append(Step(out.sequence, row.wallet, row.sequence))
            links.members |= {out.member, row.member}
            yield out.wallet, row.wallet
    latest = {row.wallet: row for row in rows if row.kind in (MERGE_OUT, UNMERGE_IN) and row.unit == "points"}
    into = {row.of: row.member for row in rows if row.kind == MERGE_IN}
    for row in latest.values():
        if row.kind == MERGE_OUT and row.id in into:
            links.absorbed_by[row.member] = into[row.id]


def _partings(links: Links, rows: list[_Row], merged_out: dict[UUID, _Row]) -> Iterator[tuple[UUID, UUID]]:
    back = {(row.of, row.unit): row for row in rows if row.kind == UNMERGE_IN}
    for row in rows:
        home = back.get((row.of, row.unit)) if row.kind == UNMERGE_OUT else None
        out = merged_out.get(row.of) if row.of else None
        if home and out:
            origins = frozenset(UUID(each) for each in out.origins or ())
            links.steps.setdefault(row.wallet, []).append(Step(row.sequence, home.wallet, home.sequence, origins))
            yield row.wallet, home.wallet
            yield row.wallet, out.wallet  # Of another unit: all units' partings name the merge of the points.


def _moves(rows: list[_Row]) -> Iterator[tuple[UUID, UUID]]:
    """The wallets between which a receipt was moved: reversed in the one, claimed in the other."""
    claimed = {(row.document, row.turn): row.wallet for row in rows if row.kind == CLAIM}
    for row in rows:
        into = claimed.get((row.document, row.turn + 1)) if row.kind == REVERSAL else None
        if into:
            yield row.wallet, into


def _groups(pairs: list[tuple[UUID, UUID]]) -> list[list[UUID]]:
    """Wallets that some chain of pairs connects."""
    neighbours: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    groups, seen = [], set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        group, waiting = [], [start]
        seen.add(start)
        while waiting:
            wallet = waiting.pop()
            group.append(wallet)
            fresh = neighbours[wallet] - seen
            seen |= fresh
            waiting += fresh
        groups.append(sorted(group))
    return groups
