"""A small shop with a little history, told once for all the pages' tests.

On 1 June 2011 in Riyadh: Amal (+966501234567) has bought tea at Olaya (N-OLAYA, 250 riyals: 350 points with the
welcome) and coffee at the airport (N-AIRPORT, 100 riyals: 100 points), and has brought half of the tea back at
Olaya (R-OLAYA: 125 points). Badr has done nothing yet. A stranger bought at the airport (N-ANONYMOUS).
"""

from __future__ import annotations

from datetime import timedelta

from tests.people import Cast, cast
from tests.world import NOON, World, line
from wafa.core.outcomes import Accepted, Outcome
from wafa.store.models import Document, Member, Merchant


class Shop:
    """The shop, another one that is none of its business, and everybody's account."""

    def __init__(self) -> None:
        self.world = World(members=("amal", "badr"))
        self.merchant = self.world.merchant
        rename(self.merchant, "Corner Shop", "متجر الزاوية", "فروشگاه گوشه")
        self.amal, self.badr = self.world.member("amal"), self.world.member("badr")
        introduce(self.amal, "Amal Al-Harbi", "+966501234567")
        introduce(self.badr, "Badr رضایی", "")
        world = self.world
        accepted(world.buy(line("TEA", 250, 2, description="Green tea"), number="N-OLAYA"))
        world.stand_at(NOON + timedelta(hours=1))
        accepted(world.buy(line("COFFEE", 100), number="N-AIRPORT", branch="airport"))
        accepted(world.buy(line("NUTS", 40), member=None, number="N-ANONYMOUS", branch="airport"))
        world.stand_at(NOON + timedelta(hours=2))
        accepted(world.bring_back(line("TEA", 125, 1, description="Green tea"), number="R-OLAYA"))

        self.elsewhere = World(members=("zayd",))
        rename(self.elsewhere.merchant, "Elsewhere", "", "")
        accepted(self.elsewhere.buy(member="zayd", number="N-ELSEWHERE"))
        self.cast: Cast = cast(self.world, self.elsewhere)

    def receipt(self, number: str) -> Document:
        """A document of the shop."""
        return Document.objects.of(self.merchant).get(number=number)


def accepted(outcome: Outcome) -> Accepted:
    """What was asked was done."""
    assert isinstance(outcome, Accepted), outcome
    return outcome


def rename(merchant: Merchant, english: str, arabic: str, persian: str) -> None:
    """Give a shop its names."""
    merchant.name_en, merchant.name_ar, merchant.name_fa = english, arabic, persian
    merchant.save()


def introduce(member: Member, name: str, phone: str) -> None:
    """Give a member a name and a phone."""
    member.name, member.phone = name, phone
    member.save()
