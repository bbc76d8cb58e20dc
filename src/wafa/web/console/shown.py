"""An entry as pages show it: what it was, its slip, and its receipt if the viewer may open it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wafa.store.models import Entry
from wafa.web.console.access import Viewer
from wafa.wording.names import Names
from wafa.wording.slip import Slip, slip

ICONS = {"accrual": "plus", "clawback": "arrow-back-up", "expiry": "hourglass-low"}


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One line of a statement."""

    entry: Entry
    title: str
    icon: str
    slip: Slip
    opens: bool

    @property
    def tone(self) -> str:
        """How it is coloured: by what it is, a change of nothing in none."""
        return self.entry.kind if self.entry.points else "none"


def title_of(kind: str) -> str:
    """What an entry of a kind is called; a kind that this page does not know by its own word."""
    return {"accrual": _("Purchase"), "clawback": _("Return"), "expiry": _("Points expired")}.get(kind, kind)


def shown(entries: Iterable[Entry], viewer: Viewer, names: Names) -> list[ShownEntry]:
    """Entries, each with its story."""
    return [
        ShownEntry(
            entry,
            title_of(entry.kind),
            ICONS.get(entry.kind, "info-circle"),
            slip(entry.kind, entry.explanation, names, entry.programme_version_id, viewer.merchant.currency),
            entry.document is not None and viewer.may_open(entry.document),
        )
        for entry in entries
    ]
