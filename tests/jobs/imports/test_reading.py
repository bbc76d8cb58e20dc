"""What is read out of a row, under the conventions that a mapping can declare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from wafa.jobs.imports.cells import Cell
from wafa.jobs.imports.facts import PURCHASE, RETURN, Facts, FactsReader
from wafa.jobs.imports.figures import FiguresReader
from wafa.jobs.imports.mapping_file import load_mapping

MappingFile = Callable[..., Path]
RIYADH = ZoneInfo("Asia/Riyadh")

LINE_AMOUNT = ('unit_price = "Price"', 'line_amount = "Price"')
BY_SIGN = ('told_by = "number_prefix"\nprefix = "R"\nquantities = "negative"', 'told_by = "sign"')
POSITIVE = ('quantities = "negative"', 'quantities = "positive"')
TOMAN = ("[branches]", '[figures]\namounts_in = "toman"\n[branches]')
MINOR = ("[branches]", '[figures]\namounts_in = "minor"\n[branches]')
COMMA = ("[branches]", '[figures]\ndecimal_mark = ","\n[branches]')


@pytest.mark.parametrize(
    ("conventions", "kind", "exponent", "quantity", "money", "read"),
    [
        ((), PURCHASE, 2, "6", "2.55", (PURCHASE, 6000, 1530)),
        ((), PURCHASE, 2, "3", "0.215", (PURCHASE, 3000, 64)),  # 64.5 to the even neighbour
        ((), PURCHASE, 2, "1", "0.215", (PURCHASE, 1000, 22)),  # 21.5 to the even neighbour
        ((), PURCHASE, 3, "2", "0.2155", (PURCHASE, 2000, 431)),
        ((), PURCHASE, 0, "2", "150", (PURCHASE, 2000, 300)),
        ((), PURCHASE, 2, "0.125", "8", (PURCHASE, 125, 100)),
        ((), PURCHASE, 2, "1", "0", (PURCHASE, 1000, 0)),
        ((), PURCHASE, 2, 6, 2.55, (PURCHASE, 6000, 1530)),
        ((), RETURN, 2, "-6", "2.55", (RETURN, 6000, 1530)),
        ((POSITIVE,), RETURN, 2, "6", "2.55", (RETURN, 6000, 1530)),
        ((BY_SIGN,), None, 2, "-6", "2.55", (RETURN, 6000, 1530)),
        ((BY_SIGN,), None, 2, "6", "2.55", (PURCHASE, 6000, 1530)),
        ((LINE_AMOUNT,), PURCHASE, 2, "6", "15.30", (PURCHASE, 6000, 1530)),
        ((LINE_AMOUNT,), RETURN, 2, "-6", "-15.30", (RETURN, 6000, 1530)),
        ((LINE_AMOUNT,), RETURN, 2, "-6", "15.30", (RETURN, 6000, 1530)),
        ((TOMAN,), PURCHASE, 2, "2", "۱۲٬۵۰۰", (PURCHASE, 2000, 25_000_000)),
        ((MINOR,), PURCHASE, 2, "2", "255", (PURCHASE, 2000, 510)),
        ((COMMA,), PURCHASE, 2, "1,5", "1.234,50", (PURCHASE, 1500, 185175)),
    ],
)
def test_figures(
    mapping_file: MappingFile,
    conventions: tuple[tuple[str, str], ...],
    kind: str | None,
    exponent: int,
    quantity: Cell,
    money: Cell,
    read: tuple[str, int, int],
) -> None:
    reader = FiguresReader(load_mapping(str(mapping_file(*conventions))))

    found = reader.read((kind, exponent, quantity, money))

    assert found.reason is None
    assert (found.kind, found.quantity_milli, found.amount_minor) == read


@pytest.mark.parametrize(
    ("conventions", "kind", "quantity", "money", "reason"),
    [
        ((), PURCHASE, "-6", "1", "in a sale the quantity must be above zero, and is -6"),
        ((), RETURN, "6", "1", "in a return the quantity must be below zero, and is 6"),
        ((), RETURN, "0", "1", "in a return the quantity must be below zero, and is 0"),
        ((POSITIVE,), RETURN, "-6", "1", "in a return the quantity must be above zero, and is -6"),
        ((BY_SIGN,), None, "0", "1", "in a sale the quantity must be above zero, and is 0"),
        ((), PURCHASE, "1", "-11062.06", "the price is below zero: -11062.06"),
        ((), RETURN, "-1", "-1", "the price is below zero: -1"),
        ((LINE_AMOUNT,), PURCHASE, "1", "-1", "the amount is below zero: -1"),
        ((LINE_AMOUNT,), PURCHASE, "1", "one", "the amount “one” is not a number"),
        ((), PURCHASE, "0.0001", "1", "the quantity 0.0001 has more than three decimals"),
        ((), PURCHASE, "999999999999999", "999999999999999", "too large"),
        ((), PURCHASE, "1", "99999999999999", "too large"),
    ],
)
def test_figures_that_cannot_be(
    mapping_file: MappingFile,
    conventions: tuple[tuple[str, str], ...],
    kind: str | None,
    quantity: str,
    money: str,
    reason: str,
) -> None:
    reader = FiguresReader(load_mapping(str(mapping_file(*conventions))))

    found = reader.read((kind, 2, quantity, money))

    assert found.reason is not None
    assert reason in found.reason


def facts_of(mapping: Path | str, **cells: Cell) -> Facts:
    """The facts in these cells, by heading; those not named are empty."""
    reader = FactsReader(load_mapping(str(mapping)), RIYADH, "SAR")
    return reader.read(tuple(cells.get(column, "") for column in reader.columns))


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("United Kingdom", "united-kingdom"),
        ("EIRE", "eire"),
        ("A & B (old)", "a-b-old"),
        ("فرع_العليا 2", "فرع-العليا-2"),
    ],
)
def test_a_branch_code_from_its_name(country: str, code: str) -> None:
    facts = facts_of("online-retail", InvoiceNo="1", InvoiceDate="2011-01-01 09:00:00", Country=country)

    assert (facts.branch, facts.branch_name, facts.reason) == (code, country, None)


def test_the_one_branch(mapping_file: MappingFile) -> None:
    mapping = mapping_file(('branch = "Branch"', ""), ("open_unknown = true", 'only = "web"'))

    assert facts_of(mapping, Receipt="1", Time="2026-01-01 09:00").branch == "web"


def test_a_return_told_by_a_column(mapping_file: MappingFile) -> None:
    mapping = mapping_file(
        ('told_by = "number_prefix"\nprefix = "R"', 'told_by = "column"\ncolumn = "Type"\nvalues = ["مرتجع", "Refund"]')
    )

    def kind_of(kind: str) -> str | None:
        return facts_of(mapping, Receipt="1", Time="2026-01-01 09:00", Branch="Olaya", Type=kind).kind

    assert [kind_of(kind) for kind in ("مرتجع", " refund", "REFUND", "Sale", "")] == [RETURN] * 3 + [PURCHASE] * 2


def test_everything_that_a_row_can_say(mapping_file: MappingFile) -> None:
    mapping = mapping_file(
        (
            'branch = "Branch"',
            'branch = "Branch"\ncurrency = "Cur"\nperiod = "Year"\nchannel = "Via"\n'
            'receipt = "Of"\nreceipt_period = "OfYear"',
        )
    )
    cells = {"Receipt": "R٧", "Time": "2026-01-01 09:00", "Branch": "Olaya", "Card": "۷۷", "Via": "web"}

    facts = facts_of(mapping, **cells, Cur="usd", Year="2026", Of="٦", OfYear="2025")
    assert (facts.number, facts.period, facts.member, facts.channel) == ("R7", "2026", "77", "web")
    assert (facts.currency, facts.receipt, facts.receipt_period) == ("USD", "6", "2025")
    facts = facts_of(mapping, **cells, Year="2026", Of="6")
    assert (facts.currency, facts.receipt_period, facts.reason) == ("SAR", "2026", None)
    assert facts_of(mapping, **cells, Cur="ر.س").reason == "“ر.س” is no currency; it should look like “SAR”"


@pytest.mark.parametrize(
    ("cells", "reason", "number"),
    [
        ({"Receipt": "x" * 61}, "the receipt number is longer than 60 characters", ""),
        ({"Card": "x" * 61}, "the member's number is longer than 60 characters", "1"),
        ({"Branch": "x" * 61}, "the branch is longer than 60 characters", "1"),
        ({"Time": "01.01.2026"}, "cannot be read", "1"),
    ],
)
def test_facts_that_cannot_be(mapping_file: MappingFile, cells: dict[str, Cell], reason: str, number: str) -> None:
    good: dict[str, Cell] = {"Receipt": "1", "Time": "2026-01-01 09:00", "Branch": "Olaya"}

    facts = facts_of(mapping_file(), **(good | cells))

    assert facts.reason is not None
    assert reason in facts.reason
    assert facts.number == number
