"""The slip: an entry's explanation as a person would tell it, in the reader's language.

"Base: 45. Gold, half as much again: 22." A slip has parts, since a return may touch several receipts; a
part has lines, each a name, its points and the reason; and notes say the rest in whole sentences. Pages
lay the parts out, the command line and messages take them as text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Protocol
from uuid import UUID

from wafa.core.ledger import entry as kinds
from wafa.wording.measures import POINTS, Measure
from wafa.wording.names import Names
from wafa.wording.telling import Explanation, Line, Part, Slip, Telling
from wafa.wording.told import by_hand, documents, lots, members, spending, tiers

__all__ = ["Line", "Part", "Slip", "award_line", "entry_slip", "slip"]


def slip(
    kind: str,
    explanation: Explanation,
    names: Names,
    version: UUID | None,
    currency: str,
    *,
    measure: Measure = POINTS,
    points: int = 0,
    zone: tzinfo = UTC,
    of_at: datetime | None = None,
) -> Slip:
    """The slip of an entry of some kind; of a kind not known here, an empty one.

    `points` is the entry's change, `measure` tells its wallet's unit, `zone` is the merchant's; `of_at` is when the
    entry happened that it answers.
    """
    tell = _TOLD.get(kind)
    telling = Telling(names, version, currency, measure, points, zone, of_at)
    return tell(explanation or {}, telling) if tell else Slip()


class ToldEntry(Protocol):
    """What a slip is told from, of an entry."""

    @property
    def kind(self) -> str:
        """What it was."""

    @property
    def explanation(self) -> Explanation:
        """Why, as the core kept it."""

    @property
    def programme_version_id(self) -> UUID | None:
        """By which rules."""

    @property
    def points(self) -> int:
        """The wallet's change."""

    @property
    def occurred_at(self) -> datetime:
        """When it happened."""


def entry_slip(
    entry: ToldEntry, answers: ToldEntry | None, names: Names, currency: str, measure: Measure, zone: tzinfo
) -> Slip:
    """The slip of an entry, with the one that it answers, if it does: the same wherever it is told."""
    return slip(
        entry.kind,
        entry.explanation,
        names,
        entry.programme_version_id,
        currency,
        measure=measure,
        points=entry.points,
        zone=zone,
        of_at=answers.occurred_at if answers else None,
    )


def award_line(award: Explanation, names: Names, version: UUID | None, currency: str) -> Line:
    """What one rule gave."""
    return documents.award_line(award, Telling(names, version, currency))


_TOLD: dict[str, Callable[[Explanation, Telling], Slip]] = {
    kinds.ACCRUAL: documents.accrual,
    kinds.CLAWBACK: documents.clawback,
    kinds.REINSTATEMENT: documents.reinstatement,
    kinds.REVERSAL: documents.reversal,
    kinds.CLAIM: documents.claim,
    kinds.EXPIRY: lots.expiry,
    kinds.ACTIVATION: lots.activation,
    kinds.REDEMPTION: spending.redemption,
    kinds.CANCELLATION: spending.cancellation,
    kinds.HOLD: spending.hold,
    kinds.CAPTURE: spending.capture,
    kinds.RELEASE: spending.release,
    kinds.ADJUSTMENT: by_hand.adjustment,
    kinds.REWARD: by_hand.reward,
    kinds.GRANT: documents.grant,
    kinds.REVOCATION: documents.clawback,
    kinds.OPENING: by_hand.opening,
    kinds.CLOSURE: by_hand.closure,
    kinds.TRANSFER_OUT: members.transfer_out,
    kinds.TRANSFER_IN: members.transfer_in,
    kinds.MERGE_OUT: members.merge_out,
    kinds.MERGE_IN: members.merge_in,
    kinds.UNMERGE_OUT: members.unmerge_out,
    kinds.UNMERGE_IN: members.unmerge_in,
    kinds.REVIEW: tiers.review,
}
