"""Every refusal, what it takes to get it, and which one is given where several apply."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta, timezone
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.core.programmes import per_amount, programme
from tests.core.telling import told
from tests.core.world import NOON, World, goods_back, photograph, purchase
from wafa.core.commands import DocumentCommand, Line, Payment, RecordReturn, VoidReceipt
from wafa.core.outcomes import Refused
from wafa.core.refusals import Refusal

LARGEST = 10**15
RULES = programme()
GOOD = Line("A", 1000, 100)


@dataclass(frozen=True)
class Fault:
    """Something wrong with a document: the refusal for it, and how to put it into one that is sound."""

    refusal: Refusal
    said: str
    put: Callable[[DocumentCommand], DocumentCommand]
    detail: dict[str, Any]
    touches: frozenset[str]


def document(refusal: Refusal, detail: dict[str, Any] | None = None, **fields: Any) -> Fault:
    """Wrong in the document's own fields."""
    said = ", ".join(f"{name} {str(value)[:12]!r}" for name, value in fields.items())
    return Fault(refusal, said, lambda command: replace(command, **fields), detail or {}, frozenset(fields))


def line(refusal: Refusal, detail: dict[str, Any] | None = None, **fields: Any) -> Fault:
    """Wrong in a line: the one that is added last."""
    said = ", ".join(f"line's {name} {str(value)[:12]!r}" for name, value in fields.items())
    bad = replace(GOOD, **fields)

    def put(command: DocumentCommand) -> DocumentCommand:
        return replace(command, lines=(*command.lines, bad))

    return Fault(refusal, said, put, detail or {"line": 2}, frozenset({"a line"}))


def text(field: str, **fields: Any) -> Fault:
    return document(Refusal.TEXT_NOT_USABLE, {"field": field}, **fields)


IN_LINES = {"field": "lines", "line": 2}
LONG, NUL, NO_UTF_8 = "x" * 61, "a\0b", "half \ud83d of a pair"
BELOW, BEYOND = Refusal.AMOUNT_BELOW_ZERO, Refusal.FIGURE_OUT_OF_RANGE

TAKEN = {"source": "till", "number": "taken"}
FAULTS = [
    document(Refusal.DOCUMENT_EMPTY, lines=()),
    *(text("source", source=bad) for bad in ("", LONG, NUL)),
    *(text("number", number=bad) for bad in ("", LONG, NUL)),
    *(text("period", period=bad) for bad in ("x" * 21, NUL)),
    *(text(field, **{field: bad}) for field in ("branch", "member", "currency") for bad in (LONG, NUL, NO_UTF_8)),
    *(text("payments", payments=(Payment(bad, 1),)) for bad in ("", LONG, NUL)),
    *(text("channel", channel=bad) for bad in ("x" * 21, NUL)),
    *(text("tags", tags=("fine", bad)) for bad in (LONG, NUL)),
    *(line(Refusal.TEXT_NOT_USABLE, IN_LINES, item=bad) for bad in ("", LONG, NUL, NO_UTF_8)),
    *(line(Refusal.TEXT_NOT_USABLE, IN_LINES, description=bad) for bad in ("x" * 201, NUL)),
    *(line(Refusal.TEXT_NOT_USABLE, IN_LINES, tags=(bad,)) for bad in (LONG, NUL)),
    *(line(Refusal.QUANTITY_NOT_ABOVE_ZERO, quantity_milli=bad) for bad in (0, -1, -1000)),
    *(line(BELOW, **{field: -1}) for field in ("amount_minor", "tax_minor", "discount_minor")),
    *(line(BEYOND, **{field: LARGEST + 1}) for field in ("amount_minor", "tax_minor", "discount_minor")),
    line(BEYOND, quantity_milli=LARGEST + 1),
    *(document(BEYOND, {"field": field}, **{field: LARGEST + 1}) for field in ("tax_minor", "discount_minor")),
    line(BEYOND, {"field": "lines"}, amount_minor=LARGEST),  # each is in range, their sum is not
    *(document(BEYOND, {"field": "payments"}, payments=(Payment("cash", sign * (LARGEST + 1)),)) for sign in (1, -1)),
    document(Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT, TAKEN, period="", **TAKEN),
    *(
        document(Refusal.CURRENCY_NOT_THE_MERCHANTS, {"given": bad[:10], "expected": "GBP"}, currency=bad)
        for bad in ("EUR", "gbp", "", "x" * 60)
    ),
    document(
        Refusal.OCCURRED_IN_FUTURE,
        {"occurred_at": "2011-01-05T12:05:00.000001+00:00"},
        occurred_at=NOON + timedelta(minutes=5, microseconds=1),
    ),
    *(document(Refusal.BRANCH_UNKNOWN, {"branch": bad}, branch=bad) for bad in ("south", "", "Main")),
    *(document(Refusal.MEMBER_UNKNOWN, {"member": bad}, member=bad) for bad in ("stranger", "", "Ann")),
]
OF_THE_DOCUMENT = [document(BELOW, {"field": field}, **{field: -1}) for field in ("tax_minor", "discount_minor")]
OF_RETURNS = [
    *(text("receipt", receipt=bad) for bad in ((LONG, "", "1"), ("till", NUL, "1"), ("till", "", NO_UTF_8))),
    document(Refusal.RECEIPT_UNKNOWN, {"number": "back"}, receipt=("till", "", "back")),  # that is a return
    document(Refusal.RECEIPT_VOID, {"number": "void"}, receipt=("till", "", "void")),
    document(
        Refusal.RETURNED_MORE_THAN_LEFT,
        {"item": "A", "returned_milli": 1000, "left_milli": 500},
        receipt=("till", "", "sold"),
    ),
]
ALL = [*FAULTS, *OF_THE_DOCUMENT, *OF_RETURNS]


