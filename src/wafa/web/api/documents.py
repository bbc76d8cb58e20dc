"""Recording documents, singly or in batches: purchases and returns go the same way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import BaseModel, Field, ValidationError

from wafa.core.commands import DocumentCommand
from wafa.core.outcomes import Outcome
from wafa.operations.group_commit import Failed, answer_all
from wafa.operations.post import post
from wafa.store.identify import MemberName, NotOneMemberError, identify, the_one
from wafa.web.api.access import Caller
from wafa.web.api.answers import as_json, document_answer
from wafa.web.api.bodies import CancelReturnIn, PurchaseIn, ReturnIn, VoidIn
from wafa.web.api.fields import Body
from wafa.web.api.problems import ProblemError, lost, not_one
from wafa.web.api.singles import ask
from wafa.web.api.validation import not_valid

DocumentIn = PurchaseIn | ReturnIn | VoidIn | CancelReturnIn
BATCH_MOST = 1000


class BatchIn(Body):
    """Items, each as it would be sent alone; what is wrong with one is told in its own result."""

    items: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=BATCH_MOST)]


def record_one(caller: Caller, body: DocumentIn) -> HttpResponse:
    """Post a document together with what else is coming in."""
    _allow(caller, body)
    names = _names(caller, body)
    outcome = ask(caller, lambda at, *numbers: body.command(at, *numbers or (None,)), *names)
    status, answer = document_answer(caller, outcome)
    return as_json(answer, status)


def record_batch(caller: Caller, items: Sequence[dict[str, Any]], kind: type[BaseModel]) -> HttpResponse:
    """Post many documents in one transaction; each is answered for itself."""
    results: list[dict[str, Any] | None] = [None] * len(items)
    bodies: list[tuple[int, Any, tuple[MemberName, ...]]] = []
    for place, item in enumerate(items):
        try:
            body: Any = kind.model_validate(item)
            _allow(caller, body)
            bodies.append((place, body, _names(caller, body)))
        except ValidationError as error:
            results[place] = _problem(caller, not_valid(error.errors()))
        except ProblemError as problem:
            results[place] = _problem(caller, problem)
    for place, result in _posted(caller, bodies):
        results[place] = result
    return as_json({"results": results})


def _posted(
    caller: Caller, bodies: Sequence[tuple[int, Any, tuple[MemberName, ...]]]
) -> list[tuple[int, dict[str, Any]]]:
    found = identify(caller.merchant.id, {name for *_, names in bodies for name in names})
    at = caller.merchant.now()
    results: list[tuple[int, dict[str, Any]]] = []
    commands: list[tuple[int, DocumentCommand]] = []
    for place, body, names in bodies:
        try:
            number = the_one(found, names[0]) if names else None
            commands.append((place, body.command(at, number)))
        except NotOneMemberError as error:
            results.append((place, _problem(caller, not_one(error, "member"))))
    outcomes = answer_all(
        lambda some: post(caller.merchant.id, some, caller.actor), [command for _, command in commands]
    )
    return results + [(place, _result(caller, outcome)) for (place, _), outcome in zip(commands, outcomes, strict=True)]


def _result(caller: Caller, outcome: Outcome | Failed) -> dict[str, Any]:
    if isinstance(outcome, Failed):
        return _problem(caller, lost(outcome.error))
    try:
        status, answer = document_answer(caller, outcome)
    except ProblemError as problem:
        return _problem(caller, problem)
    return {"status": status, "answer": answer}


def _problem(caller: Caller, problem: ProblemError) -> dict[str, Any]:
    return {"status": problem.status, "problem": problem.body(caller.merchant.currency)}


def _allow(caller: Caller, body: DocumentIn) -> None:
    caller.acts_for(body.branch)
    caller.sends_for(body.source)


def _names(caller: Caller, body: DocumentIn) -> tuple[MemberName, ...]:
    member = getattr(body, "member", None)
    return (member.name(caller.merchant),) if member else ()
