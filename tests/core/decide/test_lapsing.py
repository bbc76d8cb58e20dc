"""A lot can be spent up to and including its last day; after it nothing draws it, whether or not anybody expired it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.core.programmes import per_amount, programme, tier_percentage
from tests.core.scenarios import play, table
from tests.core.world import World
from wafa.core.commands import Settle

SIX_MONTHS = programme()


def test_lots_run_out_the_day_after_their_last() -> None:
    play(
        World(SIX_MONTHS),
        """
        buy     1  2011-01-05        ann  A 10.00      -> +10
        buy     2  2011-01-06        ann  A 20.00      -> +20
        buy     3  2011-01-05        bob  A 40.00      -> +40
        settle     2011-07-05 23:59                    -> +0       # the last day: 5 July
        settle     2011-07-06 00:00                    -> -50      # 1 and 3
        settle     2011-07-06 00:00                    -> +0       # once
        see        ann                                 -> available 20, lots 2:20
        settle     2012-01-01                          -> -20      # days late
        see        ann                                 -> available 0, qualifying 30, debt 0
        """,
    )


@table("""
    zone          | instant          | expires
    Europe/London | 2011-07-05 23:59 | +0
    Europe/London | 2011-07-06 00:00 | -10
    Asia/Riyadh   | 2011-07-05 23:59 | +0
    Asia/Riyadh   | 2011-07-06 00:00 | -10     # 5 July, 21:00 UTC
    Asia/Tehran   | 2011-07-06 00:00 | -10
""")
def test_the_last_day_is_the_merchants(zone: str, instant: str, expires: str) -> None:
    play(
        World(SIX_MONTHS, zone=ZoneInfo(zone)),
        f"""
        buy     1  2011-01-05 00:30  ann  A 10.00      -> +10      # in UTC still the day before
        settle     {instant}                           -> {expires}
        """,
    )


def test_a_month_end_keeps_its_month() -> None:
    play(
        World(SIX_MONTHS),
        """
        buy     1  2011-08-31  ann  A 10.00            -> +10
        settle     2012-02-29                          -> +0
        settle     2012-03-01                          -> -10
        """,
    )


def test_points_that_never_expire() -> None:
    play(
        World(programme(months=None)),
        """
        buy     1  2011-01-05  ann  A 10.00            -> +10
        settle     9999-12-30                          -> +0
        """,
    )


def test_a_purchase_first_lets_expire_what_is_due_and_then_credits() -> None:
    play(
        World(SIX_MONTHS),
        """
        buy     1  2011-01-05  ann  A 10.00            -> +10
        buy     2  2011-07-06  ann  A 1.00             -> +1: base 1
        see        ann                                 -> available 1, lots 2:1
        settle     2011-07-06                          -> +0       # nobody needed the job
        """,
    )


def test_a_return_draws_no_lapsed_lot_though_no_job_has_run() -> None:
    # Lot 1 lapsed on 6 July. What receipt 2 had given was spent, so its clawback looks to other lots: there are none.
    play(
        World(SIX_MONTHS),
        """
        buy     2   2011-01-04                ann       B 30.00     -> +30
        spend       2011-01-04 13:00          ann       30
        buy     1   2011-01-05                ann       A 10.00     -> +10
        buy     3   2011-07-05                ann       C 5.00      -> +5
        back    C1  2011-07-06                ann of 2  B           -> -30: others 5, owed 25
        see         ann                                             -> available 0, debt 25
        """,
    )


def test_what_expired_answers_for_what_comes_back_whether_or_not_a_job_had_run() -> None:
    story = """
        buy     1   2011-01-05  ann       A×2 10.00    -> +10
        buy     2   2011-07-01  ann       B 50.00      -> +50
        {job}
        back    C1  2011-07-10  ann of 1  A            -> +0: expired 5
        back    C2  2011-07-10  ann of 1  A            -> +0: expired 5
        see         ann                                -> available 50, debt 0, qualifying 50, lots 2:50
        holds       1                                  -> base 0 of 10
    """
    play(World(SIX_MONTHS), story.format(job="settle      2011-07-06  -> -10"))
    play(World(SIX_MONTHS), story.format(job=""))


def test_expired_points_answer_once() -> None:
    # 10 given: 4 spent, 6 expired. Of the 10 that come back 6 had expired; 4 were spent, and come from receipt 2's lot.
    play(
        World(SIX_MONTHS),
        """
        buy     1   2011-01-05  ann       A×2 10.00    -> +10
        spend       2011-01-06  ann       4
        buy     2   2011-07-01  ann       B 50.00      -> +50
        settle      2011-07-06                         -> -6
        back    C1  2011-07-10  ann of 1  A            -> +0: expired 5
        back    C2  2011-07-10  ann of 1  A            -> -4: expired 1, others 4
        see         ann                                -> available 46, debt 0
        """,
    )


def test_a_purchase_counted_after_its_points_last_day() -> None:
    play(
        World(SIX_MONTHS),
        """
        buy     1   2011-01-05 at 2011-07-05 23:59  ann  A 10.00     -> +10: base 10
        buy     2   2011-01-05 at 2011-07-06        ann  A×2 20.00   -> +0: base 20, lapsed 20
        see         ann                                              -> available 0, qualifying 30, purchases 2
        holds       2                                                -> base 20 of 20
        back    C1  2011-07-07                      ann of 2  A      -> +0: expired 10
        back    C2  2011-07-07                      ann of 2  A      -> +0: expired 10
        see         ann                                              -> available 0, debt 0, qualifying 10
        """,
    )


def test_points_that_lapsed_at_once_still_lift_the_tier() -> None:
    rules = [per_amount(), tier_percentage({"silver": 50})]
    play(
        World(programme(*rules, tiers="bronze 0, silver 20")),
        """
        buy     1   2011-01-05 at 2011-08-01  ann  A 20.00   -> +0: base 20, lapsed 20
        buy     2   2011-08-01                ann  A 10.00   -> +15: base 10, tier 5
        """,
    )


def test_only_the_wallets_named() -> None:
    world = World(SIX_MONTHS)
    play(
        world,
        """
        buy     1   2011-01-05  ann  A 10.00           -> +10
        buy     2   2011-01-05  bob  A 20.00           -> +20
        """,
    )
    at = world.receipt("1").occurred_at.replace(year=2012)
    [none, bobs, rest] = world.post(*(Settle(at=at, wallets=each) for each in ((), (world.wallet("bob").id,), None)))
    assert (none.expired, bobs.expired, rest.expired) == (0, 20, 10)
    assert [entry.wallet for entry in bobs.entries] == [world.wallet("bob")]


def test_expiry_says_lot_by_lot_what_ran_out() -> None:
    world = World(SIX_MONTHS)
    play(
        world,
        """
        buy     2   2011-01-06  ann  A 20.00           -> +20
        buy     1   2011-01-05  ann  A 10.00           -> +10
        """,
    )
    [outcome] = world.post(Settle(at=world.receipt("1").occurred_at.replace(year=2012)))
    [entry] = outcome.entries
    lots = entry.explanation["lots"]
    assert [(lot["number"], lot["points"], lot["expires_on"]) for lot in lots] == [
        ("1", 10, "2011-07-05"),
        ("2", 20, "2011-07-06"),
    ]
    assert (outcome.expired, entry.points, entry.after["available"]) == (30, -30, 0)
