"""Settling wallets: what is due happens, wallet by wallet, in batches of bounded size.

Holds run out, pending points become available, lots expire. What the job has not come to yet happens when a wallet is
next touched; so the job only sees to it that those who are not touched are told in time.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from wafa.core.commands import Settle
from wafa.core.outcomes import Settled
from wafa.operations.post import post
from wafa.operations.two_lanes import two_lanes
from wafa.store.actor import Actor
from wafa.store.models import Merchant

WALLETS_A_BATCH = 1000

_DUE = """
    SELECT DISTINCT wallet_id FROM (
        (SELECT wallet_id FROM lot WHERE merchant_id = %s AND remaining > 0 AND expires_on < %s
         ORDER BY expires_on, wallet_id LIMIT %s)
        UNION ALL
        (SELECT wallet_id FROM lot WHERE merchant_id = %s AND pending AND available_at <= %s
         ORDER BY available_at, wallet_id LIMIT %s)
        UNION ALL
        (SELECT wallet_id FROM hold WHERE merchant_id = %s AND is_open AND expires_at <= %s
         ORDER BY expires_at LIMIT %s)
    ) AS due LIMIT %s
"""


def settle_due(merchant: Merchant, actor: Actor | None = None) -> int:
    """Let happen all that is due by the merchant's clock; answers how many points expired."""
    actor = actor or Actor("job", "settle")
    at = merchant.now()
    expired = 0
    with two_lanes() as side_by_side:
        while wallets := _wallets_due(merchant, at, 2 * WALLETS_A_BATCH):
            batches = [wallets[:WALLETS_A_BATCH], wallets[WALLETS_A_BATCH:]]
            expired += sum(side_by_side(lambda batch: _settle(merchant, batch, at, actor), filter(None, batches)))
    return expired


def _settle(merchant: Merchant, wallets: tuple[UUID, ...], at: datetime, actor: Actor) -> int:
    outcomes = post(merchant.id, [Settle(at=at, wallets=wallets)], actor)
    return sum(outcome.expired for outcome in outcomes if isinstance(outcome, Settled))


def _wallets_due(merchant: Merchant, at: datetime, most: int) -> tuple[UUID, ...]:
    today = at.astimezone(merchant.zone).date()
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [merchant.id, today, most, merchant.id, at, most, merchant.id, at, most, most])
        return tuple(row[0] for row in cursor.fetchall())
