"""`wafa clock`: where a merchant's clock stands."""

import typer

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.instants import parse_instant
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.operations.set_clock import ClockWouldGoBackError, set_clock


def clock(
    merchant: MerchantOption = None,
    to: str | None = typer.Option(None, "--set", help="An instant to stand at, e.g. 2011-12-10 or 2011-12-10T00:00."),
    system: bool = typer.Option(False, "--system", help="Go with the system's time."),
) -> None:
    """Print where the merchant's clock stands; set it to a fixed instant, or to the system's time."""
    shop = find_merchant(merchant)
    if to and system:
        raise UsageError("Say either --set or --system.")
    if to or system:
        try:
            set_clock(shop, parse_instant(to, shop) if to else None)
        except ClockWouldGoBackError as error:
            latest = error.latest.astimezone(shop.zone)
            raise UsageError(f"The clock cannot go back: entries were posted as late as {latest}.") from None
    kind = "fixed" if shop.clock_at else "the system's"
    print(f"{shop.now().astimezone(shop.zone).isoformat()} ({kind})")
