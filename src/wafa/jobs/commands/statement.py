"""`wafa statement`: why a member's points came and went, in words."""

from collections.abc import Iterator

import typer
from django.utils.translation import override

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.queries.console.entries import statement as page_of
from wafa.queries.console.programme import programme_of
from wafa.store.models import Entry, Member, Merchant, Wallet
from wafa.wording import dates
from wafa.wording.figures import change, number
from wafa.wording.languages import ALL, ENGLISH
from wafa.wording.names import Names
from wafa.wording.normalise import clean_reference
from wafa.wording.slip import slip

ENTRIES_A_PAGE = 500


def statement(
    member: str = typer.Argument(help="The member's number."),
    merchant: MerchantOption = None,
    lang: str = typer.Option(ENGLISH, help="en, ar or fa."),
) -> None:
    """Print the slip of each of a member's entries in words, the newest first."""
    if lang not in ALL:
        raise UsageError(f"--lang must be one of {', '.join(ALL)}.")
    shop = find_merchant(merchant)
    found = Member.objects.of(shop).filter(number=clean_reference(member)).first()
    if found is None:
        raise UsageError(f"There is no member “{member}”.")
    wallet = Wallet.objects.of(shop).get(member_id=found.id, unit="points")
    names = Names(programme_of(shop, shop.now()).versions)
    with override(lang):
        for entry in _entries(shop, wallet):
            told = slip(entry.kind, entry.explanation, names, entry.programme_version_id, shop.currency)
            moment = dates.moment(entry.posted_at, shop.zone)
            document = entry.document.number if entry.document else ""
            parts = [moment, document, f"{change(entry.points)} ({number(entry.available_after)})", str(told)]
            print(" · ".join(part for part in parts if part))


def _entries(shop: Merchant, wallet: Wallet) -> Iterator[Entry]:
    page = page_of(shop, wallet.id, ENTRIES_A_PAGE)
    yield from page.rows
    while page.after:
        page = page_of(shop, wallet.id, ENTRIES_A_PAGE, page.after)
        yield from page.rows
