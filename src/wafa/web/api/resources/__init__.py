"""The API's resources: a file each, with its calls."""

from wafa.web.api.resources import adjustments, by_hand, previews, receipts, redemptions, returns

ROUTERS = (
    # Two routers of one address would hide each other's methods.
    receipts.router,
    returns.router,
    previews.router,
    redemptions.router,
    by_hand.router,
    adjustments.router,
)
