"""Whether a merchant's webhooks may go into private networks."""

from wafa.store.models import Merchant


def reach_private(merchant: Merchant, allowed: bool) -> None:
    """For whoever runs the server to decide: it is their network."""
    Merchant.objects.filter(id=merchant.id).update(webhooks_reach_private=allowed)
    merchant.webhooks_reach_private = allowed
