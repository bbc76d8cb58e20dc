"""Receipts that credit nobody: without a member, or with one who is blocked or closed."""

from __future__ import annotations

from tests.core.programmes import first_purchase, per_amount, programme
from tests.core.scenarios import commands, play
from tests.core.telling import slip_of
from tests.core.world import World
from wafa.core.snapshot import KnownMember

PROGRAMME = programme(per_amount(), first_purchase(100))


def test_a_purchase_without_a_member_earns_nothing() -> None:
    world = World(PROGRAMME)
    [outcome] = world.post(*commands("buy  1  2011-01-05  -  A 10.00", world.snapshot.zone))
    accepted = slip_of(outcome)
    assert (accepted.slip.points, accepted.slip.anonymous_reason, accepted.entries) == (0, "", ())
    assert (accepted.document.member_id, accepted.document.receipt.awards) == (None, [])


def test_a_blocked_or_closed_members_purchase_is_anonymous_and_says_why() -> None:
    play(
        World(PROGRAMME),
        """
        buy    1   2011-01-05  eve  A 10.00      -> anonymous member_blocked
        buy    2   2011-01-05  zoe  A 10.00      -> anonymous member_closed
        buy    1   2011-01-05  eve  A 10.00      -> again +0
        see        eve                           -> available 0, purchases 0, tier none
        see        zoe                           -> available 0, purchases 0
        """,
    )


def test_the_document_keeps_whom_it_named() -> None:
    world = World(PROGRAMME)
    story = "buy  1  2011-01-05  eve  A 10.00\nbuy  2  2011-01-05  -  A 10.00\nbuy  3  2011-01-05  ann  A 10.00"
    documents = [slip_of(outcome).document for outcome in world.post(*commands(story, world.snapshot.zone))]
    assert [each.named_member_id for each in documents] == [world.snapshot.members["eve"].id, None, None]


def test_their_return_still_takes_back() -> None:
    for status in ("blocked", "closed"):
        world = World(PROGRAMME)
        play(world, "buy  1  2011-01-05  ann  A×2 20.00  -> +120: base 20, welcome 100")
        world.snapshot.members["ann"] = KnownMember(world.snapshot.members["ann"].id, status)
        play(
            world,
            f"""
            buy   2   2011-01-06  ann       A 10.00     -> anonymous member_{status}
            back  C1  2011-01-07  ann       A           -> -10: own 10               # receipt 2 is nobody's
            back  C2  2011-01-07  ann of 1  A           -> -110: own 110
            see       ann                               -> available 0, debt 0
            """,
        )


def test_an_anonymous_receipt_can_be_returned_by_name_and_only_so_often() -> None:
    world = World(PROGRAMME)
    play(
        world,
        """
        buy    1   2011-01-05  -         A×3 30.00    -> anonymous
        back   C1  2011-01-06  -         A            -> anonymous
        back   C2  2011-01-06  - of 1    A×2          -> anonymous
        back   C3  2011-01-06  ann of 1  A×2          -> refused returned_more_than_left
        back   C3  2011-01-06  ann of 1  A            -> anonymous                       # about the receipt: nobody's
        back   C4  2011-01-06  - of 1    A            -> refused returned_more_than_left
        see        ann                                -> available 0, debt 0
        """,
    )
    assert world.receipt("1").lines[0].left_milli == 0


def test_a_receipt_that_names_its_member_needs_nobody_to_bring_it() -> None:
    play(
        World(PROGRAMME),
        """
        buy    1   2011-01-05  ann       A×2 20.00    -> +120
        back   C1  2011-01-06  - of 1    A            -> -10: own 10
        back   C2  2011-01-06  bob of 1  A            -> -110: own 110
        see        bob                                -> available 0, debt 0
        """,
    )


def test_before_the_programme_began_a_receipt_is_counted_and_earns_nothing() -> None:
    world = World(PROGRAMME, since=[commands("settle  2011-02-01 00:00", World(PROGRAMME).snapshot.zone)[0].at])
    play(
        world,
        """
        buy    1   2011-01-31 23:59                  ann  A×2 20.00   -> +0: no_programme
        see        ann                                                -> tier none, purchases 0
        back   C1  2011-01-31 23:59                  ann  A           -> +0
        buy    2   2011-02-01 00:00                  ann  A 20.00     -> +120: base 20, welcome 100
        buy    3   2011-01-31 at 2011-02-01 10:00    ann  A 20.00     -> +0: no_programme     # when it happened counts
        back   C2  2011-02-02                        ann of 1  A      -> +0
        back   C3  2011-02-02                        ann of 1  A      -> refused returned_more_than_left
        see        ann                                                -> available 120, tier bronze
        """,
    )


def test_every_document_of_a_member_has_an_entry_if_only_of_nothing() -> None:
    world = World(PROGRAMME)
    story = """
        buy    1   2011-01-05  ann  A 0.00
        back   C1  2011-01-06  ann  A
        back   C2  2011-01-06  ann  B
    """
    for outcome in world.post(*commands(story, world.snapshot.zone)):
        [entry] = slip_of(outcome).entries
        assert (entry.points, entry.postings, entry.document_id) == (0, [], outcome.document.id)
