"""What the core answers: one outcome a command, in the commands' order.

What an outcome asks to be appended stands in it; what it moved stands in the snapshot.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wafa.core.commands import DocumentCommand, Line
from wafa.core.ledger.entry import Entry
from wafa.core.ledger.receipt import Receipt, SoldLine
from wafa.core.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Slip:
    """What a door is told of what was counted, the first time and every time it asks again.

    `id` is the document's, or of a request its entry's. `points` is the wallet's change, `explanation` says why,
    `after` is the balance, `tier` the tier's code, `version_id` by which rules. `anonymous_reason` says why a member
    who was named was not credited; such a slip has no points.
    """

    id: UUID
    points: int = 0
    explanation: dict[str, Any] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    tier: str = ""
    anonymous_reason: str = ""
    version_id: UUID | None = None

    @classmethod
    def of(cls, entry: Entry, id: UUID | None = None) -> "Slip":
        """What one entry says, of itself or of the document that caused it."""
        return cls(
            id or entry.id,
            entry.points,
            entry.explanation,
            entry.after,
            entry.tier_after,
            version_id=entry.version_id,
        )


@dataclass(frozen=True, slots=True)
class CameBack:
    """A returned line as it is matched: the id that it has, or will have, in the store; the item; thousandths."""

    id: str
    item: str
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class Match:
    """So much of a returned line, by its id, was found on a sold one; below zero, a match that is taken back."""

    line_id: str
    sold: SoldLine
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be written.

    `named_member_id` is the member whom an anonymous one named; `receipt` is what it sold; `named_id` is the document
    that it names: the receipt of a return, or what it annuls. `came_back` are its returned lines by their ids.
    """

    id: UUID
    command: DocumentCommand
    content_hash: bytes
    branch_id: UUID
    member_id: UUID | None
    anonymous_reason: str = ""
    named_member_id: UUID | None = None
    receipt: Receipt | None = None
    named_id: UUID | None = None
    came_back: dict[str, Line] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()
    waits: bool = False
    """Whether it came before the receipt that it names."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The document counts; `entries` are to be appended, in this order.

    `late_matches` are of returns that had waited for it.
    """

    slip: Slip
    document: Document
    entries: tuple[Entry, ...] = ()
    late_matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """The request was carried out."""

    slip: Slip
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The very same was counted before: this is what was answered then."""

    first: Slip

    @property
    def entries(self) -> tuple[Entry, ...]:
        """None: nothing is counted twice."""
        return ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The command changed nothing. `detail` holds the figures and names that a sentence about it needs.

    `entries` are what was due in the wallet anyway, and happened when it was touched.
    """

    refusal: Refusal
    detail: dict[str, Any] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What was due has happened; `expired` points ran out."""

    expired: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Tiers were looked at: an entry for each that changed, or whose grace began or ended."""

    entries: tuple[Entry, ...]


Outcome = Accepted | Posted | Duplicate | Refused | Settled | Reviewed
