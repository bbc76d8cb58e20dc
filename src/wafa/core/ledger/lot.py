"""Lots: points credited together, with one first and one last day (law 3)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wafa.core.ledger import accounts


@dataclass(slots=True, eq=False)
class Lot:
    """Points credited together. `expires_on` is the last day on which they can be spent; None: never expires.

    `remaining` can be drawn, or will be once the lot is no longer `pending`; `held` is reserved at a till. Of what
    `expired`, `answered` has stood in for clawed-back points, each once. `covered` is what others, or debt, have
    given in place of points that were clawed back from this lot when it no longer had them.
    `available_at` is when it stops being pending by itself; None: an event says when. `idle_months` moves the last
    day on with each activity of the wallet. `origin_id` is the wallet that it was opened in: a merge moves it.
    """

    id: UUID
    document_id: UUID | None
    number: str
    issuing_branch_id: UUID | None
    sequence: int
    points: int
    remaining: int
    available_at: datetime | None
    expires_on: date | None
    expired: int = 0
    answered: int = 0
    held: int = 0
    covered: int = 0
    pending: bool = False
    idle_months: int | None = None
    origin_id: UUID | None = None

    @property
    def account(self) -> str:
        """Where its remaining points stand."""
        return accounts.PENDING if self.pending else accounts.AVAILABLE

    def has_lapsed(self, today: date) -> bool:
        """Whether its last day has passed, and something of it is left to expire."""
        return self.remaining > 0 and self.is_past(today)

    def is_past(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and self.expires_on < today

    def can_be_drawn(self, today: date) -> bool:
        """Whether it holds points that can be spent today."""
        return self.remaining > 0 and not self.pending and not self.is_past(today)

    def is_due(self, at: datetime) -> bool:
        """Whether its points become available by themselves at that instant, or did before."""
        return self.pending and self.available_at is not None and self.available_at <= at

    def drawing_order(self) -> tuple[date, int, UUID]:
        """Earliest last day first (none: last), then the oldest (law 3)."""
        return (self.expires_on or date.max, self.sequence, self.id)


@dataclass(slots=True, eq=False)
class Cover:
    """Points given in place of what a lot no longer had when it was clawed back (law 6).

    `by` is the lot that gave them; without one, `account` says what stands for them: debt, or what was forgiven.
    A debt that a lot pays becomes a cover by that lot.
    """

    lot: Lot
    by: Lot | None
    account: str
    points: int
