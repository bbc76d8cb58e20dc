"""Bringing friends along: both sides get points once the friend buys, once, and nobody brings themselves along."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from tests.world import NOON, PLAIN, World, line
from wafa.core.commands import MergeMembers
from wafa.operations.refer import ReferralFault, ReferralRefusedError, refer
from wafa.operations.reward_referrals import reward_referrals
from wafa.store.models import Member
from wafa.wording.referrals import referral_fault


def activity(code: str, kind: str, points: int, **more: Any) -> dict[str, Any]:
    """Points for one side."""
    return {"code": code, "kind": kind, "points": points, "name": {"en": code.title()}} | more


SHOP = PLAIN | {
    "activities": [
        activity("brought", "referral", 200, from_minor=5000, most=2),
        activity("came", "referred", 1000, from_minor=5000),
    ]
}
FRIENDS = ("amal", "bilal", "chadi", "dana", "emir")


@pytest.fixture
def world(db: None) -> World:
    """200 points for each of two friends, 1,000 for a friend, once 50 riyals are spent."""
    return World(SHOP, FRIENDS)


def fault(world: World, friend: str, referrer: str) -> ReferralFault | None:
    """Why somebody was not brought along; None: they were."""
    try:
        refer(world.id, friend, referrer)
    except ReferralRefusedError as error:
        return error.fault
    return None


def holds(world: World, *members: str) -> list[int]:
    """What each has."""
    return [world.wallet(member).available for member in members]


def test_both_sides_get_points_once_the_friend_has_bought_enough(world: World) -> None:
    refer(world.id, "bilal", "amal")
    assert reward_referrals(world.merchant) == 0
    world.buy(line("TEA", 40), member="bilal")
    assert reward_referrals(world.merchant) == 0
    world.stand_at(NOON + timedelta(days=1))
    world.buy(line("TEA", 50), member="bilal")
    assert reward_referrals(world.merchant) == 2
    assert holds(world, "amal", "bilal") == [200, 90 + 1000]
    world.buy(line("TEA", 500), member="bilal")
    assert reward_referrals(world.merchant) == 0
    assert world.differences() == []


def test_what_the_friend_brings_back_before_counts_for_nothing(world: World) -> None:
    refer(world.id, "bilal", "amal")
    bought = world.purchase(line("TEA", 60), member="bilal")
    world.post(bought)
    world.bring_back(line("TEA", 0), of=bought, member="bilal")
    assert reward_referrals(world.merchant) == 0
    world.buy(line("TEA", 60), member="bilal")
    assert reward_referrals(world.merchant) == 2


def test_for_so_many_friends_and_no_more(world: World) -> None:
    for friend in FRIENDS[1:]:
        refer(world.id, friend, "amal")
        world.buy(line("TEA", 50), member=friend)
    assert reward_referrals(world.merchant) == 2 + 4
    assert holds(world, *FRIENDS) == [400, 1050, 1050, 1050, 1050]
    assert reward_referrals(world.merchant) == 0
    assert world.differences() == []


def test_whoever_is_refused(world: World) -> None:
    Member.objects.of(world.id).filter(number__in=("dana", "emir")).update(phone="+966501234567")
    blocked = world.member("chadi")
    world.buy(member="chadi")
    refer(world.id, "bilal", "amal")
    told = [
        fault(world, "nobody", "amal"),
        fault(world, "amal", "nobody"),
        fault(world, "amal", "amal"),
        fault(world, "dana", "emir"),
        fault(world, "bilal", "dana"),
        fault(world, "chadi", "amal"),
        fault(world, "amal", "bilal"),
    ]
    blocked.status = "blocked"
    blocked.save()
    told.append(fault(world, "dana", "chadi"))
    wanted = "friend_unknown referrer_unknown the_same shared_phone referred_already has_bought circle not_active"
    assert told == wanted.split()
    assert set(told) == set(ReferralFault)


def test_the_same_again_is_no_fault(world: World) -> None:
    assert [fault(world, "bilal", "amal"), fault(world, "bilal", "amal")] == [None, None]


def test_a_circle_of_three(world: World) -> None:
    assert [fault(world, *pair) for pair in (("bilal", "amal"), ("chadi", "bilal"), ("amal", "chadi"))] == [
        None,
        None,
        ReferralFault.CIRCLE,
    ]


def test_a_card_that_was_merged_stands_for_the_survivor(world: World) -> None:
    world.do(MergeMembers, member="bilal", into="amal")
    refer(world.id, "chadi", "bilal")
    world.buy(line("TEA", 50), member="chadi")
    reward_referrals(world.merchant)
    assert holds(world, "amal") == [200]


def test_rules_read_the_how_manieth_purchase_of_a_friend_it_is() -> None:
    second = {"code": "second", "kind": "fixed", "points": 7, "name": {"en": "Second"}}
    world = World(PLAIN | {"rules": [second | {"when": {"kind": "referred", "n": 2}}]}, FRIENDS)
    refer(world.id, "bilal", "amal")
    given = [world.buy(member=member).slip.points for member in ("bilal", "bilal", "bilal", "amal", "amal")]  # type: ignore[union-attr]
    assert given == [0, 7, 0, 0, 0]
    assert world.differences() == []


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_each_fault_has_its_sentence(language: str) -> None:
    with translation.override(language):
        told = {referral_fault(fault) for fault in ReferralFault}
    assert len(told) == len(ReferralFault)
    assert language == "en" or not any("member" in sentence for sentence in told)


def test_two_who_bring_each_other_along_at_once(transactional_db: None) -> None:
    world = World(SHOP, FRIENDS)
    together, told = Barrier(2), []

    def bring(friend: str, referrer: str) -> None:
        together.wait()
        try:
            told.append(fault(world, friend, referrer))
        finally:
            connection.close()

    pairs = [Thread(target=bring, args=pair) for pair in (("bilal", "amal"), ("amal", "bilal"))]
    for each in pairs:
        each.start()
    for each in pairs:
        each.join(30)
    assert set(told) == {None, ReferralFault.CIRCLE}


def test_several_workers_at_once_reward_once(transactional_db: None) -> None:
    world = World(SHOP, FRIENDS)
    for friend in FRIENDS[1:]:
        refer(world.id, friend, "amal")
        world.buy(line("TEA", 50), member=friend)
    together, rewarded = Barrier(4), []

    def work() -> None:
        together.wait()
        try:
            rewarded.append(reward_referrals(world.merchant))
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(60)
    assert sum(rewarded) == 6
    assert holds(world, "amal") == [400]
    assert world.differences() == []
