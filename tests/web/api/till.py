"""A program that uses the API with a key: what it sends, and what it is answered."""

from __future__ import annotations

import itertools
from typing import Any

import orjson
from django.test import Client

from tests.web.api.shaped import check_shape
from wafa.operations.api_keys import KeyTerms, create_key
from wafa.store.models import Merchant, Scope

_numbers = itertools.count(1)


class Till:
    """A program with a key of its own; all scopes, unless the test says otherwise."""

    def __init__(self, merchant: Merchant, *scopes: str, **terms: Any) -> None:
        self.key, self.token = create_key(
            merchant.id, KeyTerms(terms.pop("name", "till"), scopes or Scope.values, **terms)
        )
        self._client = Client()

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Ask for something; a body that is not bytes is sent as JSON."""
        sent = body if isinstance(body, bytes) else orjson.dumps(body) if body is not None else b""
        asked = {"Authorization": f"Bearer {self.token}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        address = f"/api/v1{path}"
        response = self._client.generic(method, address, sent, content_type="application/json", headers=asked)
        answer = Answer(response)
        check_shape(method, address, answer.status, answer.json)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        """Read."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: object, **headers: str) -> Answer:
        """Write; where a key is needed, a fresh one is sent unless the test names one."""
        return self.write("POST", path, body, **headers)

    def write(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """The same by another method."""
        headers.setdefault("Idempotency_Key", f"key-{next(_numbers)}")
        return self.ask(method, path, body, **headers)


class Answer:
    """What came back."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = response.headers
        self.json: Any = orjson.loads(response.content) if response.content else None

    @property
    def code(self) -> str:
        """The refusal's name; empty where nothing was refused."""
        return str(self.json.get("code", "")) if self.status >= 400 else ""

    def __repr__(self) -> str:
        return f"{self.status} {self.json}"


def sold(**facts: Any) -> dict[str, Any]:
    """A purchase's body: by Amal at Olaya, of 100 riyals, under the next number, unless the test says otherwise."""
    return {
        "source": "till-7",
        "number": f"A{next(_numbers)}",
        "occurred_at": "2011-06-01T12:00:00+03:00",
        "branch": "olaya",
        "member": {"external_id": "amal"},
        "currency": "SAR",
        "lines": [{"item": "TEA", "quantity": 1, "amount_minor": 10_000}],
    } | facts
