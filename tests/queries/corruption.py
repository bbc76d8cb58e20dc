"""Changing rows behind the guards' backs, and what verify says then."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.db import guards_away, query
from tests.world import World


@dataclass(frozen=True)
class Corruption:
    """What is done to which rows, and what verify must say of it: a pattern in the text of one difference.

    `where` may use the words of `WHERE`; `table` and `where` say of which rows; `done` is DELETE, or a SET list.
    """

    table: str
    done: str
    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.table} {self.done} of {self.where}"

    def statement(self, merchant: str) -> str:
        """In SQL."""
        condition = f"merchant_id = '{merchant}' AND {spelled(self.where, merchant)}"
        if self.done == "DELETE":
            return f"DELETE FROM {self.table} WHERE {condition}"
        return f"UPDATE {self.table} SET {spelled(self.done, merchant)} WHERE {condition}"


def spelled(text: str, merchant: str) -> str:
    """member:amal, document:R1, entry:R1, lot:R1, wallet:amal are the ids of those rows; of several, the first."""
    own = f"merchant_id = '{merchant}'"
    ids = {
        "member": f"(SELECT id FROM member WHERE {own} AND number = '%s')",
        "branch": f"(SELECT id FROM branch WHERE {own} AND code = '%s')",
        "document": f"(SELECT id FROM document WHERE {own} AND number = '%s')",
    }
    ids["wallet"] = f"(SELECT id FROM wallet WHERE {own} AND unit = 'points' AND member_id = {ids['member']})"
    for table in ("entry", "lot"):
        ids[table] = f"(SELECT id FROM {table} WHERE {own} AND document_id = {ids['document']} ORDER BY id LIMIT 1)"
    return re.sub(rf"\b({'|'.join(ids)}):(\w+)", lambda match: ids[match[1]] % match[2], text)


def what_verify_says(world: World, corruption: Corruption) -> list[str]:
    """Every difference, once the rows are changed; they are put back."""
    with guards_away():
        changed = query(f"{corruption.statement(str(world.id))} RETURNING 1")
        assert changed, "no row was changed"
        return [str(difference) for difference in world.differences()]
