"""The pages of webhooks in a real browser: nothing sticks out or complains, and an endpoint is added by hand."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser.visit import visit

if TYPE_CHECKING:
    from tests.web.browser.listeners import Listeners

SHOTS = os.environ.get("WAFA_SHOTS", "")


@pytest.fixture(scope="module")
def listeners(program: str, transactional_db: None, django_db_blocker: Any) -> Listeners:
    """Endpoints of every sort, with a log."""
    with django_db_blocker.unblock():
        from tests.web.browser.listeners import Listeners

        return Listeners()


@pytest.fixture(scope="module")
def chromium(listeners: Listeners, program: str) -> Any:
    """As in conftest: started after the shop was written."""
    from playwright.sync_api import sync_playwright

    from tests.web.browser.conftest import FLAGS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_no_page_of_the_webhooks_sticks_out_or_complains(
    listeners: Listeners, live_server: Any, chromium: Browser, language: str, width: int
) -> None:
    with visit(chromium, live_server.url, listeners.session, language, width) as seen:
        for name, place in listeners.pages.items():
            seen.go(place)
            for folded in seen.page.locator("main details").all():
                folded.evaluate("(details) => { details.open = true }")
            if SHOTS:
                seen.page.screenshot(path=f"{SHOTS}/{name}-{language}-{width}.png", full_page=True)
            assert seen.sticking_out() == [], name
            assert seen.complaints == [], name
        seen.go(listeners.pages["busy"])
        seen.page.locator("details:has(form[action$='/secret/']) > summary").click()
        seen.page.locator("form[action$='/secret/'] button").click()
        expect(seen.page.locator("#secret")).to_have_value(re.compile("^whsec_"))
        if SHOTS:
            seen.page.screenshot(path=f"{SHOTS}/secret-{language}-{width}.png", full_page=True)
        assert seen.sticking_out() == []


def test_an_endpoint_is_added_kept_and_told_again(listeners: Listeners, live_server: Any, chromium: Browser) -> None:
    with visit(chromium, live_server.url, listeners.session) as seen:
        page = seen.page
        seen.go(listeners.pages["endpoints"])
        page.get_by_label("Address").fill("https://127.0.0.1/")
        page.get_by_role("button", name="Add the endpoint").click()
        expect(page.get_by_role("alert")).to_contain_text("private network")
        page.get_by_label("Address").fill("https://new.example/hook")
        page.get_by_text("Only some kinds of events").click()
        page.get_by_label("Tier changed").check()
        page.get_by_role("button", name="Add the endpoint").click()
        expect(page.get_by_label("Its secret")).to_be_visible()
        page.get_by_role("link", name="I have kept it").click()
        expect(page.locator("h1")).to_contain_text("https://new.example/hook")
        expect(page.locator("main")).to_contain_text("Tier changed")
        seen.go(listeners.pages["busy"])
        page.get_by_role("button", name="Try again what was given up").click()
        expect(page.locator(".alert-info")).to_contain_text("will be sent again")
        assert [said for said in seen.complaints if "422" not in said] == []