def fields_of(command: DocumentCommand, **others: Any) -> dict[str, Any]:
    """Those of a document, but for others."""
    return {field.name: getattr(command, field.name) for field in fields(command)} | others


def shop() -> World:
    """Half an A is left of the receipt `sold`; the number `taken` is taken, and `void` is void."""
    world = World(RULES)
    half = Line("A", 500, 0)
    world.post(purchase("taken"), purchase("sold"), goods_back("back", half, receipt=("till", "", "sold")))
    world.post(purchase("void"), VoidReceipt(**fields_of(purchase("voided"), lines=(), annulled=("till", "", "void"))))
    return world


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: f"{fault.refusal}: {fault.said}")
def test_every_fault_is_refused_with_its_figures_and_changes_nothing(fault: Fault) -> None:
    world = shop()
    before = photograph(world.snapshot)
    kinds: list[DocumentCommand] = [goods_back("new", GOOD)]
    kinds += [purchase("new", GOOD)] if fault not in OF_RETURNS else []
    for command in kinds:
        [outcome] = world.post(fault.put(command))
        assert outcome == Refused(fault.refusal, fault.detail)
    assert photograph(world.snapshot) == before


def test_every_refusal_is_tried_here_or_in_a_story() -> None:
    stories = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    in_stories = {Refusal(code) for code in re.findall(r"refused (\w+)[^(]", stories)}
    assert {fault.refusal for fault in ALL} | in_stories == set(Refusal)


def can_be_together(one: Fault, other: Fault) -> bool:
    """Whether neither undoes the other. Several lines may be wrong, but not in a document that has none."""
    touched = one.touches & other.touches
    return touched <= {"a line"} and not {"lines", "a line"} <= one.touches | other.touches


def test_of_two_faults_the_one_of_higher_precedence_is_the_answer() -> None:
    world, order = shop(), list(Refusal)
    before, tried = photograph(world.snapshot), 0
    for higher, lower in combinations(sorted(ALL, key=lambda fault: order.index(fault.refusal)), 2):
        if higher.refusal == lower.refusal or not can_be_together(higher, lower):
            continue
        [outcome] = world.post(lower.put(higher.put(goods_back("new", GOOD))))
        assert told(outcome) == f"refused {higher.refusal}", f"{higher.said}; {lower.said}"
        tried += 1
    assert tried > 500
    assert photograph(world.snapshot) == before


