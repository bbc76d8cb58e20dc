"""When the points that members hold will run out, if nothing else happens to them."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.db.models import Sum

from wafa.core.ledger.wallet import POINTS
from wafa.store.models import Branch, Lot, Merchant

REMEMBERED_SECONDS = 60
"""A look ahead over every open lot: a minute's age takes nothing from it."""


def running_out(merchant: Merchant, branch: Branch | None = None) -> list[tuple[date | None, int]]:
    """Points by their last day, the soonest first, those that never run out at the end; of a branch: what it issued."""
    today = merchant.now().astimezone(merchant.zone).date()
    key = f"console:running-out:{merchant.id}:{branch.id if branch else ''}:{today}"
    found: list[tuple[date | None, int]] | None = cache.get(key)
    if found is None:
        lots = Lot.objects.of(merchant).filter(wallet__unit=POINTS, remaining__gt=0).exclude(expires_on__lt=today)
        if branch:
            lots = lots.filter(issuing_branch_id=branch.id)
        sums = lots.order_by().values("expires_on").annotate(points=Sum("remaining")).order_by("expires_on")
        found = list(sums.values_list("expires_on", "points"))
        cache.set(key, found, REMEMBERED_SECONDS)
    return found
