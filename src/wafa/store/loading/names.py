"""Looking up who and where: members by their numbers, branches by their codes, sources by theirs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from wafa.core.commands import Command, DocumentCommand, DocumentKey
from wafa.core.decide.shape import fault_in_shape
from wafa.core.decide.texts import NAME_LONGEST, is_usable
from wafa.core.snapshot import KnownMember, Snapshot
from wafa.store.loading.asked import Asked
from wafa.store.rows import text_array


def load_names(merchant_id: UUID, snapshot: Snapshot, asked: Asked) -> None:
    """Members and branches that the batch names. The number of one who was merged stands for the survivor."""
    numbers, codes = sorted(asked.numbers()), sorted(asked.branches())
    if not numbers and not codes:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT m.number, coalesce(s.id, m.id), coalesce(s.status, m.status), m.id
            FROM member m LEFT JOIN LATERAL (
                -- By its key, whatever the planner knows of the table: almost nobody has been merged.
                SELECT * FROM member s WHERE s.merchant_id = m.merchant_id AND s.id = m.survivor_id LIMIT 1
            ) AS s ON true
            WHERE m.merchant_id = %s AND m.number = ANY(%s::text[])
            UNION ALL
            SELECT code, id, NULL, NULL FROM branch WHERE merchant_id = %s AND code = ANY(%s::text[])
            """,
            [merchant_id, text_array(numbers), merchant_id, text_array(codes)],
        )
        for name, id, status, own_id in cursor.fetchall():
            if status is None:
                snapshot.branches[name] = id
            else:
                snapshot.members[name] = KnownMember(id, status, None if own_id == id else own_id)


def names_have_moved(merchant_id: UUID, snapshot: Snapshot, with_absorbed: bool) -> bool:
    """Whether other members stand together by now than a moment ago. Asked when the wallets are locked."""
    merged = {known.own_id: known.id for known in snapshot.members.values() if known.was_merged}
    if merged:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, survivor_id FROM member WHERE merchant_id = %s AND id = ANY(%s)",
                [merchant_id, list(merged)],
            )
            if dict(cursor.fetchall()) != merged:
                return True
    absorbed = _absorbed(merchant_id, snapshot) if with_absorbed else {}
    return with_absorbed and any(known.absorbed != absorbed.get(known.id, ()) for known in snapshot.members.values())


def load_absorbed(merchant_id: UUID, snapshot: Snapshot) -> None:
    """Who has been merged into the members that are known: asked for merges alone."""
    absorbed = _absorbed(merchant_id, snapshot)
    for number, known in snapshot.members.items():
        snapshot.members[number] = replace(known, absorbed=absorbed.get(known.id, ()))


def _absorbed(merchant_id: UUID, snapshot: Snapshot) -> dict[UUID, tuple[UUID, ...]]:
    ids = list({known.id for known in snapshot.members.values()})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT survivor_id, array_agg(id ORDER BY id) FROM member "
            "WHERE merchant_id = %s AND survivor_id = ANY(%s) GROUP BY survivor_id",
            [merchant_id, ids],
        )
        return {survivor: tuple(members) for survivor, members in cursor.fetchall()}


def with_periods(merchant_id: UUID, commands: Sequence[Command]) -> list[Command]:
    """The same commands, with the numbering period of sources whose numbers start again each day or year (law 4).

    What a source says of the period itself stands. A receipt that is named without its period is of the document's own.
    """
    sources = {each.source for each in commands if isinstance(each, DocumentCommand)}
    codes = sorted(source for source in sources if is_usable(source, NAME_LONGEST))
    numbering = _numbering(merchant_id, codes) if codes else {}
    if not numbering:
        return list(commands)
    return [_with_period(each, numbering) if isinstance(each, DocumentCommand) else each for each in commands]


def _numbering(merchant_id: UUID, codes: list[str]) -> dict[str, tuple[str, ZoneInfo]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.code, s.numbering, m.time_zone FROM document_source s JOIN merchant m ON m.id = s.merchant_id "
            "WHERE s.merchant_id = %s AND s.code = ANY(%s) AND s.numbering <> 'once'",
            [merchant_id, codes],
        )
        return {code: (numbering, ZoneInfo(zone)) for code, numbering, zone in cursor.fetchall()}


def _with_period(command: DocumentCommand, numbering: dict[str, tuple[str, ZoneInfo]]) -> DocumentCommand:
    if command.source not in numbering or fault_in_shape(command):
        return command
    period = _period(*numbering[command.source], command.occurred_at)
    filled: dict[str, Any] = {} if command.period else {"period": period}
    for name in ("receipt", "annulled"):
        key: DocumentKey | None = getattr(command, name, None)
        if key and not key[1] and key[0] == command.source:
            filled[name] = (key[0], command.period or period, key[2])
    return replace(command, **filled)


def _period(numbering: str, zone: ZoneInfo, occurred_at: datetime) -> str:
    day = occurred_at.astimezone(zone).date()
    return day.isoformat() if numbering == "day" else str(day.year)
