"""`wafa keys`: the keys by which other programs are let in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone
from rich.table import Table

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.jobs.commands.printing import print_table
from wafa.operations.api_keys import KeyRefusedError, KeyTerms, create_key, revoke_key, rotate_key
from wafa.store.models import ApiKey, Scope

keys = typer.Typer(help="Keys by which tills and other programs use the API.", no_args_is_help=True)

SAY_ONCE = "This is shown once and kept nowhere:"


@keys.command("create")
def create(
    merchant: MerchantOption = None,
    name: Annotated[str, typer.Option(help="What it is for; entries name it.")] = "till",
    scope: Annotated[list[str] | None, typer.Option(help="What it may do; without any: what a till needs.")] = None,
    branch: Annotated[list[str] | None, typer.Option(help="A branch it acts for; without any: all.")] = None,
    till: Annotated[str, typer.Option(help="The one source that it sends for; without it: any.")] = "",
    days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="How long it opens anything; else for ever.")
    ] = None,
    adjusts_most: Annotated[int | None, typer.Option(min=0, help="Points by hand without approval; else any.")] = None,
    requests_a_minute: Annotated[int | None, typer.Option(min=1, help="More are refused; else none are.")] = None,
) -> None:
    """Make a key and print its token, this once."""
    shop = find_merchant(merchant)
    terms = KeyTerms(
        name,
        scope or (),
        branch or (),
        till,
        adjusts_most,
        requests_a_minute,
        timezone.now() + timedelta(days=days) if days else None,
    )
    try:
        _, token = create_key(shop.id, terms)
    except KeyRefusedError as error:
        allowed = f" It may be: {', '.join(Scope.values)}." if error.field == "scopes" else ""
        raise UsageError(f"No key can have “{error.given}” as its {error.field}.{allowed}") from None
    typer.echo(SAY_ONCE, err=True)
    print(token)


@keys.command("list")
def list_keys(merchant: MerchantOption = None) -> None:
    """What keys there are; what they were made of is not kept."""
    shop = find_merchant(merchant)
    table = Table("id", "name", "scopes", "branches", "till", "state", "last used")
    now = timezone.now()
    for key in ApiKey.objects.of(shop).order_by("created_at"):
        used = key.last_used_at.astimezone(shop.zone).isoformat(timespec="minutes") if key.last_used_at else "never"
        cells = (str(key.id), key.name, " ".join(key.scopes), " ".join(key.branches) or "all", key.till or "any")
        table.add_row(*cells, _state(key, now), used)
    print_table(table)


@keys.command("rotate")
def rotate(
    key: str,
    merchant: MerchantOption = None,
    hours: Annotated[int, typer.Option(min=0, max=24 * 365, help="For how long the old one goes on.")] = 24,
) -> None:
    """Make a key with the same rights; the old one goes on for a while, so that nothing stops."""
    made = rotate_key(find_merchant(merchant).id, _id(key), timedelta(hours=hours))
    if made is None:
        raise UsageError(f"There is no key {key} that could be replaced.")
    typer.echo(SAY_ONCE, err=True)
    print(made[1])


@keys.command("revoke")
def revoke(key: str, merchant: MerchantOption = None) -> None:
    """From now on it opens nothing."""
    if not revoke_key(find_merchant(merchant).id, _id(key)):
        raise UsageError(f"There is no key {key}.")
    print("revoked")


def _state(key: ApiKey, now: datetime) -> str:
    if key.revoked_at:
        return "revoked"
    if key.expires_at and key.expires_at <= now:
        return "expired"
    return f"until {key.expires_at.astimezone(UTC).isoformat(timespec='minutes')}" if key.expires_at else "good"


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise UsageError(f"“{written}” is no key's id; `wafa keys list` tells them.") from None
