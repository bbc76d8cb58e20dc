"""The API's resources: a file each, with its calls."""

from wafa.web.api.resources import adjustments, by_hand, previews, purchases, receipts, redemptions, returns

__all__ = ["ROUTERS", "receipts"]  # Its calls are in the purchases' router: they share their address.

ROUTERS = (
    purchases.router,
    returns.router,
    previews.router,
    redemptions.router,
    by_hand.router,
    adjustments.router,
)