@pytest.mark.parametrize("lower", [fault for fault in FAULTS if fault.refusal == BEYOND and "line" in fault.detail])
@pytest.mark.parametrize("higher", OF_THE_DOCUMENT)
def test_an_amount_below_zero_comes_before_a_figure_out_of_range_wherever_it_stands(
    higher: Fault, lower: Fault
) -> None:
    [outcome] = shop().post(higher.put(lower.put(purchase("new", GOOD))))
    assert told(outcome) == f"refused {BELOW}"


def test_a_fault_in_a_later_line_that_is_higher_wins_over_one_in_an_earlier_line() -> None:
    lines = (replace(GOOD, amount_minor=-1), replace(GOOD, quantity_milli=0), replace(GOOD, item=""))
    [outcome] = shop().post(purchase("new", *lines))
    assert outcome == Refused(Refusal.TEXT_NOT_USABLE, {"field": "lines", "line": 3})


FINE: list[dict[str, Any]] = [
    {"source": "x" * 60, "number": "y" * 60, "period": "z" * 20, "channel": "c" * 20, "tags": ("t" * 60,)},
    {"lines": (Line("x" * 60, 1, 0, "d" * 200, tags=("t" * 60,)),)},
    {"lines": (Line("A", LARGEST, LARGEST, tax_minor=LARGEST, discount_minor=LARGEST),)},
    {"lines": (Line("A", 1, LARGEST - 1), Line("A", 1, 1))},
    {"tax_minor": LARGEST, "discount_minor": 0, "payments": (Payment("card", LARGEST), Payment("change", -LARGEST))},
    {"occurred_at": NOON + timedelta(minutes=5)},
    {"occurred_at": NOON - timedelta(days=40_000)},
    {"member": None},
    {"lines": (Line("ش" * 60, 1, 0, "و" * 200),)},
]


@pytest.mark.parametrize("made", [purchase, goods_back])
@pytest.mark.parametrize("fields", FINE, ids=lambda fields: ", ".join(fields))
def test_up_to_the_very_limit_all_is_well(fields: dict[str, Any], made: Callable[..., DocumentCommand]) -> None:
    [outcome] = shop().post(replace(made("new", GOOD), **fields))
    assert not isinstance(outcome, Refused), told(outcome)


def test_an_instant_that_utc_has_no_year_for_does_not_stop_the_batch() -> None:
    long_ago = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=3)))
    _, outcome = shop().post(purchase("new", GOOD, occurred_at=long_ago), purchase("newer", GOOD))
    assert told(outcome) == "+1: base 1"


def test_no_receipt_earns_more_points_than_a_wallet_can_count() -> None:
    world = World(programme(per_amount(points=10**12, per_minor=1)))
    most, more = Line("A", 1000, 1000), Line("A", 1000, 1001)  # 10^15 points, and 10^12 too many
    before = photograph(world.snapshot)

    [refused] = world.post(purchase("1", more))
    assert refused == Refused(BEYOND, {"field": "points"})
    assert photograph(world.snapshot) == before

    outcomes = world.post(purchase("1", most), purchase("2", more, member=None), goods_back("C1", most))
    points = 10**15
    assert [told(each) for each in outcomes] == [f"+{points}: base {points}", "anonymous", f"-{points}: own {points}"]


def test_a_return_that_is_refused_can_be_sent_again_with_less() -> None:
    world = shop()
    again: list[RecordReturn] = [
        goods_back("new", Line("A", quantity, 0), receipt=("till", "", "sold")) for quantity in (501, 500, 500, 1)
    ]
    assert [told(outcome) for outcome in world.post(*again)] == [
        "refused returned_more_than_left",
        "-5: own 5",
        "again -5",
        "refused document_reused_with_other_content",
    ]
