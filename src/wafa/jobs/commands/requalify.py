"""`wafa requalify`: tiers are reviewed now, without waiting for the job."""

from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.operations.requalify_tiers import requalify_tiers


def requalify(merchant: MerchantOption = None) -> None:
    """Review every member's tier by the merchant's clock.

    `wafa serve` does so each hour; this is for a shop that is not being served.
    """
    print(f"Tiers, or their grace, that changed: {requalify_tiers(find_merchant(merchant)):,}")
