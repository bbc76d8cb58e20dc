"""`wafa settle`: what is due happens now, without waiting for the job."""

from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.operations.settle import settle_due


def settle(merchant: MerchantOption = None) -> None:
    """Let happen all that is due by the merchant's clock: holds run out, pending points become available, lots expire.

    `wafa serve` does so each minute; this is for a shop that is not being served.
    """
    print(f"Points that expired: {settle_due(find_merchant(merchant)):,}")
