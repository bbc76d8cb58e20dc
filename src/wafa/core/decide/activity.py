"""Activity: a wallet whose points run out for want of it gets a later last day each time (purchases, redemptions)."""

from datetime import date

from wafa.core.ledger.wallet import Wallet
from wafa.core.values.calendar import months_later


def note_activity(wallet: Wallet, day: date) -> None:
    """The member was there on a day: what would run out for want of activity does so months after that day, or later.

    A lot opened just now shares the latest day that any activity has given the others.
    """
    idle = [lot for lot in wallet.lots if lot.idle_months and lot.remaining + lot.held > 0 and lot.expires_on]
    latest: dict[int, date] = {}
    for lot in idle:
        months = lot.idle_months or 0
        latest[months] = max(latest.get(months, months_later(day, months)), lot.expires_on or date.min)
    for lot in idle:
        moved_to = latest[lot.idle_months or 0]
        if lot.expires_on != moved_to:
            lot.expires_on = moved_to
            wallet.moved[lot.id] = lot
