"""Budgets of rules: what is left of each stands in slices, of which a batch locks as many as it may need.

Two batches lock different slices, so that none waits for the other; only where the free ones are not enough does one
lock them all, in their order. What a batch has locked is all that it can give: no budget is ever overrun.
"""

from collections.abc import Iterable, Mapping
from random import randrange
from uuid import UUID

from django.db import connection, transaction

from wafa.core.snapshot import Snapshot
from wafa.store.ids import new_id
from wafa.store.programmes import load_versions
from wafa.store.rows import array, text_array

SLICES = 16
Slices = dict[str, dict[UUID, int]]
"""Locked slices by rule: each with what is left of it."""


def budgets_of(merchant_id: UUID) -> dict[str, int]:
    """Every rule's budget, as the version says that was published last of those that set one."""
    return {rule: budget for programme in load_versions(merchant_id) for rule, budget in programme.budgets().items()}


def given_of(merchant_id: UUID) -> dict[str, int]:
    """What each rule has given by versions in which it has a budget; what came back is not taken off."""
    versions = load_versions(merchant_id)
    pairs = [(version.id, rule) for version in versions.each() for rule in version.programme.budgets()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.rule, sum(a.first_points)::bigint "
            "FROM unnest(%s::uuid[], %s::text[]) AS asked (version_id, rule) "
            "JOIN award a ON a.merchant_id = %s AND a.rule = asked.rule "
            "JOIN entry e ON e.merchant_id = a.merchant_id AND e.id = a.entry_id "
            "AND e.programme_version_id = asked.version_id GROUP BY a.rule",
            [array(id for id, _ in pairs), text_array(rule for _, rule in pairs), merchant_id],
        )
        return dict(cursor.fetchall())


def set_budgets(merchant_id: UUID) -> None:
    """A version is published: each budget, less what the rule has given so far. Nobody counts meanwhile."""
    budgets = budgets_of(merchant_id)
    if not budgets:
        return
    given = given_of(merchant_id)
    with connection.cursor() as cursor:
        rows = [
            (new_id(), rule, number, part)
            for rule, budget in sorted(budgets.items())
            for number, part in enumerate(_parts(max(0, budget - given.get(rule, 0))))
        ]
        cursor.execute(
            """
            INSERT INTO budget_slice (merchant_id, id, rule, slice, "left")
            SELECT %s, * FROM unnest(%s::uuid[], %s::text[], %s::smallint[], %s::bigint[])
            ON CONFLICT (merchant_id, rule, slice) DO UPDATE SET "left" = excluded."left"
            """,
            [merchant_id, *_columns(rows)],
        )


def lock(merchant_id: UUID, snapshot: Snapshot, needed: Mapping[str, int]) -> None:
    """Slices of these rules with as many points together as are needed; or all that there are."""
    if needed:
        snapshot.slices = _lock(merchant_id, {rule: points for rule, points in needed.items() if points > 0})
        snapshot.budgets = {rule: sum(snapshot.slices.get(rule, {}).values()) for rule in needed}


def _lock(merchant_id: UUID, wanted: Mapping[str, int]) -> Slices:
    locked: Slices = {rule: {} for rule in wanted}
    if not wanted:
        return locked
    first = randrange(SLICES)  # noqa: S311 - only so that two batches begin elsewhere
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id, rule, "left" FROM budget_slice
            WHERE merchant_id = %s AND rule = ANY(%s::text[]) AND "left" > 0 ORDER BY rule, (slice + %s) %% %s
            """,
            [merchant_id, text_array(wanted), first, SLICES],
        )
        enough = _enough(cursor.fetchall(), wanted)
        there = transaction.savepoint()
        _take(locked, merchant_id, "id = ANY(%s::uuid[])", array(enough), "FOR UPDATE SKIP LOCKED")
        if any(sum(locked[rule].values()) < points for rule, points in wanted.items()):
            # Whoever waits holds none, so that nobody waits for it.
            transaction.savepoint_rollback(there)
            locked = {rule: {} for rule in wanted}
            _take(locked, merchant_id, "rule = ANY(%s::text[])", text_array(wanted), "FOR UPDATE")
        else:
            transaction.savepoint_commit(there)
    return locked


def left(merchant_id: UUID) -> dict[str, int]:
    """What is left of each budget at the moment, to be told and not to be given."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT rule, sum("left")::bigint FROM budget_slice WHERE merchant_id = %s GROUP BY rule', [merchant_id]
        )
        return dict(cursor.fetchall())


def keep(merchant_id: UUID, snapshot: Snapshot) -> None:
    """What is left of the locked slices after the batch."""
    changed: dict[UUID, int] = {}
    for rule, slices in snapshot.slices.items():
        given = sum(slices.values()) - snapshot.budgets[rule]
        for id, points in slices.items():
            taken = min(given, points)
            given -= taken
            if taken:
                changed[id] = points - taken
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE budget_slice b SET "left" = spent."left" '
            'FROM unnest(%s::uuid[], %s::bigint[]) AS spent (id, "left") '
            "WHERE b.merchant_id = %s AND b.id = spent.id",
            [array(changed), array(changed.values()), merchant_id],
        )


def _parts(points: int) -> list[int]:
    each, more = divmod(points, SLICES)
    return [each + (number < more) for number in range(SLICES)]


def _columns(rows: Iterable[tuple[UUID, str, int, int]]) -> list[str]:
    ids, rules, numbers, parts = zip(*rows, strict=True)
    return [array(ids), text_array(rules), array(numbers), array(parts)]


def _enough(slices: Iterable[tuple[UUID, str, int]], wanted: Mapping[str, int]) -> list[UUID]:
    """The first of them that together have what is wanted."""
    found: list[UUID] = []
    missing = dict(wanted)
    for id, rule, left in slices:
        if missing[rule] > 0:
            found.append(id)
            missing[rule] -= left
    return found


def _take(locked: Slices, merchant_id: UUID, which: str, these: str, how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id, rule, "left" FROM budget_slice WHERE merchant_id = %s AND {which} '  # noqa: S608
            f"ORDER BY rule, slice {how}",
            [merchant_id, these],
        )
        for id, rule, left in cursor.fetchall():
            locked[rule][id] = left
