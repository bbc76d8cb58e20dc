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


class Document(BaseModel):
    """What was counted of a document. Without a member there is no balance and no tier."""

    id: UUID
    status: Literal["accepted", "duplicate"]
    points: int
    awards: list[AwardOut]
    balance: Balance | None
    tier: TierOut | None
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


class BatchItem(BaseModel):
    """What came of one item: the status that it would have had alone, and its answer or problem."""

    status: int
    answer: dict[str, Any] | None = None
    problem: Problem | None = None


class Batch(BaseModel):
    """One result an item, in their order."""

    results: list[BatchItem]


REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429, 503), Problem)


def read(shape: Any) -> dict[int, Any]:
    """The answers of a call that reads, or that answers 200 always."""
    return {200: shape, **REFUSALS}


def written(shape: Any) -> dict[int, Any]:
    """The answers of a call that writes: 201, or 200 where it had been done before."""
    return {201: shape, 200: shape, **REFUSALS}
