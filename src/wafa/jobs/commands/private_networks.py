"""`wafa private-networks`: may a merchant's webhooks go into the server's own network?"""

from typing import Annotated

import typer

from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.operations.webhooks.reach_private import reach_private


def private_networks(
    merchant: MerchantOption = None,
    allow: Annotated[
        bool | None, typer.Option("--allow/--refuse", help="Let them, or let them no more.", show_default=False)
    ] = None,
) -> None:
    """Print whether a merchant's webhooks may go to private networks and this machine; allow or refuse it."""
    shop = find_merchant(merchant)
    if allow is not None:
        reach_private(shop, allow)
    print(f"Webhooks to private networks: {'allowed' if shop.webhooks_reach_private else 'refused'}")
