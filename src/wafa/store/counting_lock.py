"""Batches are counted side by side; whoever publishes a version, or sets the clock, does so between them.

A batch keeps the lock from before it reads the versions until its end. So whoever publishes one finds all that was
counted without it, and whatever is counted afterwards reads it. It locks no row: batches do not touch each other.
"""

from uuid import UUID

from django.db import connection

SHARED = "pg_advisory_xact_lock_shared(hashtextextended('counting ' || %s::text, 0))"
"""To be asked for in a batch's first statement; its parameter is the merchant's id."""


def keep_batches_out(merchant_id: UUID) -> None:
    """Wait for the batches that are being counted, and keep others waiting until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SHARED.replace('_shared', '')}", [merchant_id])
