"""What is answered of webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel


class EndpointOut(BaseModel):
    """An address that is told of events. `secret` is told once: when it is made, and when it is exchanged."""

    id: UUID
    url: str
    description: str
    types: list[str]
    active: bool
    off_because: Literal["", "gone", "owner"]
    created_at: datetime
    secret: str = ""


class Endpoints(BaseModel):
    """All endpoints, in the order in which they were added."""

    endpoints: list[EndpointOut]


class DeliveryOut(BaseModel):
    """What became of telling an endpoint of an event."""

    id: UUID
    endpoint: UUID
    event: UUID
    event_number: int
    type: str
    status: Literal["waiting", "delivered", "given_up"]
    attempts: int
    next_at: datetime | None
    last_status: int | None
    last_error: str
    delivered_at: datetime | None


class Deliveries(BaseModel):
    """The latest first; `next` is the cursor of the page after it, empty at the end."""

    deliveries: list[DeliveryOut]
    next: str


class Replayed(BaseModel):
    """So many events are told again."""

    events: int
