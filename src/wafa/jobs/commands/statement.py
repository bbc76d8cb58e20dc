"""`wafa statement`: why a member's points came and went, in words."""

import typer
from django.utils.translation import override

from wafa.core.ledger.wallet import POINTS
from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.instants import AtOption, instant_of
from wafa.jobs.commands.member_named import find_member
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.jobs.commands.units import UnitOption, check_unit
from wafa.queries.console.programme import programme_of
from wafa.queries.statement import statement as lines_of
from wafa.store.models import Entry, Merchant
from wafa.wording import dates
from wafa.wording.languages import ALL, ENGLISH
from wafa.wording.measures import Measure, Measures
from wafa.wording.names import Names
from wafa.wording.slip import entry_slip


def statement(
    member: str = typer.Argument(help="The member's number."),
    merchant: MerchantOption = None,
    at: AtOption = None,
    unit: UnitOption = POINTS,
    lang: str = typer.Option(ENGLISH, help="en, ar or fa."),
) -> None:
    """Print the slip of each of a member's entries in words, the newest first; merged cards' entries included."""
    if lang not in ALL:
        raise UsageError(f"--lang must be one of {', '.join(ALL)}.")
    shop = find_merchant(merchant)
    instant = instant_of(at, shop)
    found = find_member(member, shop, instant)
    programme = programme_of(shop, shop.now())
    names = Names(programme.versions)
    measure = Measures(programme.in_force.get("units", []), shop.currency).of(check_unit(unit, shop))
    with override(lang):
        for line in lines_of(shop, found, instant, unit):
            card = "" if line.card == found.number else line.card
            parts = [dates.moment(line.entry.posted_at, shop.zone), card, *_told(line.entry, names, measure, shop)]
            print(" · ".join(part for part in parts if part))


def _told(entry: Entry, names: Names, measure: Measure, shop: Merchant) -> list[str]:
    """Document, change with the balance after it, and why."""
    told = entry_slip(entry, entry.of, names, shop.currency, measure, shop.zone)
    change = f"{measure.change(entry.points)} ({measure.number(entry.available_after)})"
    return [entry.document.number if entry.document else "", change, str(told)]
