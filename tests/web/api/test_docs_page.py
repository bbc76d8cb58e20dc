"""The browsable page: served by ourselves, complete, and within what browsers are told is allowed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from wafa.web.api.app import api
from wafa.web.security import POLICY

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
