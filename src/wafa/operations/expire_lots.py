"""Expiring lots: what has passed its last day runs out, wallet by wallet, in batches of bounded size."""

from uuid import UUID

from django.db import connection

from wafa.core.commands import ExpireLots
from wafa.core.outcomes import Expired
from wafa.operations.post import post
from wafa.store.actor import Actor
from wafa.store.models import Merchant

WALLETS_A_BATCH = 1000


def expire_due_lots(merchant: Merchant, actor: Actor | None = None) -> int:
    """Expire all that is due by the merchant's clock; answers how many points that was."""
    actor = actor or Actor("job", "expire_lots")
    at = merchant.now()
    expired = 0
    while wallets := _wallets_due(merchant, at.astimezone(merchant.zone).date().isoformat()):
        outcomes = post(merchant.id, [ExpireLots(at=at, wallets=wallets)], actor)
        expired += sum(outcome.points for outcome in outcomes if isinstance(outcome, Expired))
    return expired


def _wallets_due(merchant: Merchant, today: str) -> tuple[UUID, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT wallet_id FROM (
                SELECT wallet_id FROM lot WHERE merchant_id = %s AND remaining > 0 AND expires_on < %s
                ORDER BY expires_on, wallet_id LIMIT %s
            ) AS due
            """,
            [merchant.id, today, WALLETS_A_BATCH],
        )
        return tuple(row[0] for row in cursor.fetchall())
