"""A shop that does all that a shop can do, kept twice: after each batch both books say the same.

Once as a state machine, which finds the shortest way to a difference; once as long walks, which come to the deep places
(debt that is paid and comes back, expired points that answer) that lie many steps away from an empty shop.
"""

from __future__ import annotations

from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.core.world import LONG_AGO
from tests.properties.commands import KINDS, SELDOM, Till
from tests.properties.programmes import programme_bodies
from tests.properties.shop import Pair, Versions
from tests.properties.walks import PLACES, Walk, randoms

STEPS = 40
SIZES = (1, 1, 1, 2, 3, 6)


@st.composite
def programmes(draw: st.DrawFn, place: int) -> Versions:
    """A programme; now and then another version follows, or the first begins late."""
    now = PLACES[place][1]
    versions: Versions = [(LONG_AGO, draw(programme_bodies()))]
    follows = draw(st.sampled_from([False, False, False, True]))
    if follows:
        versions = [(draw(st.sampled_from([LONG_AGO, now])), versions[0][1])]
        versions.append((now.replace(day=1, month=now.month + 1), draw(programme_bodies())))
    return versions


class Books(RuleBasedStateMachine):
    """Each step is a batch."""

    @initialize(place=st.integers(0, len(PLACES) - 1), data=st.data())
    def open(self, place: int, data: st.DataObject) -> None:
        pair = Pair(data.draw(programmes(place)), *PLACES[place])
        self.till = Till(pair, lambda options: data.draw(st.sampled_from(options)))

    @rule(kinds=st.lists(st.sampled_from([*KINDS, *SELDOM]), min_size=1, max_size=6), data=st.data())
    def batch(self, kinds: list[str], data: st.DataObject) -> None:
        self.till.pick = lambda options: data.draw(st.sampled_from(options))
        self.till.pair.take(*self.till.batch(kinds))


TestBooks = Books.TestCase


@settings(phases=[Phase.reuse, Phase.generate])  # a walk cannot be made shorter by taking from its seed
@given(st.integers(0, len(PLACES) - 1), st.data(), randoms)
def test_long_walks(place: int, data: st.DataObject, random: Random) -> None:
    walk = Walk(data.draw(programmes(place)), random, place)
    kinds = [*KINDS * 4, *SELDOM]
    walk.go(STEPS, kinds, SIZES)
