"""The journal: the only writer of points. It appends what was decided, and moves the projections with it."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from wafa.core.commands import DocumentCommand, RecordPurchase
from wafa.core.ledger.entry import Entry
from wafa.core.outcomes import Accepted, Document, Expired, Outcome
from wafa.core.snapshot import Snapshot
from wafa.store import projections
from wafa.store.actor import Actor
from wafa.store.ids import new_key
from wafa.store.rows import NULL, as_json, copy, day, instant, optional, text, texts


def append(merchant_id: UUID, snapshot: Snapshot, outcomes: Sequence[Outcome], actor: Actor) -> None:
    """Write a batch's outcomes, in the transaction that the snapshot was locked in: one statement a table."""
    accepted = [outcome for outcome in outcomes if isinstance(outcome, Accepted)]
    documents = [outcome.document for outcome in accepted]
    entries = entries_of(outcomes)
    merchant = str(merchant_id)

    returned = _append_documents(merchant, documents)
    _append_entries(merchant, entries, actor)
    _append_lots_and_awards(merchant, entries, documents)
    _append_postings(merchant, entries)
    projections.move_wallets(merchant_id, entries, set(snapshot.claimed.values()) - {each.id for each in documents})
    projections.move_lots_and_receipts(merchant_id, entries, documents, returned)


def entries_of(outcomes: Sequence[Outcome]) -> list[Entry]:
    """The entries that outcomes ask for, in their order."""
    return [entry for outcome in outcomes if isinstance(outcome, Accepted | Expired) for entry in outcome.entries]


def _append_documents(merchant: str, documents: Sequence[Document]) -> dict[tuple[UUID, int], str]:
    """Write documents and their lines; answers the ids that returned lines were given, by document and position."""
    copy(
        "document",
        "merchant_id, id, kind, source, period, number, content_hash, member_id, named_member_id, "
        "anonymous_reason, branch_id, occurred_at, posted_at, currency, amount_minor, receipt_id, "
        "tax_minor, discount_minor, channel, tags, payments",
        (_document_row(merchant, document) for document in documents),
    )
    returned: dict[tuple[UUID, int], str] = {}
    copy(
        "document_line",
        "merchant_id, document_id, member_id, id, position, item, description, quantity_milli, amount_minor, "
        "tax_minor, discount_minor, tags, unit_price_micro, returned_milli",
        (row for document in documents for row in _line_rows(merchant, document, returned)),
    )
    return returned


def _document_row(merchant: str, document: Document) -> tuple[str, ...]:
    command: DocumentCommand = document.command
    payments = [{"method": each.method, "amount_minor": each.amount_minor} for each in command.payments]
    return (
        merchant,
        str(document.id),
        "purchase" if isinstance(command, RecordPurchase) else "return",
        text(command.source),
        text(command.period),
        text(command.number),
        rf"\\x{document.content_hash.hex()}",
        optional(document.member_id),
        optional(document.named_member_id),
        document.anonymous_reason,
        str(document.branch_id),
        instant(command.occurred_at),
        instant(command.at),
        command.currency,
        str(sum(line.amount_minor for line in command.lines)),
        optional(document.named_id),
        optional(command.tax_minor),
        optional(command.discount_minor),
        text(command.channel),
        texts(command.tags),
        as_json(payments),
    )


def _line_rows(merchant: str, document: Document, returned: dict[tuple[UUID, int], str]) -> Iterator[str]:
    """A row a line, each with an id of its own, noted where others will want to refer to it.

    A line that came back in the batch in which it was sold: that projection is moved with the others.
    """
    head = f"{merchant}\t{document.id}\t{optional(document.member_id)}"
    for position, line in enumerate(document.command.lines, start=1):
        id = new_key()
        if document.receipt:
            document.receipt.lines[position - 1].id = id
        else:
            returned[document.id, position] = id
        yield (
            f"{head}\t{id}\t{position}\t{text(line.item)}\t{text(line.description)}\t{line.quantity_milli}\t"
            f"{line.amount_minor}\t{optional(line.tax_minor)}\t{optional(line.discount_minor)}\t{texts(line.tags)}\t"
            f"{optional(line.unit_price_micro)}\t0"
        )


def _append_entries(merchant: str, entries: Sequence[Entry], actor: Actor) -> None:
    kind, name = text(actor.kind), text(actor.name)
    copy(
        "entry",
        "merchant_id, id, wallet_id, sequence, kind, document_id, occurred_at, posted_at, programme_version_id, "
        "actor_kind, actor_name, points, explanation, context, available_after, pending_after, held_after, debt_after, "
        "tier_after",
        (
            (
                merchant,
                str(entry.id),
                str(entry.wallet.id),
                str(entry.sequence),
                entry.kind,
                optional(entry.document_id),
                instant(entry.occurred_at),
                instant(entry.posted_at),
                optional(entry.version_id),
                kind,
                name,
                str(entry.points),
                as_json(entry.explanation),
                NULL if entry.context is None else as_json(entry.context),
                *(str(figure) for figure in entry.after.values()),
                text(entry.tier_after),
            )
            for entry in entries
        ),
    )


def _append_lots_and_awards(merchant: str, entries: Sequence[Entry], documents: Sequence[Document]) -> None:
    copy(
        "lot",
        "merchant_id, id, wallet_id, entry_id, document_id, issuing_branch_id, sequence, points, remaining, expired, "
        "answered, available_at, expires_on",
        (
            (
                merchant,
                str(lot.id),
                str(entry.wallet.id),
                str(entry.id),
                optional(lot.document_id),
                optional(lot.issuing_branch_id),
                *(str(figure) for figure in (lot.sequence, lot.points, lot.remaining, lot.expired, lot.answered)),
                instant(lot.available_at),
                day(lot.expires_on),
            )
            for entry in entries
            for lot in entry.opened
        ),
    )
    copy(
        "award",
        "merchant_id, id, document_id, lot_id, rule, qualifying, first_points, held_points",
        (
            (
                merchant,
                str(award.id),
                str(document.id),
                optional(award.lot.id if award.lot else None),
                text(award.rule),
                "t" if award.qualifying else "f",
                str(award.first_points),
                str(award.held_points),
            )
            for document in documents
            if document.receipt
            for award in document.receipt.awards
        ),
    )


def _append_postings(merchant: str, entries: Sequence[Entry]) -> None:
    copy(
        "posting",
        "merchant_id, id, entry_id, account, lot_id, document_id, points",
        (
            (
                merchant,
                new_key(),
                str(entry.id),
                posting.account,
                optional(posting.lot.id if posting.lot else None),
                optional(posting.document_id),
                str(posting.points),
            )
            for entry in entries
            for posting in entry.postings
        ),
    )
