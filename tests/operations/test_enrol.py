"""Enrolling: who joins gets a wallet with the row, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from tests.db import query
from tests.world import NOON, OPENING, TILL, World
from wafa.core.commands import Line
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.post import post
from wafa.store.models import Branch, Member, OutboxEvent, Wallet


@pytest.fixture
def empty() -> World:
    """Nobody has joined yet."""
    return World(members=())


def test_a_member_joins_with_a_wallet(empty: World) -> None:
    joined = NewMember("100", NOON, name="Amal", phone="+966501234567")
    assert enrol(empty.id, [joined]) == 1
    member = Member.objects.of(empty.id).get()
    assert (member.number, member.name, member.phone) == ("100", "Amal", "+966501234567")
    assert (member.status, member.enrolled_at) == ("active", NOON)
    wallet = Wallet.objects.of(empty.id).get()
    assert (wallet.member_id, wallet.unit, wallet.tier, wallet.sequence) == (member.id, "points", "", 0)
    assert (wallet.available, wallet.pending, wallet.held, wallet.debt, wallet.qualifying) == (0, 0, 0, 0, 0)


def test_twice_is_once_and_the_first_stays(empty: World) -> None:
    first = NewMember("100", OPENING, name="Amal", phone="+966501234567")
    enrol(empty.id, [first])
    before = empty.rows()
    assert enrol(empty.id, [NewMember("100", NOON, name="Somebody else")]) == 0
    assert empty.rows() == before


def test_twice_in_one_call_is_once(empty: World) -> None:
    assert enrol(empty.id, [NewMember("100", OPENING), NewMember("200", OPENING), NewMember("100", NOON)]) == 2
    assert Wallet.objects.of(empty.id).count() == 2


def test_those_who_are_new_join_beside_those_who_are_not(empty: World) -> None:
    empty.enrol("a", "b")
    assert empty.enrol("c", "b", "a", "d") == 2
    assert sorted(Member.objects.of(empty.id).values_list("number", flat=True)) == ["a", "b", "c", "d"]


def test_nobody_is_nobody(empty: World) -> None:
    assert enrol(empty.id, []) == 0


def test_a_number_is_the_merchants(empty: World) -> None:
    other = World(members=("100",))
    assert empty.enrol("100") == 1
    assert Member.objects.of(other.id).count() == Member.objects.of(empty.id).count() == 1


def test_every_member_has_exactly_one_wallet_of_points(empty: World) -> None:
    empty.enrol(*(str(number) for number in range(300)))
    wallets = query(
        """
        SELECT m.id, count(w.id) FROM member m
        LEFT JOIN wallet w ON w.merchant_id = m.merchant_id AND w.member_id = m.id AND w.unit = 'points'
        WHERE m.merchant_id = %s GROUP BY m.id HAVING count(w.id) <> 1
        """,
        empty.id,
    )
    assert wallets == []
    assert Wallet.objects.of(empty.id).count() == 300


def test_joining_is_an_event(empty: World) -> None:
    empty.enrol("a", "b")
    empty.enrol("a")
    events = OutboxEvent.objects.of(empty.id)
    assert {(event.kind, event.wallet_sequence, event.created_at) for event in events} == {
        ("MemberEnrolled", 0, OPENING)
    }
    assert sorted(event.body["member"] for event in events) == sorted(
        str(id) for id in Member.objects.of(empty.id).values_list("id", flat=True)
    )


def test_one_who_cannot_join_keeps_all_out(empty: World) -> None:
    before = empty.rows()
    with pytest.raises(DatabaseError):
        enrol(empty.id, [NewMember("fine", NOON), NewMember("x" * 61, NOON)])
    assert empty.rows() == before


def test_a_batch_can_bring_its_members_and_branches(empty: World) -> None:
    purchase = empty.purchase(Line("TEA", 1000, 10000), member="new", branch="harbour")
    joined = NOON - timedelta(days=3)
    (accepted,) = post(empty.id, [purchase], TILL, enrol={"new": joined}, open_branches={"harbour": "Harbour"})
    assert accepted.slip.points == 200
    assert empty.member("new").enrolled_at == joined
    assert Branch.objects.of(empty.id).get(code="harbour").name == "Harbour"
    assert empty.differences() == []


def test_a_batch_that_fails_leaves_no_member_behind(empty: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("wafa.store.journal.append", fail)
    before = empty.rows()
    purchase = empty.purchase(member="new", branch="harbour")
    with pytest.raises(RuntimeError):
        post(empty.id, [purchase], TILL, enrol={"new": NOON}, open_branches={"harbour": "Harbour"})
    assert empty.rows() == before
