"""What is answered, as the OpenAPI describes it. Amounts of points are whole numbers, ids are UUIDs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel


class FieldFault(BaseModel):
    """What is wrong with one field of the body."""

    path: str
    code: str
    detail: str


class Problem(BaseModel):
    """A refusal, by RFC 9457. `code` is the refusal's name, `figures` what its sentence is told with."""

    type: str
    status: int
    code: str
    detail: str
    path: str = ""
    figures: dict[str, Any] = {}
    errors: list[FieldFault] = []


class Balance(BaseModel):
    """What a wallet held after it."""

    available: int
    pending: int
    held: int
    debt: int


class AwardOut(BaseModel):
    """What one rule gave, and why."""

    rule: str
    points: int
    text: str


class TierAhead(BaseModel):
    """The next tier, and what is missing of it: points, minor units or visits, as the programme qualifies by."""

    code: str
    missing: int


class TierOut(BaseModel):
    """The tier held."""

    code: str
    next: TierAhead | None


class UnitGiven(BaseModel):
    """Stamps, or money in minor units, that a document gave or took back; `available` is what the wallet then held."""

    unit: str
    points: int
    available: int
    text: str


class Document(BaseModel):
    """What was counted of a document. Without a member there is no balance and no tier. `units`: besides points."""

    id: UUID
    status: Literal["accepted", "duplicate"]
    points: int
    awards: list[AwardOut]
    balance: Balance | None
    tier: TierOut | None
    units: list[UnitGiven]
    anonymous_reason: str = ""
    waits_for: str = ""


class Movement(BaseModel):
    """What moved in a wallet, and what is left in it. `id` is what a later call names: a hold's, a redemption's."""

    id: UUID
    status: Literal["accepted", "duplicate"]
    points: int
    balance: Balance
    worth_minor: int | None = None
    expires_at: datetime | None = None


class LineOut(BaseModel):
    """A line as it was sold or came back; of a sold one, how much has come back since. Quantities are decimals."""

    item: str
    description: str
    quantity: str
    returned: str
    amount_minor: int
    came_back: bool


class HeldAward(BaseModel):
    """What a rule gave first, and what the receipt still holds of it."""

    rule: str
    first_points: int
    points: int


class Money(BaseModel):
    """An amount in minor units."""

    amount_minor: int
    currency: str


class Receipt(BaseModel):
    """A document as it stands now."""

    id: UUID
    kind: Literal["purchase", "return", "exchange", "void", "cancel_return"]
    source: str
    period: str
    number: str
    occurred_at: datetime
    posted_at: datetime
    branch: str
    member: UUID | None
    anonymous_reason: str
    total: Money
    lines: list[LineOut]
    awards: list[HeldAward]
    points: int


class RulePreview(BaseModel):
    """One rule's part: what it would give and why; or why it gives nothing; and how little more would bring more."""

    rule: str
    unit: str
    points: int
    text: str
    missed: str
    near: str


class PreviewOut(BaseModel):
    """What a receipt would earn, the tier before and after it, and what is then missing of the next one."""

    points: int
    rules: list[RulePreview]
    tier: str | None
    tier_after: str | None
    next: TierAhead | None
    text: str


class Waiting(BaseModel):
    """An adjustment that a second person has to approve."""

    id: UUID
    status: Literal["waiting", "approved", "declined"]
    member: str
    points: int
    unit: str
    reason: str
    note: str
    asked_by: str
    asked_at: datetime


class WaitingList(BaseModel):
    """Adjustments that nobody has decided on, the oldest first."""

    adjustments: list[Waiting]


class BatchItem(BaseModel):
    """What came of one item: the status that it would have had alone, and its answer or problem."""

    status: int
    answer: dict[str, Any] | None = None
    problem: Problem | None = None


class Batch(BaseModel):
    """One result an item, in their order."""

    results: list[BatchItem]


REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 405, 409, 413, 422, 429, 503), Problem)


def read(shape: Any) -> dict[int, Any]:
    """The answers of a call that reads, or that answers 200 always."""
    return {200: shape, **REFUSALS}


def written(shape: Any) -> dict[int, Any]:
    """The answers of a call that writes: 201, or 200 where it had been done before."""
    return {201: shape, 200: shape, **REFUSALS}
