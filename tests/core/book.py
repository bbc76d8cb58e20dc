"""The book: what all postings add up to, kept by itself, entry by entry; it sees each draw as it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from wafa.core.ledger import accounts
from wafa.core.ledger.entry import (
    ACTIVATION,
    CANCELLATION,
    CAPTURE,
    HOLD,
    MERGE_IN,
    MERGE_OUT,
    RELEASE,
    UNMERGE_IN,
    UNMERGE_OUT,
    Entry,
    Posting,
)
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.wallet import Wallet

DRAWN_INTO = (
    accounts.REDEEMED,
    accounts.HELD,
    accounts.TRANSFERRED,
    accounts.CHARGED,
    accounts.ADJUSTED,
)
MERGING = (MERGE_OUT, MERGE_IN, UNMERGE_OUT, UNMERGE_IN)

Day = Callable[[datetime], date]
Leg = tuple[Posting, Posting]


class Book:
    """Points by (wallet, account) and by (lot, account); whose each lot is; what was given for which lot."""

    def __init__(self) -> None:
        self.sums: Counter[tuple[UUID, str]] = Counter()
        self.of_lot: Counter[tuple[UUID, str]] = Counter()
        self.owner: dict[UUID, UUID] = {}
        self.given: Counter[tuple[UUID, UUID | str]] = Counter()
        self._lots: dict[UUID, Lot] = {}
        self._last_days: dict[UUID, date | None] = {}
        self._leaving: UUID | None = None
        self._origins: dict[UUID, set[UUID]] = {}
        self._drawn: dict[UUID, list[tuple[Lot, int]]] = {}

    def __getitem__(self, key: tuple[UUID, str]) -> int:
        """Points of a wallet's account."""
        return self.sums[key]

    def covers(self) -> dict[tuple[UUID, UUID | str], int]:
        """(lot, who gave for it: another lot, `debt` or `forgiven`) and how much of it stands."""
        return {key: points for key, points in self.given.items() if points}

    def keep(self, entries: Sequence[Entry], day: Day) -> None:
        """Add the entries of a batch, looking at each."""
        for entry in entries:
            self._join(entry)
            for leg in zip(entry.postings[::2], entry.postings[1::2], strict=True):
                self._check_lot(entry, leg)
                if not self._days_have_moved(entry.wallet, entries):
                    self._check_draw(entry, leg, day)
                self._add(entry, leg)
            if entry.kind in (HOLD, CAPTURE):
                self._check_hold(entry)
            figures = {name: self.sums[entry.wallet.id, name] for name in ("available", "pending", "held")}
            figures["debt"] = -self.sums[entry.wallet.id, accounts.DEBT]
            assert entry.after == figures, f"{entry.kind}: what it says it left is not what was posted"
        self._last_days = {id: lot.expires_on for id, lot in self._lots.items()}

    def _join(self, entry: Entry) -> None:
        for lot in entry.opened:
            assert lot.id not in self.owner, "a lot is opened once"
            self._lots[lot.id], self.owner[lot.id] = lot, entry.wallet.id
        if entry.kind in (MERGE_OUT, UNMERGE_OUT):
            self._leaving = entry.wallet.id
        if entry.kind == MERGE_OUT:
            self._origins[entry.id] = {UUID(id) for id in entry.explanation["undo"]["origins"]}  # type: ignore[index]
        if entry.kind in (MERGE_IN, UNMERGE_IN) and entry.of_id:
            origins = self._origins.get(entry.of_id, set())
            for id, owner in self.owner.items():
                comes_along = entry.kind == MERGE_IN or self._lots[id].origin_id in origins
                self.owner[id] = entry.wallet.id if owner == self._leaving and comes_along else owner

    def _add(self, entry: Entry, leg: Leg) -> None:
        for posting in leg:
            self.sums[entry.wallet.id, posting.account] += posting.points
            if posting.lot:
                self.of_lot[posting.lot.id, posting.account] += posting.points
            if posting.for_lot:
                self._give(posting.for_lot, posting)

    def _give(self, lot: Lot, posting: Posting) -> None:
        """Out of an account that can give: so much more stands for the lot; into it: so much less."""
        if posting.account in (accounts.AVAILABLE, accounts.PENDING) and posting.lot:
            self.given[lot.id, posting.lot.id] -= posting.points
        elif posting.account in (accounts.DEBT, accounts.FORGIVEN, accounts.WITHHELD):
            self.given[lot.id, posting.account] -= posting.points

    def _check_lot(self, entry: Entry, leg: Leg) -> None:
        for lot in (leg[0].lot, leg[0].for_lot):
            whose = self.owner[lot.id] if lot else entry.wallet.id
            assert whose == entry.wallet.id or entry.kind in MERGING, f"{entry.kind}: moves another wallet's lot"

    def _days_have_moved(self, wallet: Wallet, entries: Sequence[Entry]) -> bool:
        """Whether, in a batch, it cannot be told from here which day a lot had when it was drawn.

        Activity moves the days of idle lots, a cancelled redemption those of any: grace.
        """
        mine = [self._lots[id] for id, owner in self.owner.items() if owner == wallet.id]
        has_grace = any(entry.kind == CANCELLATION for entry in entries)
        moving = [lot for lot in mine if (lot.idle_months or has_grace) and lot.id not in self._last_days]
        have_moved = any(self._last_day(lot) != lot.expires_on for lot in mine)
        return (len(entries) > 1 and (bool(moving) or have_moved)) or (has_grace and have_moved)

    def _last_day(self, lot: Lot) -> date | None:
        return self._last_days.get(lot.id, lot.expires_on)

    def _check_draw(self, entry: Entry, leg: Leg, day: Day) -> None:
        """Nothing that has run out is drawn, and nothing before what comes first in drawing order (law 3)."""
        out_of, into = leg
        lot = out_of.lot
        covers = out_of.for_lot is not None and into.account == accounts.CLAWED_BACK
        pays = into.account == accounts.DEBT
        drawn = into.account in DRAWN_INTO and entry.kind not in MERGING
        if out_of.account not in (accounts.AVAILABLE, accounts.PENDING) or not lot or not (covers or pays or drawn):
            return
        today = day(entry.occurred_at if entry.kind in (RELEASE, ACTIVATION) else entry.posted_at)
        last = self._last_day(lot)
        assert last is None or last >= today, f"{entry.kind}: lot {lot.number} is drawn after its last day"
        if pays:
            return
        others = [other for other in self._open(entry.wallet, today) if other is not out_of.for_lot]
        first = min(others, key=self._order)
        assert first is lot, f"{entry.kind}: lot {lot.number} is drawn before {first.number}"
        assert covers or out_of.account == accounts.AVAILABLE, f"{entry.kind}: pending points are spent"

    def _order(self, lot: Lot) -> tuple[bool, date, int, UUID]:
        """Pending lots last (they give to clawbacks alone); the first to run out first, then the oldest."""
        pending = self.of_lot[lot.id, accounts.PENDING] > 0
        return (pending, self._last_day(lot) or date.max, lot.sequence, lot.id)

    def _open(self, wallet: Wallet, today: date) -> Iterable[Lot]:
        """The wallet's lots that hold something today, as the book knows them."""
        for id, lot in self._lots.items():
            last = self._last_day(lot)
            holds = self.of_lot[id, accounts.AVAILABLE] + self.of_lot[id, accounts.PENDING]
            if self.owner[id] == wallet.id and holds and (last is None or last >= today):
                yield lot

    def _check_hold(self, entry: Entry) -> None:
        """What is captured is what was held first; the rest goes back, and nothing else."""
        into = list(zip(entry.postings[::2], entry.postings[1::2], strict=True))
        if entry.kind == HOLD:
            self._drawn[entry.id] = [(leg[1].lot, leg[1].points) for leg in into if leg[1].lot]
            return
        held = self._drawn[entry.of_id] if entry.of_id else []
        captured = [(each[1].lot, each[1].points) for each in into if each[1].account == accounts.REDEEMED]
        released = {each[0].lot: each[1].points for each in into if each[0].account == accounts.HELD}
        for place, (lot, points) in enumerate(captured):
            whole = held[place] == (lot, points)
            last = place == len(captured) - 1
            assert whole or (last and held[place][0] is lot), "what is captured is not what was held first"
        assert sum(points for _, points in held) == sum(-leg[0].points for leg in into if leg[0].account == "held")
        assert set(released) <= {lot for lot, _ in held}, "what is released is not what was held"
