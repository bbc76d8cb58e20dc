"""Single commands of many programs, posted together: the batcher that the tills' door hands them to.

What a program says is made into a command when its batch begins: only then is it known at what instant it is counted,
and which number a member has who was named by a phone or a card.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from django.db import connection

from wafa.core.commands import Command
from wafa.core.outcomes import Outcome
from wafa.operations.group_commit import Batcher
from wafa.operations.post import post
from wafa.store.actor import Actor
from wafa.store.identify import Found, MemberName, identify
from wafa.store.rows import array

WAITING_MOST = 512
EACH_MOST = 8


class KeyEndedError(Exception):
    """The key that asked has been revoked, or has expired."""


@dataclass(frozen=True, slots=True)
class Single:
    """One command to come: by whom, about which members, and how it is made at an instant.

    `make` may raise, where it cannot be made of the members that were found: that is then the answer.
    """

    merchant_id: UUID
    key_id: UUID
    actor: Actor
    make: Callable[[datetime, Found], Command]
    members: tuple[MemberName, ...] = ()


def post_singly(single: Single) -> Outcome:
    """Post it, together with whatever else is being asked for. Raises what the batcher raises, and KeyEndedError."""
    # Another connection would not see what this one has not committed.
    answer = _post_all([single])[0] if connection.in_atomic_block else _batcher.ask(single, _whose(single))
    if isinstance(answer, Exception):
        raise answer
    return answer


def _whose(single: Single) -> object:
    return (single.merchant_id, single.members[0]) if single.members else None


def _post_all(singles: Sequence[Single]) -> list[Outcome | Exception]:
    answers: dict[int, Outcome | Exception] = {}
    by_merchant = sorted(enumerate(singles), key=lambda numbered: numbered[1].merchant_id)
    for merchant_id, theirs in groupby(by_merchant, key=lambda numbered: numbered[1].merchant_id):
        answers |= _post_of(merchant_id, list(theirs))
    return [answers[place] for place in range(len(singles))]


def _post_of(merchant_id: UUID, singles: Sequence[tuple[int, Single]]) -> dict[int, Outcome | Exception]:
    """What came of each, by its place in the batch."""
    now, good = _clock_and_keys(merchant_id, {single.key_id for _, single in singles})
    named = {name for _, single in singles for name in single.members}
    found = identify(merchant_id, named) if named else {}
    answers: dict[int, Outcome | Exception] = {}
    commands: list[tuple[int, Actor, Command]] = []
    for place, single in singles:
        try:
            if single.key_id not in good:
                raise KeyEndedError
            commands.append((place, single.actor, single.make(now, found)))
        except Exception as error:
            answers[place] = error
    outcomes = post(merchant_id, [command for *_, command in commands], [actor for _, actor, _ in commands])
    return answers | dict(zip((place for place, *_ in commands), outcomes, strict=True))


def _clock_and_keys(merchant_id: UUID, keys: set[UUID]) -> tuple[datetime, set[UUID]]:
    """The merchant's clock, and which of the keys still open anything: so a revoked one stops at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT m.clock_at, k.id
            FROM merchant m
            LEFT JOIN api_key k ON k.merchant_id = %s AND k.id = ANY(%s::uuid[]) AND k.revoked_at IS NULL
             AND (k.expires_at IS NULL OR k.expires_at > now())
            WHERE m.id = %s
            """,
            [merchant_id, array(keys), merchant_id],
        )
        rows = cursor.fetchall()
    return rows[0][0] or datetime.now(UTC), {id for _, id in rows}


_batcher: Batcher[Single, Outcome | Exception] = Batcher(_post_all, waiting_most=WAITING_MOST, each_most=EACH_MOST)
