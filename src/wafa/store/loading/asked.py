"""What a batch asks for, by kind: read off its commands once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from wafa.core.commands import (
    ActivateReceipt,
    Adjust,
    Annulment,
    AtTheTill,
    CancelRedemption,
    CancelReturn,
    CaptureHold,
    ClaimReceipt,
    Command,
    DocumentCommand,
    DocumentKey,
    MergeMembers,
    MoveReceipt,
    RecordActivity,
    RecordExchange,
    RecordReturn,
    ReleaseHold,
    Request,
    ReviewTiers,
    Settle,
    Transfer,
    UndoMerge,
)
from wafa.core.decide.request_shape import fault_in_request
from wafa.core.decide.shape import fault_in_shape
from wafa.core.ledger.wallet import POINTS
from wafa.core.programme import Programme

Returning = RecordReturn | RecordExchange


@dataclass(slots=True)
class Asked:
    """A batch's commands that are of the right shape; what is not never reaches the database."""

    documents: list[DocumentCommand] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    settles: list[Settle] = field(default_factory=list)
    reviews: list[ReviewTiers] = field(default_factory=list)

    @classmethod
    def of(cls, commands: Sequence[Command]) -> "Asked":
        """Sorted by kind."""
        asked = cls()
        for command in commands:
            if isinstance(command, DocumentCommand):
                if not fault_in_shape(command):
                    asked.documents.append(command)
            elif isinstance(command, Request):
                if not fault_in_request(command):
                    asked.requests.append(command)
            elif isinstance(command, Settle):
                asked.settles.append(command)
            else:
                asked.reviews.append(command)
        return asked

    @property
    def returning(self) -> list[Returning]:
        """Documents with lines that come back."""
        return [each for each in self.documents if isinstance(each, Returning)]

    def numbers(self) -> set[str]:
        """Members' numbers."""
        of_documents = {each.member for each in self.documents if each.member is not None}
        return of_documents | {
            getattr(each, name) for each in self.requests for name in _NAMED_BY if hasattr(each, name)
        }

    def branches(self) -> set[str]:
        """Branches' codes."""
        codes = {each.branch for each in self.documents}
        codes |= {
            each.branch
            for each in self.requests
            if isinstance(each, AtTheTill | Adjust | RecordActivity) and each.branch
        }
        return codes

    def claims(self) -> Iterator[DocumentKey]:
        """Numbers to claim: the documents' own, and those that a return names: it may have come before its receipt."""
        for document in self.documents:
            yield document.key
            if isinstance(document, RecordReturn) and document.receipt:
                yield document.receipt

    def receipts(self) -> set[DocumentKey]:
        """Receipts that are named."""
        named = {each.receipt for each in self.returning if each.receipt}
        named |= {each.annulled for each in self.documents if isinstance(each, Annulment)}
        named |= {
            each.receipt for each in self.requests if isinstance(each, ActivateReceipt | MoveReceipt | ClaimReceipt)
        }
        return named

    def returns(self) -> set[DocumentKey]:
        """Returns that are to be cancelled."""
        return {each.annulled for each in self.documents if isinstance(each, CancelReturn)}

    def movements(self) -> set[UUID]:
        """Earlier entries that are named."""
        named = set()
        for each in self.requests:
            if isinstance(each, CancelRedemption):
                named.add(each.redemption)
            elif isinstance(each, CaptureHold | ReleaseHold):
                named.add(each.hold)
            elif isinstance(each, UndoMerge):
                named.add(each.merge)
        return named

    def units(self, rules: Callable[[datetime], Programme]) -> set[tuple[str, str]]:
        """Wallets besides those in points, of units that the rules know then: the member's number and the unit."""
        wanted = set()
        for each in self.requests:
            unit = getattr(each, "unit", POINTS)
            if unit != POINTS and rules(each.at).expiry_of(unit):
                wanted |= {(getattr(each, name), unit) for name in ("member", "to") if hasattr(each, name)}
        return wanted

    def transfers(self) -> list[Transfer]:
        """Points that pass from one member to another."""
        return [each for each in self.requests if isinstance(each, Transfer)]

    def moves_receipts(self) -> bool:
        """Whether receipts may pass to other members, or be voided, or be whole again."""
        by_request = (MoveReceipt, ClaimReceipt, MergeMembers, UndoMerge)
        return any(isinstance(each, by_request) for each in self.requests) or any(
            isinstance(each, Annulment) for each in self.documents
        )

    def merges(self) -> bool:
        """Whether members come together or part."""
        return any(isinstance(each, MergeMembers | UndoMerge) for each in self.requests)


_NAMED_BY = ("member", "to", "into")
