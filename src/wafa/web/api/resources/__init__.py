"""The API's resources: a file each, with its calls."""

from wafa.web.api.resources import purchases, redemptions, returns

ROUTERS = (purchases.router, returns.router, redemptions.router)
