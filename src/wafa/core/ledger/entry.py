"""Entries: one movement of one wallet, with the postings that carry it out."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from wafa.core.ledger import accounts
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.receipt import HeldAward
from wafa.core.ledger.wallet import Hold, Wallet

ACCRUAL = "accrual"
CLAWBACK = "clawback"
REINSTATEMENT = "reinstatement"
REVERSAL = "reversal"
CLAIM = "claim"
EXPIRY = "expiry"
ACTIVATION = "activation"
REDEMPTION = "redemption"
CANCELLATION = "cancellation"
HOLD = "hold"
CAPTURE = "capture"
RELEASE = "release"
ADJUSTMENT = "adjustment"
REWARD = "reward"
GRANT = "grant"
REVOCATION = "revocation"
TRANSFER_OUT = "transfer_out"
TRANSFER_IN = "transfer_in"
MERGE_OUT = "merge_out"
MERGE_IN = "merge_in"
UNMERGE_OUT = "unmerge_out"
UNMERGE_IN = "unmerge_in"
OPENING = "opening"
CLOSURE = "closure"
REVIEW = "review"

KINDS = (
    ACCRUAL,
    CLAWBACK,
    REINSTATEMENT,
    REVERSAL,
    CLAIM,
    EXPIRY,
    ACTIVATION,
    REDEMPTION,
    CANCELLATION,
    HOLD,
    CAPTURE,
    RELEASE,
    ADJUSTMENT,
    REWARD,
    GRANT,
    REVOCATION,
    TRANSFER_OUT,
    TRANSFER_IN,
    MERGE_OUT,
    MERGE_IN,
    UNMERGE_OUT,
    UNMERGE_IN,
    OPENING,
    CLOSURE,
    REVIEW,
)
CREDITING = (ACCRUAL, CLAIM)
"""Kinds that credit a receipt to a member: the latest one's context and awards are the receipt's."""
OF_A_DOCUMENT = (ACCRUAL, CLAWBACK, REINSTATEMENT)
"""Kinds that a document causes when it is counted; what happens to it later has a request of its own."""


@dataclass(slots=True)
class Posting:
    """One leg: so many points into (above zero) or out of (below) an account.

    `lot` is the lot whose points move, on both legs; `document_id` the receipt that they are about; `for_lot` the
    lot that they cover (law 6).
    """

    account: str
    points: int
    lot: Lot | None = None
    document_id: UUID | None = None
    for_lot: Lot | None = None


@dataclass(slots=True, eq=False)
class Entry:
    """A movement being written; once it leaves the core it is never changed.

    `of_id` is the entry that it answers: the hold it captures, the redemption it cancels. `turn` numbers the entries
    about one document. `request` is the idempotency key of what asked for it, with the hash of the request.
    """

    id: UUID
    wallet: Wallet
    sequence: int
    kind: str
    document_id: UUID | None
    occurred_at: datetime
    posted_at: datetime
    version_id: UUID | None
    explanation: dict[str, object]
    context: dict[str, object] | None = None
    turn: int = 0
    of_id: UUID | None = None
    redeeming_branch_id: UUID | None = None
    request: tuple[str, bytes] | None = None
    postings: list[Posting] = field(default_factory=list)
    opened: list[Lot] = field(default_factory=list)
    awarded: list[HeldAward] = field(default_factory=list)
    reawarded: list[HeldAward] = field(default_factory=list)
    placed: Hold | None = None
    points: int = 0
    after: dict[str, int] = field(default_factory=dict)
    tier_before: str = ""
    tier_after: str = ""

    def close(self) -> None:
        """Note what the wallet holds now; called once, when all is posted."""
        self.after = self.wallet.figures()
        self.tier_after = self.wallet.tier
        points = sum(posting.points for posting in self.postings if posting.account not in accounts.FOR_TIERS)
        if points or sum(posting.points for posting in self.postings):
            raise AssertionError("an entry's postings must add up to zero, and so must those that count for tiers")


def open_entry(
    wallet: Wallet,
    id: UUID,
    kind: str,
    *,
    document_id: UUID | None = None,
    turn: int = 0,
    occurred_at: datetime,
    posted_at: datetime,
    version_id: UUID | None = None,
    of_id: UUID | None = None,
    redeeming_branch_id: UUID | None = None,
    request: tuple[str, bytes] | None = None,
) -> Entry:
    """The wallet's next entry, with nothing posted yet."""
    wallet.sequence += 1
    wallet.posted_at = posted_at
    return Entry(
        id,
        wallet,
        wallet.sequence,
        kind,
        document_id,
        occurred_at,
        posted_at,
        version_id,
        explanation={},
        turn=turn,
        of_id=of_id,
        redeeming_branch_id=redeeming_branch_id,
        request=request,
        tier_before=wallet.tier,
    )
