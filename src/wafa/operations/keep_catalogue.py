"""Keeping the catalogue: categories and items as another system knows them, made or brought up to date by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from wafa.store.ids import new_id
from wafa.store.rows import text_array


class CategoryUnknownError(ValueError):
    """Items or categories lie in categories that there are not; `codes` are these."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(f"unknown: {', '.join(codes)}")
        self.codes = tuple(codes)


class CategoryCircleError(ValueError):
    """A category would lie in itself; `codes` are those of the circle."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(f"a circle: {', '.join(codes)}")
        self.codes = tuple(codes)


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category as it shall be; `parent` is the code of the one that it lies in, empty for none.

    None: it stays where it is, or lies in none where it is new.
    """

    code: str
    name: str = ""
    parent: str | None = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as it shall be; `category` by code, empty for none."""

    code: str
    name: str = ""
    category: str = ""
    brand: str = ""
    supplier: str = ""
    tags: tuple[str, ...] = ()


def upsert_categories(merchant_id: UUID, rows: Sequence[CategoryRow]) -> None:
    """All of them or none; parents may come with their children, in any order. Of a code twice the last holds.

    Raises CategoryUnknownError or CategoryCircleError.
    """
    by_code = {row.code: row for row in rows}
    in_themselves = [row.code for row in by_code.values() if row.parent == row.code]
    if in_themselves:
        raise CategoryCircleError(in_themselves)
    codes, names = text_array(by_code), text_array(row.name for row in by_code.values())
    parents = {code: row.parent for code, row in by_code.items() if row.parent is not None}
    with transaction.atomic(), connection.cursor() as cursor:
        # Two who move categories at once could close a circle that neither sees.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"catalogue {merchant_id}"])
        cursor.execute(
            "INSERT INTO category (id, merchant_id, code, name) "
            "SELECT unnest(%s::uuid[]), %s, unnest(%s::text[]), unnest(%s::text[]) "
            "ON CONFLICT (merchant_id, code) DO UPDATE SET name = excluded.name",
            [[new_id() for _ in by_code], merchant_id, codes, names],
        )
        _refuse_unknown(merchant_id, set(parents.values()))
        cursor.execute(
            """
            UPDATE category c SET parent_id = p.id
            FROM unnest(%s::text[], %s::text[]) AS asked (code, parent)
            LEFT JOIN category p ON p.merchant_id = %s AND p.code = asked.parent
            WHERE c.merchant_id = %s AND c.code = asked.code AND c.parent_id IS DISTINCT FROM p.id
            """,
            [text_array(parents), text_array(parents.values()), merchant_id, merchant_id],
        )
        cursor.execute(
            """
            WITH RECURSIVE above AS (
                SELECT id AS first, parent_id FROM category WHERE merchant_id = %s AND parent_id IS NOT NULL
                UNION
                SELECT a.first, c.parent_id FROM above a JOIN category c ON c.merchant_id = %s AND c.id = a.parent_id
                WHERE a.first <> a.parent_id
            )
            SELECT c.code FROM above a JOIN category c ON c.merchant_id = %s AND c.id = a.first
            WHERE a.first = a.parent_id ORDER BY 1
            """,
            [merchant_id] * 3,
        )
        circle = [code for (code,) in cursor.fetchall()]
        if circle:
            raise CategoryCircleError(circle)


def upsert_items(merchant_id: UUID, rows: Sequence[ItemRow]) -> None:
    """All of them or none; of a code twice the last holds. Raises CategoryUnknownError.

    What was sold before keeps what rules read of it then.
    """
    by_code = {row.code: row for row in rows}
    items = by_code.values()
    with transaction.atomic(), connection.cursor() as cursor:
        _refuse_unknown(merchant_id, {row.category for row in items})
        cursor.execute(
            """
            INSERT INTO item (id, merchant_id, code, name, brand, supplier, tags, category_id)
            SELECT asked.id, %s, asked.code, asked.name, asked.brand, asked.supplier,
                   asked.tags::text[], c.id
            FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
                AS asked (id, code, name, brand, supplier, tags, category)
            LEFT JOIN category c ON c.merchant_id = %s AND c.code = asked.category
            ON CONFLICT (merchant_id, code) DO UPDATE SET name = excluded.name, brand = excluded.brand,
                supplier = excluded.supplier, tags = excluded.tags, category_id = excluded.category_id
            """,
            [
                merchant_id,
                [new_id() for _ in items],
                text_array(by_code),
                text_array(row.name for row in items),
                text_array(row.brand for row in items),
                text_array(row.supplier for row in items),
                text_array(text_array(row.tags) for row in items),
                text_array(row.category for row in items),
                merchant_id,
            ],
        )


def _refuse_unknown(merchant_id: UUID, codes: set[str]) -> None:
    """No category at all is not an unknown one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM unnest(%s::text[]) AS asked (code) WHERE code <> '' AND NOT EXISTS ("
            "SELECT FROM category c WHERE c.merchant_id = %s AND c.code = asked.code) ORDER BY 1",
            [text_array(codes), merchant_id],
        )
        unknown = [code for (code,) in cursor.fetchall()]
    if unknown:
        raise CategoryUnknownError(unknown)
