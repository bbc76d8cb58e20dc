"""Verifying while the tills go on: each check sees one moment, so it finds nothing that is not there."""

from __future__ import annotations

from tests.concurrency.at_once import at_once
from tests.world import HALF_A_YEAR, World, line
from wafa.queries.balances import balances


def test_sound_books_stay_sound_to_whoever_looks() -> None:
    members = [f"m{place}" for place in range(4)]
    world = World(HALF_A_YEAR, members=members)
    stop = False

    def sell() -> int:
        nonlocal stop
        for place in range(40):
            member = members[place % 4]
            sold = world.purchase(line("TEA", 30, 3), member=member)
            world.post(sold, world.coming_back(line("TEA", 0), of=sold))
            world.bring_back(line("TEA", 0), member=member)
        stop = True
        return 40

    def look() -> int:
        looks = 0
        while not stop or not looks:
            assert world.differences() == []
            for balance in balances(world.merchant):
                assert balance.accrued - balance.clawed_back == balance.available
            looks += 1
        return looks

    sold, looks = at_once(sell, look)
    assert sold == 40
    assert isinstance(looks, int), looks
    assert world.differences() == []
