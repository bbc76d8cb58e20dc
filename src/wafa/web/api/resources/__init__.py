"""The API's resources: a file each, with its calls."""

from wafa.web.api.resources import (
    adjustments,
    by_hand,
    events,
    keys,
    member_acts,
    member_tokens,
    members,
    previews,
    programme,
    purchases,
    receipts,
    redemptions,
    returns,
    shop,
    wallets,
    webhooks,
)

__all__ = ["ROUTERS", "receipts"]  # Its calls are in the purchases' router: they share their address.

ROUTERS = (
    members.router,
    member_acts.router,
    member_tokens.router,
    wallets.router,
    purchases.router,
    returns.router,
    previews.router,
    redemptions.router,
    by_hand.router,
    adjustments.router,
    programme.router,
    shop.router,
    events.router,
    keys.router,
    webhooks.router,
)
