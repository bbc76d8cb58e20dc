"""Loading what the rules in force read besides: items, profiles, groups of branches, purchases at a branch.

Each is one statement for the batch, and none where no rule in force reads it.
"""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection

from wafa.core.earning import facts
from wafa.core.earning.caps import window_of
from wafa.core.ledger.wallet import Wallet
from wafa.core.programme import Programme
from wafa.core.snapshot import Profile, Snapshot
from wafa.store.rows import text_array

OF_THE_MEMBER = {
    *(facts.MEMBER_TAGS, facts.AGE, facts.BIRTHDAY_IN, facts.ENROLMENT_IN, facts.ENROLLED_DAYS),
    facts.REFERRED_PURCHASE,
}
OF_A_LIFETIME = {facts.SINCE_LAST, facts.FIRST_PURCHASE_IN}
"""Facts that are read off the whole of a member's progress."""


def load_facts(
    merchant_id: UUID,
    snapshot: Snapshot,
    programmes: Collection[Programme],
    items: Iterable[str],
    branches: Iterable[str],
    wallets: Collection[Wallet],
) -> None:
    """For receipts with these items, sold at these branches, of these wallets' members."""
    names = frozenset[str]().union(*(programme.facts_read() for programme in programmes))
    labels = frozenset[str]().union(*(programme.labels_read() for programme in programmes))
    members = {wallet.member_id: wallet for wallet in wallets}
    if labels:
        _load_labels(merchant_id, snapshot, items)
    if names & OF_THE_MEMBER:
        _load_profiles(merchant_id, snapshot, members)
    if facts.BRANCH_GROUPS in names:
        _load_groups(merchant_id, snapshot, branches)
    if facts.AT_BRANCH in names:
        _count_at_branches(merchant_id, members)


def progress_needed(programmes: Iterable[Programme], days: Collection[date]) -> Iterable[date]:
    """The earliest days whose progress the facts of receipts of these days read."""
    for programme in programmes:
        names = programme.facts_read()
        if names & OF_A_LIFETIME and days:
            yield date.min
        for per in (*programme.windows_read(), *(name.partition(":")[2] for name in names if name in facts.VISITS)):
            yield from (window_of(day, per).first or date.min for day in days)


def _load_labels(merchant_id: UUID, snapshot: Snapshot, items: Iterable[str]) -> None:
    """A category's label stands with all that is below it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE asked AS MATERIALIZED (
                SELECT i.merchant_id, i.code, i.brand, i.supplier, i.tags, i.category_id
                FROM (SELECT %s::uuid AS merchant_id, unnest(%s::text[]) AS code) AS named
                JOIN item i ON i.merchant_id = named.merchant_id AND i.code = named.code
            ), above AS (
                SELECT a.merchant_id, a.code, c.code AS category, c.parent_id FROM asked a
                JOIN category c ON c.merchant_id = a.merchant_id AND c.id = a.category_id
                UNION
                SELECT a.merchant_id, a.code, c.code, c.parent_id FROM above a
                JOIN category c ON c.merchant_id = a.merchant_id AND c.id = a.parent_id
            )
            SELECT code, 'brand:' || brand FROM asked WHERE brand <> ''
            UNION ALL SELECT code, 'supplier:' || supplier FROM asked WHERE supplier <> ''
            UNION ALL SELECT code, 'tag:' || unnest(tags) FROM asked
            UNION ALL SELECT code, 'category:' || category FROM above
            """,
            [merchant_id, text_array(sorted(set(items)))],
        )
        for code, label in cursor.fetchall():
            snapshot.labels[code] = (*snapshot.labels.get(code, ()), label)


def _load_profiles(merchant_id: UUID, snapshot: Snapshot, members: Iterable[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, enrolled_at, born_on, birth_calendar, tags, referrer_id IS NOT NULL FROM member "
            "WHERE merchant_id = %s AND id = ANY(%s)",
            [merchant_id, list(members)],
        )
        for id, enrolled_at, born_on, calendar, tags, is_referred in cursor.fetchall():
            snapshot.profiles[id] = Profile(enrolled_at, born_on, calendar, tuple(tags), is_referred)


def _load_groups(merchant_id: UUID, snapshot: Snapshot, branches: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, groups FROM branch WHERE merchant_id = %s AND code = ANY(%s::text[])",
            [merchant_id, text_array(sorted(set(branches)))],
        )
        snapshot.branch_groups |= {code: tuple(groups) for code, groups in cursor.fetchall()}


def _count_at_branches(merchant_id: UUID, members: dict[UUID, Wallet]) -> None:
    """Purchases of which something is left, as `Progress.visits` counts them, by branch."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT d.member_id, d.branch_id, count(*)
            FROM (SELECT %s::uuid AS merchant_id, unnest(%s::uuid[]) AS member_id) AS asked
            JOIN document d ON d.merchant_id = asked.merchant_id AND d.member_id = asked.member_id
            WHERE d.kind IN ('purchase', 'exchange') AND EXISTS (
                SELECT FROM document_line l WHERE l.merchant_id = d.merchant_id AND l.document_id = d.id
                  AND NOT l.is_returned AND l.returned_milli < l.quantity_milli AND l.amount_minor > 0
            )
            GROUP BY d.member_id, d.branch_id
            """,
            [merchant_id, list(members)],
        )
        for member_id, branch_id, count in cursor.fetchall():
            members[member_id].at_branch[branch_id] = count
