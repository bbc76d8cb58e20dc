"""Who rises at once, and whom a return brings down."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.core.scenarios import table
from tests.core.tiers.ladders import CALENDARS, ladder, progress
from wafa.core.tiers.qualification import Tier
from wafa.core.tiers.standing import after_credit, after_return

LADDER = ladder()
CODES = st.sampled_from(("bronze", "silver", "gold", "purple", ""))
TIERS = st.sampled_from(LADDER.tiers)


def tier(code: str) -> Tier:
    return LADDER.tiers[LADDER.rank(code)]


@table("""
    held   | supported | then
    bronze | bronze    | bronze
    bronze | silver    | silver
    bronze | gold      | gold       # two steps at once
    silver | bronze    | silver     # a credit never lowers
    gold   | silver    | gold
    purple | bronze    | bronze     # a tier of an older ladder stands below this one
    purple | gold      | gold
           | bronze    | bronze     # as does none at all
""")
def test_a_credit_only_lifts(held: str, supported: str, then: str) -> None:
    assert after_credit(LADDER, held, tier(supported)) == then


@table("""
    held   | before | after  | then
    silver | silver | bronze | bronze
    silver | silver | silver | silver
    gold   | gold   | silver | silver
    gold   | gold   | bronze | bronze     # two steps at once
    gold   | silver | silver | gold       # not earned by what came back: a review lowers it
    gold   | bronze | bronze | gold
    gold   | bronze | silver | gold       # a return that supports more has taken nothing
    gold   | silver | bronze | gold       # nor this: that it falls lower yet is for the review too
    silver | gold   | silver | silver     # not lifted yet, and never by giving back
    bronze | gold   | silver | bronze
    silver | bronze | gold   | silver
    purple | silver | bronze | purple     # a tier of an older ladder stands below this one
""")
def test_a_return_takes_what_it_had_earned(held: str, before: str, after: str, then: str) -> None:
    assert after_return(LADDER, held, tier(before), tier(after)) == then


@table("""
    window         | before                         | after                          | then
    gregorian year | 2011-11-01 90, 2011-12-20 450  | 2011-11-01 90                  | bronze   # returned in January
    gregorian year | 2011-11-01 190, 2011-12-20 450 | 2011-11-01 190                 | silver
    gregorian year | 2011-12-20 450, 2012-01-05 450 | 2012-01-05 450                 | gold     # no year had it
    gregorian year | 2011-12-20 500, 2012-01-05 600 | 2011-12-20 50, 2012-01-05 600  | gold     # this year has it
    gregorian year | 2010-12-20 500, 2011-06-01 100 | 2011-06-01 100                 | gold     # too old to count
    12 months      | 2011-02-01 300, 2011-12-20 200 | 2011-02-01 300, 2011-12-20 150 | silver
    12 months      | 2011-01-31 300, 2011-12-20 200 | 2011-12-20 200                 | gold     # too old to count
""")
def test_progress_goes_back_with_its_own_day(window: str, before: str, after: str, then: str) -> None:
    """Of one who holds gold, and returns in January."""
    steps = ladder(window)
    was, is_now = (steps.supported(0, progress(days), date(2012, 1, 10), CALENDARS) for days in (before, after))
    assert after_return(steps, "gold", was, is_now) == then


@given(CODES, TIERS)
def test_a_credit_lifts_to_what_is_supported_and_lowers_nobody(held: str, supported: Tier) -> None:
    then = after_credit(LADDER, held, supported)
    assert LADDER.rank(then) == max(LADDER.rank(held), LADDER.rank(supported.code))
    assert after_credit(LADDER, then, supported) == then


@given(CODES, TIERS, TIERS)
def test_a_return_lifts_nobody_and_lowers_no_further_than_supported(held: str, before: Tier, after: Tier) -> None:
    then = after_return(LADDER, held, before, after)
    assert LADDER.rank(then) <= LADDER.rank(held)
    assert then in {held, after.code}
