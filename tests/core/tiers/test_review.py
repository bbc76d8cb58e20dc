"""Grace, the fall, and the soft landing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.scenarios import table
from tests.core.tiers.ladders import ladder
from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.review import Reviewed, review

STEPS = "bronze 0, silver 100, gold 500, platinum 900"
CODES = ("bronze", "silver", "gold", "platinum")
FIRST = date(2012, 2, 1)


def reviewed(steps: Ladder, held: str, since: date | None, supported: str, today: date) -> Reviewed:
    return review(steps, held, since, steps.tiers[steps.rank(supported)], today)


@table("""
    grace | soft | held     | since      | supported | today      | then     | since_then
    0     | no   | gold     | -          | gold      | 2012-02-01 | gold     | -
    0     | no   | gold     | -          | silver    | 2012-02-01 | silver   | -              # no grace: at once
    0     | no   | platinum | -          | bronze    | 2012-02-01 | bronze   | -
    0     | yes  | platinum | -          | bronze    | 2012-02-01 | gold     | 2012-02-01     # one step, and again
    0     | yes  | gold     | 2012-02-01 | bronze    | 2012-02-01 | gold     | 2012-02-01     # not two on one day
    0     | yes  | gold     | 2012-02-01 | bronze    | 2012-02-02 | silver   | 2012-02-02
    0     | yes  | silver   | 2012-02-02 | bronze    | 2012-02-03 | bronze   | -              # it has landed
    30    | no   | gold     | -          | bronze    | 2012-02-01 | gold     | 2012-02-01     # the first day of grace
    30    | no   | gold     | 2012-02-01 | bronze    | 2012-03-01 | gold     | 2012-02-01     # the 30th and last
    30    | no   | gold     | 2012-02-01 | bronze    | 2012-03-02 | bronze   | -
    30    | no   | gold     | 2012-02-01 | bronze    | 2012-09-01 | bronze   | -              # reviewed late
    30    | no   | gold     | 2012-02-01 | silver    | 2012-03-02 | silver   | -              # what is supported now
    30    | no   | gold     | 2012-02-01 | gold      | 2012-02-20 | gold     | -              # supported again
    30    | no   | gold     | 2012-02-01 | gold      | 2012-09-01 | gold     | -
    30    | no   | gold     | 2012-02-01 | platinum  | 2012-02-20 | platinum | -              # by a new ladder
    30    | yes  | platinum | 2012-02-01 | bronze    | 2012-03-02 | gold     | 2012-03-02
    30    | yes  | platinum | 2012-02-01 | gold      | 2012-03-02 | gold     | -              # one step is all of it
    30    | yes  | gold     | 2012-03-02 | bronze    | 2012-03-31 | gold     | 2012-03-02
    30    | yes  | gold     | 2012-03-02 | bronze    | 2012-04-01 | silver   | 2012-04-01
    1     | no   | gold     | -          | bronze    | 2012-02-01 | gold     | 2012-02-01
    1     | no   | gold     | 2012-02-01 | bronze    | 2012-02-01 | gold     | 2012-02-01
    1     | no   | gold     | 2012-02-01 | bronze    | 2012-02-02 | bronze   | -
    30    | no   | gold     | 2012-02-10 | bronze    | 2012-02-01 | gold     | 2012-02-10     # a day to come
    30    | no   | purple   | -          | silver    | 2012-02-01 | silver   | -              # of an older ladder
    30    | yes  | purple   | 2012-01-01 | bronze    | 2012-02-01 | bronze   | -
""")
def test_a_review(
    grace: str, soft: str, held: str, since: str, supported: str, today: str, then: str, since_then: str
) -> None:
    steps = ladder(grace_days=int(grace), soft=soft == "yes", steps=STEPS)
    came = reviewed(steps, held, _day(since), supported, date.fromisoformat(today))
    assert came == Reviewed(then, _day(since_then))


def _day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


LADDERS = st.builds(ladder, grace_days=st.integers(0, 5), soft=st.booleans(), steps=st.just(STEPS))
HELD = st.sampled_from((*CODES, "purple", ""))
SUPPORTED = st.sampled_from(CODES)
SINCE = st.none() | st.dates(FIRST - timedelta(days=10), FIRST)


@given(LADDERS, HELD, SINCE, SUPPORTED)
def test_a_second_review_of_the_day_changes_nothing(
    steps: Ladder, held: str, since: date | None, supported: str
) -> None:
    once = reviewed(steps, held, since, supported, FIRST)
    assert reviewed(steps, once.tier_code, once.below_since, supported, FIRST) == once


@given(LADDERS, HELD, SINCE, SUPPORTED)
def test_what_is_supported_is_held_and_days_are_counted_only_below(
    steps: Ladder, held: str, since: date | None, supported: str
) -> None:
    came = reviewed(steps, held, since, supported, FIRST)
    rank, floor = steps.rank(came.tier_code), steps.rank(supported)
    assert floor <= rank <= max(floor, steps.rank(held))
    assert (came.below_since is None) == (rank == floor)
    if steps.qualification.soft_landing:
        assert rank >= steps.rank(held) - 1


@given(LADDERS, st.lists(st.tuples(st.integers(0, 3), SUPPORTED), max_size=30))
def test_day_by_day_nobody_falls_within_the_grace(steps: Ladder, days: list[tuple[int, str]]) -> None:
    """Each review's fall comes after at least `grace_days` in which reviews found the tier unsupported."""
    standing, today, last_good = Reviewed("platinum", None), FIRST, FIRST
    for later, supported in days:
        today += timedelta(days=later)
        before, standing = standing, reviewed(steps, standing.tier_code, standing.below_since, supported, today)
        fell = steps.rank(standing.tier_code) < steps.rank(before.tier_code)
        if fell:
            assert (today - last_good).days >= steps.qualification.grace_days
        if fell or standing.below_since is None:
            last_good = today
