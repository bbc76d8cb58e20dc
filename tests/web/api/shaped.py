"""Whether an answer keeps to what its call declares, as the OpenAPI tells it: all of it, and nothing besides."""

from __future__ import annotations

from inspect import getclosurevars
from typing import Any

from django.urls import Resolver404, resolve
from ninja.operation import Operation, PathView


def call_of(method: str, path: str) -> Operation | None:
    """The call that answers at an address; None: no call does."""
    try:
        answers = resolve(path.partition("?")[0]).func
    except Resolver404:
        return None
    view = getclosurevars(answers).nonlocals["self"]
    assert isinstance(view, PathView)
    return next((each for each in view.operations if method in each.methods), None)


def check_shape(method: str, path: str, status: int, said: Any) -> None:
    """Raises AssertionError where the status is not declared, or the answer is of another shape than declared."""
    call = call_of(method, path)
    if call is None:
        assert status in (404, 405), f"{method} {path} is no call, and was answered {status}"
        return
    assert status in call.response_models, f"{method} {path} does not declare {status}: {said}"
    model = call.response_models[status]
    assert model is not None
    read = model.model_validate({"response": said})
    told = read.model_dump(mode="json", exclude_unset=True)["response"]
    assert names(told) == names(said), f"{method} {path} says more than it declares"


def names(said: Any) -> Any:
    """The names of all members of a JSON value, at their places."""
    if isinstance(said, dict):
        return {name: names(value) for name, value in said.items()}
    if isinstance(said, list):
        return [names(each) for each in said]
    return None
