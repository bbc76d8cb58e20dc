"""A real browser before a real server. The shop is committed once for all tests here; none of them changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.db import transactional_db

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.web.browser.visit import Fair, Town

__all__ = ["transactional_db"]

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def program() -> str:
    """The browser, if there is one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium here: install Debian's package `chromium` to run the browser tests")
    return found


@pytest.fixture(scope="module")
def town(program: str, transactional_db: None, django_db_blocker: Any) -> Town:
    """The shop with a long statement and hostile names, and where its pages are."""
    with django_db_blocker.unblock():
        from tests.web.browser.visit import Town

        return Town()


@pytest.fixture(scope="module")
def fair(program: str, transactional_db: None, django_db_blocker: Any) -> Fair:
    """The shop in which everything has happened once, and where its pages are."""
    with django_db_blocker.unblock():
        from tests.web.browser.visit import Fair

        return Fair()


@pytest.fixture(scope="module")
def chromium(program: str, town: Town, fair: Fair) -> Iterator[Browser]:
    """Debian's chromium, steered by playwright.

    It is started after the shops were written and ended before the tables are emptied: while it runs, Django takes
    this thread for an asynchronous one and refuses it the database.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
