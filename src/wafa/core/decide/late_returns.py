"""Returns that came before their receipt apply with it (law 6)."""

from wafa.core.commands import DocumentCommand
from wafa.core.decide.granting import settle_grants
from wafa.core.decide.matching import match
from wafa.core.decide.reassessment import bring_back
from wafa.core.decide.taking_back import take_back
from wafa.core.ledger.entry import CLAWBACK, Entry
from wafa.core.ledger.receipt import CountedReturn, Receipt, ReturnedPart
from wafa.core.outcomes import Match
from wafa.core.snapshot import Snapshot


def apply_waiting(
    snapshot: Snapshot, receipt: Receipt, command: DocumentCommand
) -> tuple[tuple[Entry, ...], tuple[Match, ...]]:
    """Each of them in the order in which they came; what is more than was sold matches nothing, and is reported.

    A programme that refuses what points do not cover has no one left to tell: the customer owes it then.
    """
    entries: list[Entry] = []
    matches: list[Match] = []
    for waiting in snapshot.waiting.pop(command.key, []):
        matched = match([receipt], waiting.lines)
        if receipt.member_id:
            entry = take_back(
                snapshot,
                snapshot.points_wallet(receipt.member_id),
                CLAWBACK,
                matched,
                document_id=waiting.id,
                occurred_at=waiting.occurred_at,
                posted_at=command.at,
                may_withhold=False,
            )
            entries += [entry, *settle_grants(snapshot, entry, [receipt])]
            snapshot.moved.owners[waiting.id] = receipt.member_id
        else:
            bring_back(matched.all())
        matches += matched.all()
        parts = [ReturnedPart(receipt, each.sold, each.quantity_milli, each.line_id) for each in matched.all()]
        snapshot.returns[waiting.key] = CountedReturn(waiting.id, parts)
    return tuple(entries), tuple(matches)
