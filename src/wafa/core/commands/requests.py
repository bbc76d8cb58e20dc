"""What is asked for without a document: each under an idempotency key, counted once (law 4)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wafa.core.commands.documents import DocumentKey
from wafa.core.ledger.wallet import POINTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something asked for at an instant, under a key that no other request has."""

    at: datetime
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheTill(Request):
    """A request of a till: `branch` is its branch's code, `till` and `cashier` are names for the slip."""

    branch: str
    till: str = ""
    cashier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeem(AtTheTill):
    """Spend points of a member (by number). `purpose` is one of PURPOSES, `reference` names what it was for.

    `proof` is one of PROOFS: what the member showed to be known by, and the door has verified; empty: nothing.
    """

    member: str
    points: int
    unit: str = POINTS
    purpose: str = "money_off"
    reference: str = ""
    proof: str = ""


PURPOSES = ("money_off", "reward", "gift")
PROOFS = ("card", "qr", "pin")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRedemption(AtTheTill):
    """Undo a redemption, by its id: the very lots get their points back."""

    redemption: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold(AtTheTill):
    """Reserve points of a member for so many minutes; without them, for as long as the programme says.

    `proof` as of a redemption: who captures the hold needs none again.
    """

    member: str
    points: int
    unit: str = POINTS
    minutes: int | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureHold(AtTheTill):
    """Spend held points, by the hold's id: all of them, or so many; the rest is released."""

    hold: UUID
    points: int | None = None
    purpose: str = "money_off"
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold(AtTheTill):
    """Give held points back, by the hold's id."""

    hold: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust(Request):
    """Goodwill or a correction: points to a member or (below zero) from one. A reason's code and a note say why.

    `branch` is the one that issues the points, where there is one. `expires_on` is their last day, where it is not
    the programme's.
    """

    member: str
    points: int
    reason: str
    note: str
    unit: str = POINTS
    branch: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Request):
    """Points pass from one member to another. Lots keep their last day."""

    member: str
    to: str
    points: int
    unit: str = POINTS


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeMembers(Request):
    """Two cards of one person: `member` is merged into `into`, and its number goes on working."""

    member: str
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoMerge(Request):
    """The two were not one: what `merge` (its id) brought goes back, as far as it is still there."""

    merge: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseMember(Request):
    """A member leaves: what is left is forfeited, what is owed is forgiven."""

    member: str


@dataclass(frozen=True, slots=True)
class OpeningLot:
    """Points of an old programme, with their last day there; None: never expire."""

    points: int
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBalance(Request):
    """What a member brings from an old programme; `qualifying` units count for the tier, for life."""

    member: str
    lots: tuple[OpeningLot, ...]
    unit: str = POINTS
    qualifying: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordActivity(Request):
    """A member did something that is no purchase: `activity` is its code in the programme.

    `subject` is what it was about, where it counts once for each; `branch` the one that issues the points, if any.
    """

    member: str
    activity: str
    occurred_at: datetime
    subject: str = ""
    branch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateReceipt(Request):
    """The event that a receipt's pending points wait for has happened."""

    receipt: DocumentKey


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReceipt(Request):
    """A receipt was credited to the wrong member: it goes to the right one."""

    receipt: DocumentKey
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReceipt(Request):
    """A member claims a receipt that was recorded without one."""

    receipt: DocumentKey
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """What is due happens: holds run out, pending points become available, lots expire.

    In the wallets named, or in all that were loaded.
    """

    at: datetime
    wallets: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTiers:
    """Look at the tiers of the wallets named."""

    at: datetime
    wallets: tuple[UUID, ...]
