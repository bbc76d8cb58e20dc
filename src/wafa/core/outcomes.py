"""What the core answers: one outcome a command, in the commands' order."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wafa.core.commands import DocumentCommand
from wafa.core.ledger.entry import Entry
from wafa.core.ledger.wallet import Receipt, SoldLine
from wafa.core.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Slip:
    """What a till is told of a counted document, the first time and every time it asks again.

    `points` is the wallet's change, `explanation` says why, `after` is the balance, `tier` the tier's code.
    `anonymous_reason` says why a member who was named was not credited; such a slip has no points.
    """

    document_id: UUID
    points: int = 0
    explanation: dict[str, Any] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    tier: str = ""
    anonymous_reason: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """So much of a returned line, by its position, was found on a sold one."""

    position: int
    sold: SoldLine
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be written.

    `named_member_id` is the member whom an anonymous one named; `receipt` is a purchase's own; of a return, `named_id`
    is the receipt that it names, and `returned_to` are those that it was matched to.
    """

    id: UUID
    command: DocumentCommand
    content_hash: bytes
    branch_id: UUID
    member_id: UUID | None
    anonymous_reason: str
    named_member_id: UUID | None = None
    receipt: Receipt | None = None
    named_id: UUID | None = None
    matches: tuple[Match, ...] = ()
    returned_to: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The document counts; `entries` are to be appended, in this order."""

    slip: Slip
    document: Document
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The very same document was counted before: this is what was answered then."""

    first: Slip


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changed. `detail` holds the figures and names that a sentence about it needs."""

    refusal: Refusal
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expired:
    """What had passed its last day has run out."""

    points: int
    entries: tuple[Entry, ...]


Outcome = Accepted | Duplicate | Refused | Expired
