"""Everything is a batch: mixed kinds, in the order of their instants, each command seeing what the earlier ones did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from tests.core.programmes import first_purchase, per_amount, programme, tier_percentage
from tests.core.scenarios import commands
from tests.core.telling import seen, told
from tests.core.world import LONDON, NOON, World, goods_back, photograph, purchase
from wafa.core.commands import Settle
from wafa.core.decide import decide

RULES = programme(
    per_amount(), tier_percentage({"silver": 50}), first_purchase(100), tiers="bronze 0, silver 20", months=1
)

# One batch of everything, each step leaning on the ones before it.
STORY = """
    buy     1   2011-01-05  ann       A×2 20.00     -> +120: base 20, welcome 100
    buy     2   2011-01-05  ann       A×2 20.00     -> +30: base 20, tier 10             # silver since receipt 1
    buy     1   2011-01-05  ann       A×2 20.00     -> again +120
    back    C1  2011-01-06  ann of 1  A×2           -> -120: own 120                     # sold in this very batch
    back    C2  2011-01-06  ann of 1  A             -> refused returned_more_than_left
    buy     3   2011-01-07  -         A×2 20.00     -> anonymous
    back    C3  2011-01-07  - of 3    A             -> anonymous
    back    C4  2011-01-07  - of 3    A×2           -> refused returned_more_than_left
    buy     4   2011-01-08  bob       B 9.99        -> +109: base 9, welcome 100
    back    C4  2011-01-08  ann       A             -> -15: own 15                       # the number was still free
    settle      2011-02-06                          -> -15                               # lot 2's last day: 5 February
    buy     5   2011-02-06  ann       A 4.00        -> +4: base 4                        # bronze, not the first
    back    C5  2011-02-06  ann of 2  A             -> +0: expired 15
    back    C5  2011-02-06  ann of 2  A             -> again +0
    buy     6   2011-02-07  ann       A 4.00        -> +4: base 4
    settle      2011-02-09                          -> -109
"""


def arrows(story: str) -> list[str]:
    """What the story says comes of each command."""
    return [line.split("->")[1].split("#")[0].strip() for line in story.splitlines() if "->" in line]


def test_kinds_mix_and_each_command_sees_the_earlier_ones() -> None:
    world = World(RULES)
    outcomes = world.post(*commands(STORY, LONDON))
    assert [told(outcome) for outcome in outcomes] == arrows(STORY)
    assert seen(world, "ann", "available, debt, tier, purchases") == "available 8, debt 0, tier bronze, purchases 2"


def test_a_batch_of_n_is_n_batches_of_one() -> None:
    at_once, one_by_one = World(RULES), World(RULES)
    story = commands(STORY, LONDON)
    for world in (at_once, one_by_one):  # the same ids for the same numbers, whoever claims them when
        world.claim(story)
    outcomes = at_once.post(*story)
    assert [told(one_by_one.post(command)[0]) for command in story] == [told(outcome) for outcome in outcomes]
    assert photograph(one_by_one.snapshot) == photograph(at_once.snapshot)


def test_however_it_is_split() -> None:
    story = commands(STORY, LONDON)
    photographs = []
    for first, second in combinations(range(len(story) + 1), 2):
        world = World(RULES)
        world.claim(story)
        for part in (story[:first], story[first:second], story[second:]):
            world.post(*part)
        photographs.append(photograph(world.snapshot))
    assert all(each == photographs[0] for each in photographs)


def test_one_outcome_for_each_command_and_none_for_none() -> None:
    world = World(RULES)
    assert world.post() == []
    assert len(world.post(Settle(at=NOON), purchase(), purchase(), goods_back())) == 4


@pytest.mark.parametrize("place", range(3))
def test_instants_that_go_back_are_a_mistake_and_nothing_is_counted(place: int) -> None:
    world = World(RULES)
    steps = [purchase("1"), goods_back("2"), Settle(at=NOON), purchase("3")]
    early = NOON - timedelta(microseconds=1)
    steps[place + 1] = [goods_back("2", at=early), Settle(at=early), purchase("3", at=early)][place]
    world.claim(steps)
    before = photograph(world.snapshot)
    with pytest.raises(ValueError, match="in the order of their instants"):
        decide(world.snapshot, steps)
    assert photograph(world.snapshot) == before


def test_instants_are_compared_as_instants() -> None:
    # 12:00 UTC, then 12:00 in Riyadh, which is 09:00 UTC: earlier, though the hands stand alike.
    world = World(RULES)
    riyadh = datetime.fromisoformat("2011-01-05T12:00+03:00")
    with pytest.raises(ValueError, match="in the order"):
        world.post(purchase("1", at=NOON), purchase("2", at=riyadh))
    outcomes = World(RULES).post(purchase("1", at=riyadh), purchase("2", at=NOON))
    assert [told(outcome) for outcome in outcomes] == ["+110: base 10, welcome 100", "+10: base 10"]


def test_receipts_may_have_happened_in_any_order() -> None:
    # What counts for the batch is when they are counted; for the rules, when they happened.
    story = """
        buy  1  2011-01-09 at 2011-02-01  ann  A 10.00
        buy  2  2011-01-07 at 2011-02-01  ann  A 10.00
        buy  3  2011-01-08 at 2011-02-02  ann  A 10.00
    """
    outcomes = World(RULES).post(*commands(story, LONDON))
    assert [told(outcome) for outcome in outcomes] == [
        "+110: base 10, welcome 100",
        "+10: base 10",
        "+15: base 10, tier 5",
    ]


def test_one_members_receipts_do_not_touch_anothers() -> None:
    world = World(RULES)
    world.post(*commands("buy  1  2011-01-05  bob  A 50.00", LONDON))
    bob = (world.wallet("bob").member_id, "points")
    before = photograph(world.snapshot)["wallets"][bob]
    world.post(*commands("buy  2  2011-01-06  ann  A 50.00\nback  C1  2011-01-07  ann  A×9", LONDON))
    assert photograph(world.snapshot)["wallets"][bob] == before


def test_entries_are_numbered_wallet_by_wallet() -> None:
    world = World(RULES)
    outcomes = world.post(*commands(STORY, LONDON))
    numbers: dict[object, list[int]] = {}
    for outcome in outcomes:
        for entry in getattr(outcome, "entries", ()):
            numbers.setdefault(entry.wallet.id, []).append(entry.sequence)
    assert sorted(numbers) == sorted(world.wallet(member).id for member in ("ann", "bob"))
    assert all(each == list(range(1, len(each) + 1)) for each in numbers.values())


def test_every_entry_names_its_version_its_document_and_both_instants() -> None:
    world = World(RULES)
    story = "buy  1  2011-01-05 at 2011-01-06  ann  A 5.00\nback  C1  2011-01-07 at 2011-01-08  ann  A"
    accrual, clawback = (outcome.entries[0] for outcome in world.post(*commands(story, LONDON)))
    [expiry] = [entry for outcome in world.post(purchase("9", at=NOON), _expire()) for entry in outcome.entries][1:]
    version = world.snapshot.versions.in_force(NOON)
    assert [each.kind for each in (accrual, clawback, expiry)] == ["accrual", "clawback", "expiry"]
    assert [each.version_id for each in (accrual, clawback, expiry)] == [version.id, version.id, None]
    assert (accrual.occurred_at.day, accrual.posted_at.day, clawback.occurred_at.day, clawback.posted_at.day) == (
        5,
        6,
        7,
        8,
    )
    assert (clawback.tier_before, clawback.tier_after) == ("bronze", "bronze")


def _expire() -> Settle:
    return Settle(at=datetime(2011, 6, 1, tzinfo=UTC))
