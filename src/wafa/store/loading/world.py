"""What a batch is about, as far as it has been looked up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from wafa.core.commands import Command, DocumentKey
from wafa.core.ledger.wallet import Wallet
from wafa.core.snapshot import Snapshot, Version, Versions
from wafa.store.calendars import calendars
from wafa.store.ids import new_id
from wafa.store.loading import movements, returns
from wafa.store.loading.asked import Asked, Returning
from wafa.store.programmes import programme


@dataclass(slots=True)
class World:
    """What has been looked up so far, before it can be put together."""

    merchant_id: UUID
    commands: Sequence[Command]
    asked: Asked
    snapshot: Snapshot
    named: dict[DocumentKey, tuple[UUID, UUID | None]] = field(default_factory=dict)
    counted: list[returns.Counted] = field(default_factory=list)
    owners: dict[UUID, UUID | None] = field(default_factory=dict)
    entries: list[movements.Named] = field(default_factory=list)
    returning: list[tuple[UUID, Returning]] = field(default_factory=list)
    drawing: set[UUID] = field(default_factory=set)
    """Members from whose wallets points may be drawn, or restored to."""

    wallets: dict[UUID, Wallet] = field(default_factory=dict)


def load_merchant(merchant_id: UUID) -> Snapshot:
    """Its currency, its zone and its programme's versions: what is always read."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT m.currency, m.time_zone, m.hijri_shift, v.id, v.starts_at, v.body::text
            FROM merchant m
            LEFT JOIN programme_version v ON v.merchant_id = %s AND v.state <> 'draft'
            WHERE m.id = %s
            """,
            [merchant_id, merchant_id],
        )
        rows = cursor.fetchall()
    versions = [Version(id, starts_at, programme(id, body)) for *_, id, starts_at, body in rows if id]
    currency, zone, shift = rows[0][:3]
    return Snapshot(currency, ZoneInfo(zone), Versions(versions), new_id, calendars(), hijri_shift=shift)
