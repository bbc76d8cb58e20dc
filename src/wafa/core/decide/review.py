"""Reviewing tiers: who no longer reaches what they hold keeps it for the grace period, then falls (law 9)."""

from wafa.core.commands import ReviewTiers
from wafa.core.decide.standing import supported_at
from wafa.core.ledger.entry import REVIEW, Entry, open_entry
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Reviewed
from wafa.core.snapshot import Snapshot
from wafa.core.tiers.review import review


def decide_review(snapshot: Snapshot, command: ReviewTiers) -> Reviewed:
    """An entry for each wallet whose tier changes, or whose grace begins or ends; reviewing twice a day adds none."""
    named = set(command.wallets)
    wallets = [wallet for wallet in snapshot.wallets.values() if wallet.id in named]
    return Reviewed(tuple(entry for wallet in wallets if (entry := _review(snapshot, wallet, command))))


def _review(snapshot: Snapshot, wallet: Wallet, command: ReviewTiers) -> Entry | None:
    at = wallet.not_before(command.at)
    reached = supported_at(snapshot, wallet, at)
    if reached is None or not wallet.tier:
        return None
    reviewed = review(snapshot.versions.ladder(at), wallet.tier, wallet.below_since, reached, snapshot.day(at))
    if (reviewed.tier_code, reviewed.below_since) == (wallet.tier, wallet.below_since):
        return None
    version = snapshot.versions.in_force(at)
    entry = open_entry(
        wallet,
        snapshot.new_id(),
        REVIEW,
        occurred_at=at,
        posted_at=at,
        version_id=version.id if version else None,
    )
    entry.explanation = {
        "from": wallet.tier,
        "to": reviewed.tier_code,
        "supported": reached.code,
        "below_since": str(reviewed.below_since) if reviewed.below_since else None,
    }
    wallet.tier, wallet.below_since = reviewed.tier_code, reviewed.below_since
    entry.close()
    return entry
