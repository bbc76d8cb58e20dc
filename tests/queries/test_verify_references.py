"""References that the database checks once a statement: broken behind the guards' backs, `verify` names each."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.db import guards_away, query
from tests.queries.books import full_books
from tests.store.test_keys import references_by_statement
from tests.world import World

NOWHERE = UUID("00000000-0000-7000-8000-000000000000")


@pytest.fixture(scope="module")
def books(transactional_db: None) -> World:
    """A shop in which everything has happened."""
    return full_books()


def stated() -> list[tuple[str, str, str]]:
    """Table, column and target of each between rows of a merchant, as the database has them."""
    references = references_by_statement().values()
    return sorted({(table, here[1], target) for table, here, target, _ in references if target != "merchant"})


def what_verify_says(books: World, table: str, column: str, instead: UUID) -> list[str]:
    """Every difference, once a row points at something else; it is put back."""
    with guards_away():
        changed = query(
            f"""
            UPDATE {table} SET {column} = %s WHERE merchant_id = %s AND id = (
                SELECT id FROM {table} WHERE merchant_id = %s AND {column} IS NOT NULL ORDER BY id LIMIT 1
            ) RETURNING coalesce(to_jsonb({table}) ->> 'number', to_jsonb({table}) ->> 'sequence', id::text)
            """,
            instead,
            books.id,
            books.id,
        )
        assert changed, f"no {table} has a {column}"
        return [f"{table} {changed[0][0]}", *map(str, books.differences())]


def test_lines_awards_and_postings_are_among_them(db: None) -> None:
    assert {table for table, _, _ in stated()} >= {"document_line", "award", "posting"}


def test_a_row_that_points_nowhere_is_named(books: World) -> None:
    for table, column, target in stated():
        row, *said = what_verify_says(books, table, column, NOWHERE)
        assert f"{row}: {column} is {NOWHERE}, should be a {target} that is there" in said


def test_so_is_one_that_points_at_another_merchants_row(books: World) -> None:
    other = World(members=("amal",))
    other.buy()
    for table, column, target in stated():
        [(foreign,)] = query(f"SELECT id FROM {target} WHERE merchant_id = %s LIMIT 1", other.id)
        row, *said = what_verify_says(books, table, column, foreign)
        assert f"{row}: {column} is {foreign}, should be a {target} that is there" in said
