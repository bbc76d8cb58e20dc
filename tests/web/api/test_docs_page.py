"""The browsable page: served by ourselves, complete, and within what browsers are told is allowed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

import wafa
from wafa.store.models import Scope
from wafa.web.api.app import api
from wafa.web.security import POLICY
from wafa.wording import api as api_wording

pytestmark = pytest.mark.django_db


def test_nothing_on_it_comes_from_elsewhere() -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "http" not in page
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert len(files) > 3
    for file in files:
        assert Path(str(finders.find(file.partition("?")[0]))).is_file(), file
    for script in re.findall(r"<script(.*?)>(.*?)</script>", page, re.DOTALL):
        assert "src=" in script[0] or "application/json" in script[0]


def test_the_openapi_is_of_version_3_1_and_whole() -> None:
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert len(told["paths"]) > 40
    for path in told["paths"].values():
        for call in path.values():
            assert call["summary"]
            assert call["security"]
            assert "application/problem+json" in call["responses"]["422"]["content"]
    assert told["info"]["title"] == api.title


def test_each_request_has_a_name_by_which_both_can_speak_of_it() -> None:
    def named(given: str) -> str:
        headers = {"X-Request-Id": given} if given else {}
        return str(Client().get("/api/v1/members", headers=headers).headers["X-Request-Id"])

    assert named("till-7.42") == "till-7.42"
    assert len({named(""), named(""), named("a b"), named("x" * 65)}) == 4


def test_every_code_and_every_scope_is_in_the_reference() -> None:
    page = (Path(wafa.__file__).parents[2] / "docs" / "reference" / "api" / "README.md").read_text("utf-8")
    told = set(re.findall(r"^\| `([a-z_:]+)`", page, re.MULTILINE))
    assert told >= set(api_wording._TOLD) | set(api_wording._FAULTS) | set(Scope.values)
