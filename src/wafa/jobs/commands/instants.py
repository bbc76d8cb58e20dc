"""Instants as people type them at the command line."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from wafa.jobs.commands.errors import UsageError
from wafa.store.models import Merchant

AtOption = Annotated[
    str | None, typer.Option("--at", help="A moment of the past, e.g. 2011-06-30 or 2011-06-30T18:00.")
]


def parse_instant(text: str, merchant: Merchant) -> datetime:
    """An ISO 8601 day or moment; without an offset it is the merchant's local time."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}” is no moment: write it as 2011-12-10 or 2011-12-10T18:30+00:00.") from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=merchant.zone)).astimezone(UTC)


def instant_of(at: str | None, merchant: Merchant) -> datetime:
    """The moment that was asked for, else the merchant's clock."""
    return parse_instant(at, merchant) if at else merchant.now()
