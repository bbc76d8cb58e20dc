"""What a replay must not do: run beside another one, or put something before what has been posted already."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.core.commands import Settle, content_hash
from wafa.core.refusals import Refusal
from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports import staging
from wafa.jobs.imports.batches import command_of
from wafa.jobs.imports.clock import VirtualClock
from wafa.jobs.imports.session import Session
from wafa.operations.post import post
from wafa.operations.settle import settle_due
from wafa.store.actor import Actor
from wafa.store.models import Merchant
from wafa.wording.refusals import refused


class ReplayOvertakenError(Exception):
    """The replay stopped half-way, since somebody has posted something later meanwhile."""


_LATE = """
    CREATE TEMP TABLE import_late AS
    SELECT d.place, r.content_hash, r.refusal, r.detail
    FROM import_document d
    LEFT JOIN import_refusal r ON r.merchant_id = %s AND r.source = %s AND r.period = d.period AND r.number = d.number
    WHERE NOT d.counted_before AND d.conflict IS NULL AND d.line IS NOT NULL AND d.at < %s
"""

_KNOWN = "SELECT place, content_hash, refusal, detail::text FROM import_late"


def be_the_only_one(session: Session, merchant: Merchant) -> None:
    """Hold the merchant's replay lock for as long as the session lasts; refuse a second replay."""
    if not session.lock(merchant.id):
        raise UsageError(
            _("Another replay for {merchant} is running; wait for it to end.").format(merchant=merchant.code)
        )


def refuse_what_is_late(session: Session, merchant: Merchant, source: str) -> int:
    """Refuse a file with a document that is not counted yet and earlier than the merchant's latest entry.

    But for those that an earlier replay came past and could not count: they alone are refused again, for the same
    reason, without another look. They would otherwise stand in the way of every replay that is taken up again.
    Answers how many these are.
    """
    latest = latest_entry_at(merchant)
    if latest is None:
        return 0
    session.execute(_LATE, [merchant.id, source, latest])
    late = session.rows("SELECT count(*) FROM import_late WHERE content_hash IS NULL")[0][0]
    if late:
        raise _rewriting(session, merchant, latest, late, "content_hash IS NULL")
    known = {
        place: (bytes(digest), Refusal(name), json.loads(detail))
        for place, digest, name, detail in session.rows(_KNOWN)
    }
    for document in staging.documents(session, "d.place IN (SELECT place FROM import_late)"):
        digest, refusal, detail = known[document.place]
        if content_hash(command_of(document, source, document.at)) != digest:
            raise _rewriting(session, merchant, latest, 1, f"place = {document.place}")
        staging.refuse(session, document.place, refused(refusal, detail))
    return len(known)


def latest_entry_at(merchant: Merchant) -> datetime | None:
    """When the merchant's latest entry was posted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(posted_at) FROM entry WHERE merchant_id = %s", [merchant.id])
        found: datetime | None = cursor.fetchone()[0]
        return found


def check_not_overtaken(merchant: Merchant, at: datetime | None) -> None:
    """In a batch's transaction: stop where somebody has posted something later meanwhile."""
    if at is None:
        return
    latest = latest_entry_at(merchant)
    if latest is not None and latest > at:
        message = _(
            "The replay has stopped before {at}: meanwhile something was posted at {latest}. What was counted stays "
            "counted; import the rest without --replay."
        )
        raise ReplayOvertakenError(message.format(at=_shown(at, merchant), latest=_shown(latest, merchant)))


def finish(merchant: Merchant, clock: VirtualClock, last_at: datetime, actor: Actor) -> None:
    """Run the day after the last document, and let a clock that stands still stand there; then what is due by now."""
    end = clock.end(last_at)
    latest = latest_entry_at(merchant)
    with transaction.atomic():
        if (latest is None or latest <= end) and (merchant.clock_at is not None or end <= merchant.now()):
            post(merchant.id, [Settle(at=end)], actor)
        Merchant.objects.filter(id=merchant.id, clock_at__lt=end).update(clock_at=end)
    merchant.refresh_from_db(fields=["clock_at"])
    settle_due(merchant, actor)


def _rewriting(session: Session, merchant: Merchant, latest: datetime, late: int, which: str) -> UsageError:
    number, at = session.rows(
        f"SELECT number, at FROM import_document JOIN import_late USING (place) WHERE {which} ORDER BY place LIMIT 1"  # noqa: S608
    )[0]
    first = _("A replay would rewrite what has happened since: {merchant} has entries up to {latest},").format(
        merchant=merchant.code, latest=_shown(latest, merchant)
    )
    second = ngettext(
        "and document {number} of {at} is earlier and not counted.",
        "and {late} documents of this file are earlier and not counted, the first of them {number} of {at}.",
        late,
    ).format(late=late, number=number, at=_shown(at, merchant))
    third = _("Without --replay they can be counted as of now.")
    return UsageError(f"{first} {second} {third}")


def _shown(at: datetime, merchant: Merchant) -> str:
    return at.astimezone(merchant.zone).strftime("%Y-%m-%d %H:%M")
