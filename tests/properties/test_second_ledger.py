"""A shop that buys, returns, spends and waits, kept twice: after each step both books say the same.

Once as a state machine, which finds the shortest way to a difference; once as long walks, which come to the deep places
(debt that is paid and comes back, expired points that answer) that lie many steps away from an empty shop.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.core.programmes import Json
from tests.properties.goods import back_lines, delays, parts_of, pauses, sold_lines
from tests.properties.pair import MEMBERS, Pair
from tests.properties.programmes import programme_bodies
from wafa.core.commands import Line

STEPS = 60
ITEMS = ("A", "A", "B", "C", "POST", "gift_1")
STEP_KINDS = ["buy"] * 6 + ["receipt"] * 5 + ["last"] * 3 + ["back", "wait", "spend"] * 2 + ["again"]
QUANTITIES = (1000, 1000, 2000, 3000, 7000, 333, 1500)
members = st.sampled_from(["ann", "ann", "ann", "bob", None])


class Shop(RuleBasedStateMachine):
    """Each rule is a step of the pair."""

    pair: Pair | None = None

    @initialize(body=programme_bodies(), member=members, lines=sold_lines)
    def open(self, body: Json, member: str | None, lines: list[Line]) -> None:
        self.pair = Pair(body)
        self.pair.buy(member, timedelta(), lines)

    @rule(pause=pauses)
    def wait(self, pause: timedelta) -> None:
        self.pair.now += pause

    @precondition(lambda self: self.pair.last_days())
    @rule(data=st.data(), days=st.integers(0, 1))
    def wait_until_a_last_day(self, data: st.DataObject, days: int) -> None:
        self.pair.wait_until(data.draw(st.sampled_from(self.pair.last_days())) + timedelta(days))

    @rule(member=members, delay=delays, lines=sold_lines)
    def buy(self, member: str | None, delay: timedelta, lines: list[Line]) -> None:
        self.pair.buy(member, delay, lines)

    @rule(member=members, delay=delays, lines=back_lines)
    def bring_back(self, member: str | None, delay: timedelta, lines: list[Line]) -> None:
        self.pair.bring_back(member, delay, lines, None)

    @rule(member=members, data=st.data())
    def bring_back_with_the_receipt(self, member: str | None, data: st.DataObject) -> None:
        receipt = data.draw(st.sampled_from(self.pair.receipts))
        self.pair.bring_back(member, timedelta(), data.draw(parts_of(self.pair.sold(receipt))), receipt)

    @precondition(lambda self: self.pair.last_days())
    @rule()
    def expire(self) -> None:
        self.pair.expire()

    @precondition(lambda self: self.pair.last_days())
    @rule(member=st.sampled_from(MEMBERS), share=st.sampled_from([1, 1, 2, 3]))
    def spend(self, member: str, share: int) -> None:
        self.pair.spend(member, share)

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        self.pair.send_again(data.draw(st.sampled_from(self.pair.counted)))

    @invariant()
    def both_say_the_same(self) -> None:
        if self.pair:
            self.pair.check()


TestShop = Shop.TestCase


def step(pair: Pair, random: Random) -> None:
    """One of the same steps; more often the ones that lead on."""
    member = random.choice(("ann", "ann", "ann", "bob", None))
    delay = timedelta(days=random.choice((0, 0, 0, 0, 1, 20, 200)))
    match random.choice(STEP_KINDS):
        case "receipt" if pair.receipts:
            receipt = random.choice(pair.receipts[-5:])
            pair.bring_back(member, timedelta(), parts(pair.sold(receipt), random), receipt)
        case "back" if pair.receipts:
            pair.bring_back(member, delay, parts(pair.sold(random.choice(pair.receipts)), random), None)
        case "wait":
            pair.now += timedelta(days=random.choice((0, 1, 5, 15, 40)), minutes=random.randrange(9))
        case "last" if pair.last_days():
            pair.wait_until(random.choice(pair.last_days()[:2]) + timedelta(random.randrange(2)))
        case "spend":
            pair.spend(random.choice(MEMBERS), random.choice((1, 2, 3)))
        case "again" if pair.counted:
            pair.send_again(random.choice(pair.counted))
        case _:
            pair.buy(member, delay, basket(random))


def basket(random: Random) -> list[Line]:
    """Something of everything."""
    count = random.randint(1, 3)
    return [Line(random.choice(ITEMS), random.choice(QUANTITIES), random.randrange(12_000)) for _ in range(count)]


def parts(sold: tuple[Line, ...], random: Random) -> list[Line]:
    """A part of each line or all of it; seldom more than there was."""
    shares = ((line, random.choice((0, 1, 2, 2, 2, 3))) for line in sold)
    some = [Line(line.item, line.quantity_milli * share // 2, 0) for line, share in shares if share]
    return some or [Line(sold[0].item, 1, 0)]


@settings(phases=[Phase.reuse, Phase.generate])  # a walk cannot be made shorter by taking from its seed
@given(programme_bodies(), st.integers(0, 2**32))
def test_long_walks(body: Json, seed: int) -> None:
    pair, random = Pair(body), Random(seed)
    for _ in range(STEPS):
        step(pair, random)
        pair.check()
