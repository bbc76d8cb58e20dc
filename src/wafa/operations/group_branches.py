"""Putting branches into groups, which rules name: "group:riyadh"."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection, transaction

from wafa.store.rows import text_array


class BranchUnknownError(ValueError):
    """There are no branches with these `codes`."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(f"unknown: {', '.join(codes)}")
        self.codes = tuple(codes)


def group_branches(merchant_id: UUID, groups: Mapping[str, Sequence[str]]) -> None:
    """Put each branch, by its code, into these groups and no others; all of them or none. Raises BranchUnknownError.

    Receipts of before keep the groups that their branch was in then.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE branch b SET groups = asked.groups::text[] "
            "FROM unnest(%s::text[], %s::text[]) AS asked (code, groups) "
            "WHERE b.merchant_id = %s AND b.code = asked.code RETURNING b.code",
            [text_array(groups), text_array(text_array(sorted(set(each))) for each in groups.values()), merchant_id],
        )
        unknown = sorted(groups.keys() - {code for (code,) in cursor.fetchall()})
        if unknown:
            raise BranchUnknownError(unknown)
