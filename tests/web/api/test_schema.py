"""The OpenAPI keeps its word: thousands of requests made from it, good and bad, and no answer outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.api.till import Till
from tests.web.shop import Shop

pytestmark = pytest.mark.django_db
EXAMPLES = 15
"""Of each call, good ones and bad ones; with three dozen calls some thousands of requests."""


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The test's own transaction outlives each request, as with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations(schema: Any) -> list[Any]:
    """Every call."""
    return [result.ok() for result in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_call_breaks_or_answers_outside_its_schema(shop: Shop, till: Till, mode: GenerationMode) -> None:
    from wafa.config.wsgi import application

    with override_settings(ALLOWED_HOSTS=["*"]):
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
        broken = [fault for operation in operations(schema) if (fault := _fault(operation, till, mode))]
    assert broken == []


def _fault(operation: Any, till: Till, mode: GenerationMode) -> str:
    """What is wrong with a call's answers; empty: nothing."""
    headers = {"Authorization": f"Bearer {till.token}"}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    try:
        check()
    except Unsatisfiable:
        return ""  # Nothing about this call can be wrong.
    except (Exception, FailureGroup) as error:
        return f"{operation.label}: {error}"
    return ""
