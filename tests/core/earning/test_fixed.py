"""So many points for a receipt, whatever it comes to."""

from __future__ import annotations

from tests.core.earning.evaluating import awards, facts, only_award
from tests.core.earning.trying import fixed, sold
from tests.core.programmes import programme, programme_with, unit
from tests.core.scenarios import table
from tests.core.telling import awards_told
from wafa.core.programme import Programme

VISIT = programme(fixed(points=10), items=["POST"])
OF_COFFEE = programme(fixed(points=10, lines={"items": ["COFFEE"]}))
CARD = programme_with(
    fixed("stamp", points=1, unit="stamps", lines={"items": ["COFFEE"]}), fixed(), units=[unit("stamps")]
)


@table("""
    receipt             | gives
    A 0.01              | visit 10
    A 999.00            | visit 10
    A×7 7.00, B 1.00    | visit 10      # once a receipt
    A 0.00              | -             # an amount of nothing is no purchase
    -                   | -
    POST 9.00           | -
    POST 9.00, A 0.01   | visit 10
""")
def test_once_a_receipt(receipt: str, gives: str) -> None:
    assert awards(VISIT, receipt) == gives


@table("""
    receipt               | gives
    COFFEE 3.00           | visit 10
    COFFEE 0.00           | -
    COFFEE 0.00, TEA 3.00 | -           # the amount is that of the lines that it reads
    TEA 3.00              | -
    COFFEE×4 12.00        | visit 10
""")
def test_of_the_lines_that_it_reads(receipt: str, gives: str) -> None:
    assert awards_told(OF_COFFEE.evaluate(facts(), sold(receipt))) == gives


@table("""
    receipt       | gives
    COFFEE×2 6.00 | stamp 1, visit 10
    TEA 3.00      | visit 10
""")
def test_stamps_are_another_unit(receipt: str, gives: str) -> None:
    found = CARD.evaluate(facts(), sold(receipt))
    assert awards_told(found) == gives
    assert {award.rule: award.unit for award in found} == {
        rule: {"stamp": "stamps", "visit": "points"}[rule] for rule in (part.split()[0] for part in gives.split(", "))
    }


def test_the_slip_tells_the_unit_where_it_is_not_points() -> None:
    stamp, visit = (award.as_json() for award in CARD.evaluate(facts(), sold("COFFEE 3.00")))
    assert stamp == {
        "rule": "stamp",
        "kind": "fixed",
        "points": 1,
        "figures": {"eligible_minor": 300},
        "unit": "stamps",
    }
    assert "unit" not in visit


def test_its_figures_are_the_amount() -> None:
    assert only_award(VISIT, "A 8.00").figures == {"eligible_minor": 800}
    under: Programme = OF_COFFEE
    [award] = under.evaluate(facts(), sold("COFFEE 3.00, TEA 2.00"))
    assert award.figures == {"eligible_minor": 300}
