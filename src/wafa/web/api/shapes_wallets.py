"""What is answered about wallets: what is in them, where it came from, and how it all came about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from wafa.web.api.shapes import AwardOut, Balance, TierAhead


class Expiring(BaseModel):
    """Available points by their last day; null: they never run out."""

    expires_on: date | None
    points: int


class Pending(BaseModel):
    """Pending points by the instant from which they can be spent (null: once something has happened)."""

    available_at: datetime | None
    expires_on: date | None
    points: int


class Wallet(BaseModel):
    """What a member holds in one unit: points, stamps, or minor units of money."""

    unit: str
    available: int
    pending: int
    held: int
    debt: int
    expiring: list[Expiring]
    pending_until: list[Pending]


class Tier(BaseModel):
    """The tier held, and the way to the next one, in the programme's measure: points, minor units or visits.

    `counted` is what counts since `since` (null: since ever). A tier that is more than what counts is enough for is
    kept until the day `kept_until`, and falls at the review after it.
    """

    code: str
    next: TierAhead | None
    measure: Literal["points", "spend", "visits"]
    counted: int
    since: date | None
    kept_until: date | None


class Wallets(BaseModel):
    """All that a member holds at an instant, points first; no tier where no programme is in force."""

    member: UUID
    merged_into: UUID | None
    at: datetime
    wallets: list[Wallet]
    tier: Tier | None


class DocumentRef(BaseModel):
    """The document that an entry is about."""

    id: UUID
    source: str
    period: str
    number: str


class Entry(BaseModel):
    """One movement, and why. `external_id` is the number of the member it was posted to: a merged card's has its own.

    `text` is the whole explanation in the reader's language, `awards` what each rule gave.
    """

    id: UUID
    kind: str
    external_id: str
    unit: str
    points: int
    occurred_at: datetime
    posted_at: datetime
    document: DocumentRef | None
    awards: list[AwardOut]
    text: str
    balance: Balance


class Statement(BaseModel):
    """Entries, the latest first. `next` is the cursor of the page after this one; null: there is none."""

    member: UUID
    merged_into: UUID | None
    entries: list[Entry]
    next: str | None


class Lot(BaseModel):
    """Points with the same dates; `receipt` and `branch` are null where no receipt gave them."""

    receipt: str | None
    branch: str | None
    points: int
    available: int
    pending: int
    held: int
    available_at: datetime | None
    expires_on: date | None


class Lots(BaseModel):
    """A wallet's lots that hold something, in the order in which they would be spent."""

    member: UUID
    merged_into: UUID | None
    unit: str
    lots: list[Lot]
    debt: int
