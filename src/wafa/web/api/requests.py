"""Requests of the ledger over HTTP: carried out once under their key, answered with what was moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.http import HttpResponse

from wafa.core.commands import Command
from wafa.core.outcomes import Slip
from wafa.store.identify import MemberName, NotOneMemberError, identify, the_one
from wafa.web.api.access import Caller
from wafa.web.api.answers import ACCEPTED, as_json, slip_of
from wafa.web.api.idempotency import in_flight, kept_key
from wafa.web.api.member_names import MemberRef
from wafa.web.api.problems import ProblemError, not_one
from wafa.web.api.singles import ask


class Place(Protocol):
    """Where a till asks."""

    @property
    def branch(self) -> str:
        """Its branch's code."""

    @property
    def till(self) -> str:
        """Its name; empty where it is not said."""


def carry_out(
    caller: Caller,
    idempotency_key: str | None,
    make: Callable[..., Command],
    *members: MemberName,
    place: Place | None = None,
    paths: tuple[str, ...] = ("member",),
    unknown: str = "",
) -> HttpResponse:
    """Post what `make` makes of the instant, the key and the members' numbers.

    `unknown` is the refusal of an id in the address that names nothing: 404, as any address that is not there.
    """
    if place is not None:
        caller.acts_for(place.branch)
        caller.sends_for(place.till, "till")
    key = kept_key(idempotency_key)
    with in_flight(caller, key):
        outcome = ask(caller, lambda at, *numbers: make(at, key, *numbers), *members, paths=paths)
    try:
        status, slip = slip_of(outcome)
    except ProblemError as problem:
        if problem.code == unknown:
            problem.status = 404
        if problem.code == "key_reused_with_other_content":
            problem.detail = {"key": idempotency_key}
        raise
    return as_json(movement(status, slip), 201 if status == ACCEPTED else 200)


def found_number(caller: Caller, member: MemberRef, path: str = "member") -> str:
    """The number of a member who is named in a body; raises ProblemError."""
    name = member.name(caller.merchant, path)
    try:
        return the_one(identify(caller.merchant.id, [name]), name)
    except NotOneMemberError as error:
        raise not_one(error, path) from None


def movement(status: str, slip: Slip) -> dict[str, Any]:
    """What a program is told of a request: what moved, what is left, and what the slip says of it."""
    said = slip.explanation
    answer: dict[str, Any] = {
        "id": str(slip.id),
        "status": status,
        "points": slip.points,
        "balance": slip.after,
    }
    for name in ("worth_minor", "expires_at"):
        if name in said:
            answer[name] = said[name]
    return answer
