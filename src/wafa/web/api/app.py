"""The API: its address, its calls, and how what goes wrong is answered."""

from __future__ import annotations

import logging
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from wafa.web.api.problems import ProblemError, answer, lost
from wafa.web.api.resources import ROUTERS
from wafa.web.api.validation import not_valid

logger = logging.getLogger("wafa.api")


class _StrictParser(Parser):
    """orjson: strict about numbers and about UTF-8, and a nesting without end is refused."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's JSON; raises ProblemError."""
        try:
            return orjson.loads(request.body)
        except (orjson.JSONDecodeError, UnicodeError):
            raise ProblemError(400, "body_not_json") from None


class _Api(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """As ninja makes it, but for the media type of refusals."""
        schema = super().get_openapi_schema(**kwargs)
        for path in schema.get("paths", {}).values():
            for call in path.values():
                for status, response in call.get("responses", {}).items():
                    if int(status) >= 400 and "content" in response:
                        response["content"] = {"application/problem+json": response["content"]["application/json"]}
        return schema


api = _Api(
    title="Wafa",
    version="1.0.0",
    description="Members, points and receipts of a loyalty programme. See docs/guides/api.md.",
    urls_namespace="api",
    docs_url="/docs",
    parser=_StrictParser(),
)
for router in ROUTERS:
    api.add_router("", router)


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    return answer(request, problem)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    # ("body", the parameter's name, the body's own path …) or ("query", its name)
    in_body = all(each["loc"][0] == "body" for each in error.errors)
    return answer(request, not_valid(error.errors, 2 if in_body else 1))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__
    return answer(request, cause if isinstance(cause, ProblemError) else ProblemError(400, "body_not_json"))


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return answer(request, ProblemError(413, "body_too_large", detail={"most": most}))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(request, ProblemError(404, "not_found"))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _lost(request: HttpRequest, error: Exception) -> HttpResponse:
    return answer(request, lost(error))


@api.exception_handler(Exception)
def _broke(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("request %s, %s %s, failed", getattr(request, "id", ""), request.method, request.path)
    return answer(request, ProblemError(500, "something_broke"))
