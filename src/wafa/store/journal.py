"""The journal: the only writer of points. It appends what was decided; the projections follow (projections.py)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from wafa.core.ledger.entry import Entry
from wafa.core.outcomes import Accepted, Outcome
from wafa.store.actor import Actor
from wafa.store.copies import Copies
from wafa.store.documents import append_documents
from wafa.store.ids import new_key
from wafa.store.rows import NULL, as_json, day, flag, instant, optional, text


def append(copies: Copies, merchant_id: UUID, outcomes: Sequence[Outcome], actors: Sequence[Actor]) -> None:
    """Write a batch's outcomes, in the transaction that its snapshot was locked in: one statement a table.

    Each outcome has its actor.
    """
    entries = entries_of(outcomes)
    merchant = str(merchant_id)

    append_documents(copies, merchant, [outcome.document for outcome in outcomes if isinstance(outcome, Accepted)])
    by_whom = [actor for outcome, actor in zip(outcomes, actors, strict=True) for _ in outcome.entries]
    _append_entries(copies, merchant, entries, by_whom)
    _append_holds(copies, merchant, entries)
    _append_lots(copies, merchant, entries)
    _append_awards(copies, merchant, entries)
    _append_postings(copies, merchant, entries)


def entries_of(outcomes: Sequence[Outcome]) -> list[Entry]:
    """The entries that outcomes ask for, in their order."""
    return [entry for outcome in outcomes for entry in outcome.entries]


def _append_entries(copies: Copies, merchant: str, entries: Sequence[Entry], actors: Sequence[Actor]) -> None:
    copies.append(
        "entry",
        "merchant_id, id, wallet_id, sequence, kind, document_id, turn, of_id, occurred_at, posted_at, "
        "programme_version_id, redeeming_branch_id, request_key, request_hash, actor_kind, actor_name, points, "
        "explanation, context, available_after, pending_after, held_after, debt_after, tier_after",
        (
            (
                merchant,
                str(entry.id),
                str(entry.wallet.id),
                str(entry.sequence),
                entry.kind,
                optional(entry.document_id),
                str(entry.turn),
                optional(entry.of_id),
                instant(entry.occurred_at),
                instant(entry.posted_at),
                optional(entry.version_id),
                optional(entry.redeeming_branch_id),
                *_request(entry),
                text(actor.kind),
                text(actor.name),
                str(entry.points),
                as_json(entry.explanation),
                NULL if entry.context is None else as_json(entry.context),
                *(str(figure) for figure in entry.after.values()),
                text(entry.tier_after),
            )
            for entry, actor in zip(entries, actors, strict=True)
        ),
    )


def _request(entry: Entry) -> tuple[str, str]:
    """The idempotency key of what asked for it, and the hash of the request (law 4)."""
    if entry.request is None:
        return NULL, NULL
    key, content = entry.request
    return text(key), rf"\\x{content.hex()}"


def _append_holds(copies: Copies, merchant: str, entries: Sequence[Entry]) -> None:
    copies.append(
        "hold",
        "merchant_id, id, wallet_id, points, expires_at, is_open",
        (
            (
                merchant,
                str(hold.id),
                str(entry.wallet.id),
                str(hold.points),
                instant(hold.expires_at),
                flag(hold.is_open),
            )
            for entry in entries
            if (hold := entry.placed)
        ),
    )


def _append_lots(copies: Copies, merchant: str, entries: Sequence[Entry]) -> None:
    copies.append(
        "lot",
        "merchant_id, id, wallet_id, origin_id, entry_id, document_id, issuing_branch_id, sequence, points, remaining, "
        "held, expired, answered, covered, pending, available_at, expires_on, idle_months",
        (
            (
                merchant,
                str(lot.id),
                str(entry.wallet.id),
                str(entry.wallet.id),
                str(entry.id),
                optional(lot.document_id),
                optional(lot.issuing_branch_id),
                *(str(figure) for figure in (lot.sequence, lot.points, lot.remaining, lot.held)),
                *(str(figure) for figure in (lot.expired, lot.answered, lot.covered)),
                flag(lot.pending),
                instant(lot.available_at),
                day(lot.expires_on),
                optional(lot.idle_months),
            )
            for entry in entries
            for lot in entry.opened
        ),
    )


def _append_awards(copies: Copies, merchant: str, entries: Sequence[Entry]) -> None:
    copies.append(
        "award",
        "merchant_id, id, document_id, entry_id, lot_id, rule, qualifying, first_points, held_points",
        (
            (
                merchant,
                str(award.id),
                optional(award.lot.document_id if award.lot else entry.document_id),
                str(entry.id),
                optional(award.lot.id if award.lot else None),
                text(award.rule),
                flag(award.qualifying),
                str(award.first_points),
                str(award.held_points),
            )
            for entry in entries
            for award in entry.awarded
        ),
    )


def _append_postings(copies: Copies, merchant: str, entries: Sequence[Entry]) -> None:
    copies.append(
        "posting",
        "merchant_id, id, entry_id, account, lot_id, document_id, for_lot_id, points",
        _postings(merchant, entries),
    )


def _postings(merchant: str, entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        head = f"{merchant}\t%s\t{entry.id}"
        for posting in entry.postings:
            lot = posting.lot.id if posting.lot else NULL
            for_lot = posting.for_lot.id if posting.for_lot else NULL
            document = posting.document_id or NULL
            yield f"{head % new_key()}\t{posting.account}\t{lot}\t{document}\t{for_lot}\t{posting.points}"
