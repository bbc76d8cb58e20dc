"""The log of deliveries is kept for a while: long enough to look for what went wrong, and to try it again."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from wafa.store.ids import least_id
from wafa.store.models import Merchant

KEPT = timedelta(days=60)


def forget_deliveries(merchant: Merchant) -> int:
    """Delete what was made longer ago and waits for nothing; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM webhook_delivery WHERE merchant_id = %s AND id < %s AND state <> 'waiting'",
            [merchant.id, least_id(timezone.now() - KEPT)],
        )
        return int(cursor.rowcount)
