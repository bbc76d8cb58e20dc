"""What is answered of the shop itself: its programme, branches, goods, events and keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from wafa.web.api.shapes import FieldFault


class RuleTold(BaseModel):
    """A rule, and what it says in the reader's language."""

    code: str
    text: str


class Version(BaseModel):
    """A version of the programme: `body` is its JSON, see docs/reference/programme.md. A draft has no start."""

    number: int
    status: Literal["draft", "scheduled", "live", "retired"]
    starts_at: datetime | None
    body: dict[str, Any]
    rules: list[RuleTold]


class VersionHead(BaseModel):
    """A version without what it says."""

    number: int
    status: Literal["draft", "scheduled", "live", "retired"]
    starts_at: datetime | None


class Versions(BaseModel):
    """Drafts first, then the latest to start."""

    versions: list[VersionHead]


class Validity(BaseModel):
    """Whether a draft could be published, and what is wrong with it."""

    valid: bool
    errors: list[FieldFault]


class BranchOut(BaseModel):
    """A branch, and the groups that rules know it by."""

    code: str
    name: str
    groups: list[str]


class Branches(BaseModel):
    """All branches, by their codes."""

    branches: list[BranchOut]


class ItemOut(BaseModel):
    """Goods or a service, as far as rules ask."""

    code: str
    name: str
    category: str
    brand: str
    supplier: str
    tags: list[str]


class Items(BaseModel):
    """A page of items by their codes; `next` is the cursor of the page after it, empty at the end."""

    items: list[ItemOut]
    next: str


class CategoryOut(BaseModel):
    """A kind of goods, and the code of the one that it lies in; empty: none."""

    code: str
    name: str
    parent: str


class Categories(BaseModel):
    """All categories, by their codes."""

    categories: list[CategoryOut]


class Kept(BaseModel):
    """So many are as they were sent."""

    kept: int


class EventOut(BaseModel):
    """Something that happened: see docs/reference/events.md. `sequence` counts a wallet's own events up."""

    id: UUID
    number: int
    type: str
    occurred_at: datetime
    sequence: int | None
    data: dict[str, Any]


class Events(BaseModel):
    """Events in the order of their numbers; `next` is where to go on, also where nothing has happened since."""

    events: list[EventOut]
    next: str


class KeyOut(BaseModel):
    """A key. `token` is told once, when it is made."""

    id: UUID
    name: str
    scopes: list[str]
    branches: list[str]
    till: str
    adjusts_most: int | None
    requests_a_minute: int | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    token: str = ""


class Keys(BaseModel):
    """All keys, the oldest first."""

    keys: list[KeyOut]
