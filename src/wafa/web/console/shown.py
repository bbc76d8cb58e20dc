"""An entry as pages show it: what it was, its slip, and its receipt if the viewer may open it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wafa.core.ledger import entry as kinds
from wafa.store.models import Entry
from wafa.web.console.access import Viewer
from wafa.wording.measures import Measure, Measures
from wafa.wording.names import Names
from wafa.wording.slip import Slip, entry_slip
from wafa.wording.titles import entry_title

ICONS = {
    kinds.ACCRUAL: "plus",
    kinds.CLAWBACK: "arrow-back-up",
    kinds.REINSTATEMENT: "plus",
    kinds.REVERSAL: "receipt",
    kinds.CLAIM: "receipt",
    kinds.EXPIRY: "hourglass-low",
    kinds.ACTIVATION: "clock",
    kinds.REDEMPTION: "coins",
    kinds.CANCELLATION: "arrow-back-up",
    kinds.HOLD: "lock",
    kinds.CAPTURE: "coins",
    kinds.RELEASE: "arrow-back-up",
    kinds.TRANSFER_OUT: "user",
    kinds.TRANSFER_IN: "user",
    kinds.MERGE_OUT: "users",
    kinds.MERGE_IN: "users",
    kinds.UNMERGE_OUT: "users",
    kinds.UNMERGE_IN: "users",
    kinds.OPENING: "inbox",
    kinds.CLOSURE: "logout",
    kinds.REVIEW: "award",
}
"""Whatever is not here is told by its words alone."""
WITHIN_THE_WALLET = (kinds.HOLD, kinds.RELEASE, kinds.ACTIVATION, kinds.REVIEW)
"""Kinds that neither give nor take, but for what runs out by the way."""


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One line of a statement."""

    entry: Entry
    title: str
    icon: str
    slip: Slip
    opens: bool
    measure: Measure

    @property
    def tone(self) -> str:
        """How it is coloured: what came, what was taken back, what went; a change of nothing in none."""
        if not self.entry.points:
            return "none"
        if self.entry.points > 0:
            return "gained"
        return "taken" if self.entry.kind in (kinds.CLAWBACK, kinds.REVERSAL) else "gone"

    @property
    def change(self) -> str:
        """+45; empty where points only changed their place within the wallet."""
        only_moved = not self.entry.points and self.entry.kind in WITHIN_THE_WALLET
        return "" if only_moved else self.measure.change(self.entry.points)

    @property
    def available_after(self) -> str:
        """What could be spent afterwards."""
        return self.measure.number(self.entry.available_after)

    @property
    def branch(self) -> str:
        """Where it happened, if it was in a shop."""
        place = self.entry.document.branch if self.entry.document else self.entry.redeeming_branch
        return place.name if place else ""


def shown(entries: Iterable[Entry], viewer: Viewer, names: Names, measures: Measures) -> list[ShownEntry]:
    """Entries, each with its story."""
    return [_shown(entry, viewer, names, measures.of(entry.wallet.unit)) for entry in entries]


def _shown(entry: Entry, viewer: Viewer, names: Names, measure: Measure) -> ShownEntry:
    merchant = viewer.merchant
    told = entry_slip(entry, entry.of, names, merchant.currency, measure, merchant.zone)
    return ShownEntry(
        entry,
        entry_title(entry.kind, entry.explanation, entry.document.kind if entry.document else "", measure),
        ICONS.get(entry.kind, "info-circle"),
        told,
        entry.document is not None and viewer.may_open(entry.document),
        measure,
    )
