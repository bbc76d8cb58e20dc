"""Text of any kind comes back as it went in, through COPY and around it, in every column that holds some."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from tests.db import query, rolled_back
from tests.world import NOON, PLAIN, World
from wafa.core.commands import Line, Payment
from wafa.core.outcomes import Accepted, Duplicate
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.open_branches import open_branches
from wafa.operations.post import post
from wafa.store.actor import Actor
from wafa.store.copies import Copies
from wafa.store.models import Award, Branch, Document, DocumentLine, DocumentNumber, Entry, Member
from wafa.store.rows import as_json, text, texts

HOSTILE = {
    "tab": "a\tb",
    "newline": "a\nb",
    "return": "a\rb",
    "crlf": "a\r\nb",
    "backslash": "a\\b",
    "backslash at the end": "a\\",
    "escape that is none": r"\t\n\x41\101\u0041",
    "null of COPY": r"\N",
    "end of COPY": "\\.",
    "end of COPY on its own line": "a\n\\.\nb",
    "null of an array": "NULL",
    "quotes": "a\"b'c''d\"\"e",
    "braces and commas": '{a,"b",NULL}',
    "percent": "%s %(a)s 100%",
    "statement": "'; DROP TABLE entry; --",
    "emoji": "🧺👩‍👩‍👧",
    "beyond the first plane": "𐏎𝒜",
    "arabic": "حليب كامل الدسم",
    "persian with a half-space": "نان‌های سنگک",
    "marks of direction": "\u200fشاي\u200e \u202btea\u202c \u2067x\u2069",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "control": "a\x01\x1f\x7fb",
    "spaces": "  a  ",
    "decomposed": "e\u0301 and é",
    "byte order mark": "\ufeffa",
}
EACH = pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)


def short(hostile: str, length: int) -> str:
    """What fits the narrowest columns."""
    return hostile[:length]


@pytest.fixture(scope="module")
def scratch(transactional_db: None) -> None:
    """A table with nothing but text."""
    query("CREATE TEMP TABLE scratch (place int, plain text, many text[], tree jsonb)")


@pytest.mark.usefixtures("scratch")
def test_rows_of_all_of_it_in_one_copy() -> None:
    values = [*HOSTILE.values(), ""]
    with rolled_back():
        with Copies() as copies:
            copies.append(
                "scratch",
                "place, plain, many, tree",
                [
                    (str(place), text(value), texts([value, "", value]), as_json({value: [value]}))
                    for place, value in enumerate(values)
                ],
            )
        rows = query("SELECT plain, many, tree::json FROM scratch ORDER BY place")
    assert rows == [(value, [value, "", value], {value: [value]}) for value in values]


@pytest.mark.usefixtures("scratch")
def test_arrays_of_every_length() -> None:
    arrays: list[list[str]] = [[], [""], ["", ""], list(HOSTILE.values())]
    with rolled_back():
        with Copies() as copies:
            copies.append("scratch", "place, many", [(str(place), texts(array)) for place, array in enumerate(arrays)])
        assert [many for (many,) in query("SELECT many FROM scratch ORDER BY place")] == arrays


@EACH
def test_a_receipt_with_it_everywhere(hostile: str) -> None:
    programme = PLAIN | {"rules": [PLAIN["rules"][0] | {"code": f"r{hostile}"}]}
    world = World(programme, members=())
    enrol(world.id, [NewMember(f"m{hostile}", NOON, name=hostile, phone=short(hostile, 20))])
    open_branches(world.id, {f"b{hostile}": f"B{hostile}"})
    sold = Line(
        f"i{hostile}",
        1000,
        5000,
        description=f"d{hostile}",
        tax_minor=1,
        discount_minor=2,
        tags=(hostile, f"t{hostile}", ""),
    )
    purchase = world.purchase(
        sold,
        member=f"m{hostile}",
        branch=f"b{hostile}",
        source=f"s{hostile}",
        period=short(hostile, 20),
        number=f"n{hostile}",
        channel=short(hostile, 20),
        tags=("", hostile),
        payments=(Payment(f"p{hostile}", 5000),),
    )
    actor = Actor("user", f"u{hostile}")

    (first,) = post(world.id, [purchase], actor)
    (again,) = post(world.id, [replace(purchase, at=NOON)], actor)
    bring = world.coming_back(sold, member=f"m{hostile}", branch=f"b{hostile}", number=f"back{hostile}", of=purchase)
    (back,) = post(world.id, [bring], actor)
    unknown = replace(bring, number=f"no{hostile}", receipt=None, lines=(replace(sold, item=f"x{hostile}"),))
    (unmatched,) = post(world.id, [unknown], actor)

    assert isinstance(first, Accepted)
    assert again == Duplicate(first.slip)
    assert isinstance(back, Accepted)
    assert back.slip.points == -50
    assert isinstance(unmatched, Accepted)
    document = Document.objects.of(world.id).get(id=first.document.id)
    assert (document.source, document.period, document.number) == purchase.key
    assert (document.channel, document.tags) == (short(hostile, 20), ["", hostile])
    assert document.payments == [{"method": f"p{hostile}", "amount_minor": 5000}]
    claim = DocumentNumber.objects.of(world.id).get(id=document.id)
    assert (claim.source, claim.period, claim.number) == purchase.key
    stored = DocumentLine.objects.of(world.id).get(document_id=document.id)
    assert (stored.item, stored.description, tuple(stored.tags)) == (sold.item, sold.description, sold.tags)
    assert Award.objects.of(world.id).get().rule == f"r{hostile}"
    entries = {entry.document_id: entry for entry in Entry.objects.of(world.id)}
    assert {entry.actor_name for entry in entries.values()} == {f"u{hostile}"}
    assert entries[document.id].explanation == first.slip.explanation
    assert entries[unmatched.document.id].explanation["unmatched"][0]["item"] == f"x{hostile}"
    member = Member.objects.of(world.id).get()
    assert (member.number, member.name, member.phone) == (f"m{hostile}", hostile, short(hostile, 20))
    assert Branch.objects.of(world.id).get(code=f"b{hostile}").name == f"B{hostile}"
    assert world.differences() == []


def test_the_database_speaks_unicode() -> None:
    assert connection.connection.info.encoding == "utf-8"
    assert query("SHOW server_encoding") == [("UTF8",)]
