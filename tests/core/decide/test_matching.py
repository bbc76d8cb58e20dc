"""Which sold lines a return is about. `2.3×1` is one unit of receipt 2's third line."""

from __future__ import annotations

from tests.core.programmes import programme
from tests.core.scenarios import commands, goods, instant, play, table
from tests.core.telling import slip_of, told
from tests.core.world import World, goods_back
from wafa.core.outcomes import Outcome, Refused

# The receipts of the tables below; each A costs 10.00, each B 1.00.
SOLD = """
    buy  1  2011-01-05 09:00  ann  A×2 20.00, B 1.00
    buy  2  2011-01-06 09:00  ann  A 10.00, A×3 30.00, C×0.75 3.00
    buy  3  2011-01-06 09:00  ann  A 10.00                            # the very same minute, counted later
    buy  4  2011-01-09 09:00  ann  A 10.00, B×5 5.00
    buy  5  2011-01-05 09:00  bob  A×9 90.00
"""


def shop(sold: str = SOLD) -> World:
    world = World(programme())
    world.post(*sorted(commands(sold, world.snapshot.zone), key=lambda command: command.at))
    return world


def found(world: World, outcome: Outcome) -> str:
    """Where the returned goods were found, in the order of finding."""
    sold = [(each, line) for each in world.snapshot.receipts.values() for line in each.lines]
    places = {id(line): f"{receipt.number}.{line.position}" for receipt, line in sold}
    matches = slip_of(outcome).document.matches
    return ", ".join(f"{places[id(match.sold)]}×{match.quantity_milli / 1000:g}" for match in matches) or "-"


def unmatched(outcome: Outcome) -> str:
    """What was found nowhere."""
    parts = told(outcome).split("unmatched ")[1:]
    return ", ".join(part.rstrip(", ") for part in parts) or "-"


@table("""
    when             | came         | where                     | nowhere
    2011-02-01       | A            | 4.1×1                     | -          # the latest receipt first
    2011-01-08       | A            | 3.1×1                     | -          # that is earlier than the return
    2011-01-08       | A×2          | 3.1×1, 2.2×1              | -          # of one minute the one counted later
    2011-01-08       | A×5          | 3.1×1, 2.2×3, 2.1×1       | -          # inside a receipt the later line
    2011-01-08       | A×6          | 3.1×1, 2.2×3, 2.1×1, 1.1×1 | -         # across receipts
    2011-02-01       | A×9          | 4.1×1, 3.1×1, 2.2×3, 2.1×1, 1.1×2 | A×1
    2011-01-06 09:00 | A            | 3.1×1                     | -          # sold in the minute of the return
    2011-01-06 08:59 | A×3          | 1.1×2                     | A×1
    2011-01-05 08:59 | A            | -                         | A×1        # nothing had been sold yet
    2011-02-01       | B×5.5        | 4.2×5, 1.2×0.5            | -          # parts of a unit
    2011-02-01       | C×0.25       | 2.3×0.25                  | -
    2011-02-01       | C            | 2.3×0.75                  | C×0.25
    2011-02-01       | D            | -                         | D×1        # never sold
    2011-02-01       | a            | -                         | a×1        # codes are case-sensitive
    2011-02-01       | A, A, A      | 4.1×1, 3.1×1, 2.2×1       | -          # one item on several lines
    2011-02-01       | B, A×2, D, B | 4.2×1, 4.1×1, 4.2×1, 3.1×1 | D×1       # receipt by receipt
""")
def test_without_a_receipt(when: str, came: str, where: str, nowhere: str) -> None:
    world = shop()
    at = instant(when, world.snapshot.zone)
    # All is counted afterwards: what counts is when goods came back.
    [outcome] = world.post(
        goods_back("C1", *goods(came), occurred_at=at, at=instant("2011-03-01", world.snapshot.zone))
    )
    assert found(world, outcome) == where
    assert unmatched(outcome) == nowhere


@table("""
    receipt | came       | outcome
    1       | A          | 1.1×1             # though later receipts hold it
    2       | A×4        | 2.2×3, 2.1×1      # the later line first here too
    1       | A, B       | 1.1×1, 1.2×1
    1       | A×3        | refused returned_more_than_left
    1       | C          | refused returned_more_than_left
    1       | B, A, A, A | refused returned_more_than_left     # lines of one item are added up
    5       | A          | 5.1×1             # another member's, brought by ann: it is about the receipt
""")
def test_with_a_receipt(receipt: str, came: str, outcome: str) -> None:
    world = shop()
    at = instant("2011-03-01", world.snapshot.zone)
    [answer] = world.post(goods_back("C1", *goods(came), at=at, receipt=("till", "", receipt)))
    assert (told(answer) if isinstance(answer, Refused) else found(world, answer)) == outcome


def test_what_came_back_is_not_found_again() -> None:
    play(
        shop(),
        """
        back  C1  2011-02-01  ann       A           -> -10: own 10                       # 4.1
        back  C2  2011-02-01  ann       A×2         -> -20: own 20                       # 3.1 and one of 2.2
        back  C3  2011-02-01  ann of 2  A×3         -> -30: own 30
        back  C4  2011-02-01  ann of 2  A           -> refused returned_more_than_left
        back  C5  2011-02-01  ann       A×3         -> -20: own 20, unmatched A×1        # 1.1
        back  C6  2011-02-01  ann       A           -> +0: unmatched A×1
        see       ann                               -> available 9, qualifying 9         # 1 B of 1.00, 5 B, C for 3.00
        """,
    )


def test_a_refused_return_leaves_everything_to_be_found() -> None:
    play(
        shop(),
        """
        back  C1  2011-02-01  ann of 1  A×2, B×2    -> refused returned_more_than_left
        back  C1  2011-02-01  ann of 1  A×2, B      -> -21: own 21          # refused, the number is still free
        """,
    )


def test_a_member_returns_only_what_the_same_member_bought() -> None:
    play(
        shop(),
        """
        back  C1  2011-02-01  cem       A           -> +0: unmatched A×1
        back  C2  2011-02-01  bob       A×9         -> -90: own 90
        back  C3  2011-02-01  -         A           -> anonymous
        see       ann                               -> available 89
        """,
    )


def test_a_receipt_that_was_counted_late_is_found_by_when_it_happened() -> None:
    play(
        World(programme()),
        """
        buy   1   2011-01-09                ann  A 10.00
        buy   2   2011-01-05 at 2011-01-10  ann  A 20.00
        back  C1  2011-01-11                ann  A       -> -10: own 10      # receipt 1 happened later
        back  C2  2011-01-06 at 2011-01-12  ann  A       -> -20: own 20
        """,
    )
