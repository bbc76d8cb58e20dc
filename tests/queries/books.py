"""A merchant whose books hold every kind of row: sold, returned, expired, spent, owed, paid, anonymous, blocked."""

from __future__ import annotations

from datetime import timedelta

from tests.world import NOON, World, line
from wafa.core.commands import Line, Payment
from wafa.operations.expire_lots import expire_due_lots

MONTH = timedelta(days=30)


def sound_books() -> World:
    """Worked with ordinary operations only.

    Amal: R1 (tea 60 for three, two holders 40), of which a tea came back (B1), and R2 (cups 1,000): silver.
    Bilal: S1 was spent, then came back (C1): owed 160, of which S3 paid 50.
    Chadi: E1 expired, then half of it came back (D1). Dana is blocked: X1. Nobody: A1, of which one came back (A2).
    """
    world = World(members=("amal", "bilal", "chadi", "dana", "zayd"))
    told = {"tax_minor": 5, "discount_minor": 3, "tags": ("hot",)}
    paid = (Payment("cash", 5000), Payment("card", 5000))
    world.buy(
        Line("TEA", 3000, 6000, "Tea", **told),
        line("85123A", 40, 2),
        number="R1",
        channel="web",
        tags=("sale",),
        payments=paid,
        tax_minor=9,
        discount_minor=4,
        period="2011",
    )
    world.bring_back(line("TEA", 0), line("SOAP", 0), number="B0")
    world.bring_back(line("TEA", 0), of=("till", "2011", "R1"), number="B1")
    world.buy(line("CUP", 1000), number="R2", branch="airport")

    world.buy(line("POST", 5), number="S0", member="bilal")
    world.buy(line("TEA", 60), number="S1", member="bilal", occurred_at=NOON - timedelta(hours=1))
    world.spend(160, number="S1", member="bilal")
    world.bring_back(line("TEA", 0), number="C1", member="bilal")
    world.buy(line("POST", 5), line("TEA", 0), number="S2", member="bilal")
    world.buy(line("85123A", 0, 10), number="S3", member="bilal")

    world.buy(line("TEA", 200, 2), number="E1", member="chadi", at=NOON)
    dana = world.member("dana")
    dana.status = "blocked"
    dana.save()
    world.buy(line("TEA", 70), number="X1", member="dana")
    world.buy(line("TEA", 30, 3), number="A1", member=None)
    world.bring_back(line("TEA", 0), of="A1", number="A2", member=None)

    world.stand_at(NOON + 7 * MONTH)
    expire_due_lots(world.merchant)
    world.bring_back(line("TEA", 0), of="E1", number="D1", member="chadi")
    world.buy(line("TEA", 25), number="R3")
    return world
