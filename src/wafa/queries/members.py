"""Finding a member's wallets by number, as of an instant."""

from datetime import datetime
from uuid import UUID

from wafa.core.ledger.wallet import POINTS
from wafa.queries.merged import cards, survivor
from wafa.store.models import Member, Merchant, Wallet
from wafa.store.programmes import load_versions


def units_of(merchant: Merchant) -> list[str]:
    """Every unit that the merchant's programme has or has had; points first."""
    codes = {code for programme in load_versions(merchant.id) for code in programme.units}
    return [POINTS, *sorted(codes)]


def survivor_of(merchant: Merchant, number: str, at: datetime) -> Member | None:
    """The member whom a number stood for: of one merged into another, that one. None where nobody has the number."""
    found = Member.objects.of(merchant).filter(number=number).first()
    return None if found is None else Member.objects.of(merchant).get(id=survivor(merchant, found.id, at))


def wallet_of(merchant: Merchant, member: Member, unit: str) -> UUID | None:
    """A member's wallet in a unit; there is none before anything has been booked in the unit."""
    found = Wallet.objects.of(merchant).filter(member_id=member.id, unit=unit).values_list("id", flat=True)
    return found.first()


def wallets_of(merchant: Merchant, member: Member, unit: str, at: datetime) -> dict[UUID, str]:
    """The wallets whose histories were the member's at an instant, each with the number on its card."""
    members = cards(merchant, member.id, at)
    wallets = Wallet.objects.of(merchant).filter(member_id__in=members, unit=unit)
    return dict(wallets.values_list("id", "member__number"))
