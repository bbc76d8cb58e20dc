"""What progress supports, and what is missing for the next step."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.core.scenarios import table
from tests.core.tiers.ladders import CALENDARS, ladder, progress

WINDOWS = st.sampled_from(("lifetime", "3 months", "gregorian year", "jalali year", "hijri year"))
TODAY = date(2012, 1, 15)
BY_DAY = st.dictionaries(st.dates(date(2010, 1, 1), TODAY), st.integers(0, 300), max_size=6)


@table("""
    lifetime | tier   | next
    -5       | bronze | silver 105     # the first tier is everybody's
    0        | bronze | silver 100
    99       | bronze | silver 1
    100      | silver | gold 400
    499      | silver | gold 1
    500      | gold   | -
    1000000  | gold   | -
""")
def test_a_tier_is_supported_from_its_threshold_on(lifetime: str, tier: str, next: str) -> None:
    assert ladder().supported(int(lifetime), {}, TODAY, CALENDARS).code == tier
    ahead = ladder().next(int(lifetime), {}, TODAY, CALENDARS)
    assert (f"{ahead.tier.code} {ahead.missing}" if ahead else "-") == next


@table("""
    window         | today      | by_day                         | tier   | next
    12 months      | 2012-01-15 | 2011-02-01 450, 2012-01-15 50  | gold   | -             # both ends count
    12 months      | 2012-01-15 | 2011-01-31 450, 2012-01-15 50  | bronze | silver 50     # a day too old
    12 months      | 2012-02-01 | 2011-02-28 450, 2012-01-15 50  | bronze | silver 50     # February has left
    12 months      | 2012-01-15 | 2012-01-16 100                 | silver | gold 400      # by a till's clock ahead
    12 months      | 2012-01-15 | -                              | bronze | silver 100
    gregorian year | 2011-12-31 | 2011-01-01 450, 2011-12-31 50  | gold   | -
    gregorian year | 2012-12-31 | 2011-01-01 450, 2011-12-31 50  | gold   | -             # to the end of the next year
    gregorian year | 2013-01-01 | 2011-01-01 450, 2011-12-31 50  | bronze | silver 100    # and no longer
    gregorian year | 2012-01-15 | 2011-12-31 450, 2012-01-10 60  | silver | gold 440      # two years do not add up
    gregorian year | 2012-01-15 | 2011-12-31 60, 2012-01-10 450  | silver | gold 50
    gregorian year | 2012-01-15 | 2010-12-31 500                 | bronze | silver 100
    jalali year    | 2012-03-19 | 2010-03-21 500                 | gold   | -             # 1389, until the end of 1390
    jalali year    | 2012-03-20 | 2010-03-21 500                 | bronze | silver 100    # 1391
    gregorian year | 2012-03-20 | 2010-03-21 500                 | bronze | silver 100
    hijri year     | 2011-11-26 | 2011-11-25 60, 2011-11-26 60   | bronze | silver 40     # parted by 1 Muharram 1433
    hijri year     | 2011-11-25 | 2011-11-24 60, 2011-11-25 60   | silver | gold 380
    lifetime       | 2012-01-15 | 2012-01-15 500                 | bronze | silver 100    # here the total alone says it
""")
def test_only_progress_of_the_window_counts(window: str, today: str, by_day: str, tier: str, next: str) -> None:
    day = date.fromisoformat(today)
    assert ladder(window).supported(0, progress(by_day), day, CALENDARS).code == tier
    ahead = ladder(window).next(0, progress(by_day), day, CALENDARS)
    assert (f"{ahead.tier.code} {ahead.missing}" if ahead else "-") == next


@given(WINDOWS, BY_DAY, st.integers(0, 600))
def test_what_is_missing_reaches_the_next_tier_and_a_unit_less_does_not(
    window: str, by_day: dict[date, int], more: int
) -> None:
    steps = ladder(window)
    lifetime = sum(by_day.values())
    ahead = steps.next(lifetime, by_day, TODAY, CALENDARS)
    if ahead:
        for gained, reaches in ((ahead.missing, True), (ahead.missing - 1, False), (ahead.missing + more, True)):
            then = by_day | {TODAY: by_day.get(TODAY, 0) + gained}
            supported = steps.supported(lifetime + gained, then, TODAY, CALENDARS)
            assert (steps.rank(supported.code) >= steps.rank(ahead.tier.code)) is reaches
    else:
        assert steps.supported(lifetime, by_day, TODAY, CALENDARS) is steps.tiers[-1]


@given(WINDOWS, BY_DAY)
def test_days_before_those_needed_change_nothing(window: str, by_day: dict[date, int]) -> None:
    steps = ladder(window)
    needed = steps.days_needed(TODAY, CALENDARS)
    loaded = {day: units for day, units in by_day.items() if needed and day >= needed}
    lifetime = sum(by_day.values())
    for told in (steps.supported, steps.next):
        assert told(lifetime, loaded, TODAY, CALENDARS) == told(lifetime, by_day, TODAY, CALENDARS)
