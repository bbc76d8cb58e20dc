"""Policies for tests, read as a programme reads them."""

from __future__ import annotations

from wafa.core.expiry.policy import ExpiryPolicy
from wafa.core.values.fields import Fields, Problem


def read(value: object) -> tuple[ExpiryPolicy, list[str]]:
    """A policy from its JSON, and what is wrong with it, each as `expiry.months: missing`."""
    problems: list[Problem] = []
    found = ExpiryPolicy.read(Fields(value, "expiry", problems))
    return found, [f"{path}: {code}" for path, code in problems]


def policy(kind: str, **fields: object) -> ExpiryPolicy:
    """A policy of that kind; it must be sound."""
    found, problems = read({"kind": kind, **fields})
    assert not problems
    return found
