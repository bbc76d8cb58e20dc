"""Redeeming: drawn from the lots that run out first, and never more than there is."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from tests.core.programmes import programme, programme_with
from tests.core.scenarios import play
from tests.core.world import NOON, World, purchase
from wafa.core.commands import Line, PlaceHold, Redeem, request_hash
from wafa.core.outcomes import Posted, Refused

WORTH = programme_with(redemption={"worth": {"points": 100, "minor": 150}, "least": 20})


def test_the_first_to_run_out_is_spent_first_whenever_it_was_earned() -> None:
    play(
        World(programme()),
        """
        buy     2   2011-02-05                ann  A 50.00   -> +50
        buy     1   2011-01-05 at 2011-02-06  ann  A 30.00   -> +30
        redeem  R1  2011-02-07                ann  40        -> -40: lots 1:30 2:10
        see         ann                                      -> available 40, lots 2:40
        redeem  R2  2011-02-07                ann  41        -> refused insufficient_points
        redeem  R2  2011-02-07                ann  40        -> -40: lots 2:40        # refused: the key is still free
        see         ann                                      -> available 0, qualifying 80
        """,
    )


def test_points_that_never_expire_are_spent_last_and_of_one_day_the_older_first() -> None:
    play(
        World(programme()),
        """
        open    O1  2011-01-05  ann  10, 20 until 2011-03-01
        buy     1   2011-01-06  ann  A 5.00
        buy     2   2011-01-06  ann  A 5.00
        redeem  R1  2011-01-07  ann  33        -> -33: lots -:20 1:5 2:5 -:3
        """,
    )


def test_a_lapsed_lot_is_not_spent_whether_or_not_a_job_has_run() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05        ann  A 30.00   -> +30
        buy     2   2011-01-06        ann  A 10.00   -> +10
        redeem  R1  2011-07-05 23:59  ann  5         -> -5: lots 1:5      # its last day
        redeem  R2  2011-07-06        ann  11        -> refused insufficient_points
        see         ann                              -> available 10      # and what was due has happened
        redeem  R2  2011-07-06        ann  10        -> -10: lots 2:10
        """,
    )


def test_worth_is_rounded_down_and_only_money_off_has_any() -> None:
    play(
        World(WORTH),
        """
        buy     1   2011-01-05  ann  A 100.00        -> +100
        redeem  R1  2011-01-06  ann  33              -> -33: lots 1:33, worth 49       # 49.5
        redeem  R2  2011-01-06  ann  33 as reward    -> -33: lots 1:33
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(WORTH),
        """
        buy     1   2011-01-05  ann                A 100.00   -> +100
        redeem  R1  2011-01-06  ann                0          -> refused points_not_above_zero
        redeem  R1  2011-01-06  ann                -5         -> refused points_not_above_zero
        redeem  R1  2011-01-06  ann                10 as loan -> refused text_not_usable
        redeem  R1  2011-01-06  ann in stamps      10         -> refused unit_unknown
        redeem  R1  2011-01-06  nobody in stamps   10         -> refused unit_unknown
        redeem  R1  2011-01-06  nobody             10         -> refused member_unknown
        redeem  R1  2011-01-06  eve                10         -> refused member_not_active
        redeem  R1  2011-01-06  zoe                1000       -> refused member_not_active
        redeem  R1  2011-01-06  bob                19         -> refused fewer_points_than_the_least
        redeem  R1  2011-01-06  bob                20         -> refused insufficient_points
        redeem  R1  2011-01-06  ann                101        -> refused insufficient_points
        see         ann                                       -> available 100
        """,
    )


def test_a_key_counts_once() -> None:
    play(
        World(WORTH),
        """
        buy     1   2011-01-05  ann     A 100.00   -> +100
        redeem  R1  2011-01-06  ann     40         -> -40
        redeem  R1  2011-01-06  ann     40         -> again -40
        redeem  R1  2011-01-08  ann     40         -> again -40     # a retry, days later
        redeem  R1  2011-01-08  ann     41         -> refused key_reused_with_other_content
        redeem  R1  2011-01-08  nobody  40         -> refused key_reused_with_other_content
        hold    R1  2011-01-08  ann     40         -> refused key_reused_with_other_content
        see         ann                            -> available 60
        """,
    )


def test_the_entry_names_branch_till_and_cashier() -> None:
    world = World(WORTH)
    play(world, "buy  1  2011-01-05  ann  A 100.00")
    at = world.receipt("1").occurred_at
    said = {"at": at, "key": "R1", "branch": "north", "till": "till 7", "cashier": "Dana", "reference": "basket 12"}
    [outcome] = world.post(Redeem(**said, member="ann", points=40))
    assert isinstance(outcome, Posted)
    [entry] = outcome.entries
    assert entry.redeeming_branch_id == world.snapshot.branches["north"]
    assert {name: entry.explanation[name] for name in ("till", "cashier", "reference", "purpose")} == {
        "till": "till 7",
        "cashier": "Dana",
        "reference": "basket 12",
        "purpose": "money_off",
    }
    [refused] = world.post(Redeem(**said | {"key": "R2", "branch": "south"}, member="nobody", points=40))
    assert refused.refusal == "branch_unknown"


def test_without_a_proof_no_more_than_the_bound_is_spent_at_once() -> None:
    play(
        World(programme_with(redemption={"proof_above": 50})),
        """
        buy     1   2011-01-05  ann  A 100.00  -> +100
        redeem  R1  2011-01-06  ann  51        -> refused proof_needed
        redeem  R1  2011-01-06  bob  51        -> refused proof_needed     # also where there is nothing to spend
        redeem  R1  2011-01-06  ann  50        -> -50: lots 1:50
        """,
    )


@pytest.mark.parametrize(
    ("points", "proof", "refusal"),
    [
        (50, "", None),
        (51, "", "proof_needed"),
        (51, "card", None),
        (51, "face", "text_not_usable"),
        (500, "", "proof_needed"),
    ],
)
def test_beyond_a_bound_points_go_only_to_who_shows_something(points: int, proof: str, refusal: str | None) -> None:
    world = World(replace(WORTH, redemption=replace(WORTH.redemption, proof_above=50)))
    world.post(purchase("1", Line("A", 1000, 10_000)))
    at = NOON
    for kind in (Redeem, PlaceHold):
        copied = deepcopy(world)
        [outcome] = copied.post(kind(at=at, key="k", branch="main", member="ann", points=points, proof=proof))
        assert (outcome.refusal if isinstance(outcome, Refused) else None) == refusal


def test_money_has_its_own_card() -> None:
    policy = replace(WORTH.redemption, proof_above=0)
    assert policy.lacks_proof(1, "")
    assert not policy.lacks_proof(0, "")
    assert not replace(policy, proof_above=None).lacks_proof(10**9, "")


def test_a_proof_is_no_part_of_what_is_asked_for() -> None:
    asked = Redeem(at=NOON, key="k", branch="main", member="ann", points=1)
    assert request_hash(asked) == request_hash(replace(asked, proof="pin"))
