"""The programme's pages in a real browser: nothing sticks out or complains, and a rule is built by choosing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser.visit import visit

if TYPE_CHECKING:
    from tests.web.browser.desk import Desk

SHOTS = os.environ.get("WAFA_SHOTS", "")


@pytest.fixture(scope="module")
def desk(program: str, transactional_db: None, django_db_blocker: Any) -> Desk:
    """The owner's desk with drafts of every sort."""
    with django_db_blocker.unblock():
        from tests.web.browser.desk import Desk

        return Desk()


@pytest.fixture(scope="module")
def chromium(desk: Desk, program: str) -> Any:
    """As in conftest: started after the desk was written."""
    from playwright.sync_api import sync_playwright

    from tests.web.browser.conftest import FLAGS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_no_page_of_the_programme_sticks_out_or_complains(
    desk: Desk, live_server: Any, chromium: Browser, language: str, width: int
) -> None:
    with visit(chromium, live_server.url, desk.session, language, width) as seen:
        for name, place in desk.pages.items():
            seen.go(place)
            for folded in seen.page.locator("main details").all():
                folded.evaluate("(details) => { details.open = true }")
            if SHOTS:
                seen.page.screenshot(path=f"{SHOTS}/{name}-{language}-{width}.png", full_page=True)
            assert seen.sticking_out() == [], name
            assert seen.complaints == [], name


def test_a_rule_is_built_by_choosing_and_told_meanwhile(desk: Desk, live_server: Any, chromium: Browser) -> None:
    with visit(chromium, live_server.url, desk.session) as seen:
        page = seen.page
        seen.go(desk.pages["new rule"])
        page.get_by_label("How many").fill("25")
        page.get_by_label("For every").fill("100")
        expect(page.locator("#sentence")).to_contain_text("25 points for each full SAR 100.00 of the receipt.")
        page.get_by_label("Kind", exact=True).select_option("fixed")
        expect(page.locator("#sentence")).to_contain_text("25 points for a receipt.")
        page.get_by_role("button", name="Add a condition").click()
        page.get_by_label("Kind of condition").select_option("weekday")
        page.get_by_label("Friday").check()
        expect(page.locator("#sentence")).to_contain_text("25 points for a receipt on Fridays.")
        page.get_by_label("except").check()
        expect(page.locator("#sentence")).to_contain_text("25 points for a receipt except on Fridays.")
        page.get_by_role("button", name="Add a condition").click()
        page.get_by_label("Kind of condition").nth(1).select_option("season")
        page.get_by_label("Calendar").select_option("hijri")
        expect(page.get_by_label("Month").first).to_contain_text("Ramadan")
        page.get_by_role("button", name="Remove").nth(1).click()
        expect(page.locator(".condition")).to_have_count(1)
        page.get_by_role("button", name="Save the rule").last.click()
        expect(page.get_by_role("alert")).to_contain_text("Not saved yet")
        page.get_by_label("Name in English").fill("Any day but Friday")
        page.get_by_role("button", name="Save the rule").last.click()
        expect(page.locator(".alert-info")).to_contain_text("Any day but Friday")
        expect(page.locator(".told-rules")).to_contain_text("25 points for a receipt except on Fridays.")
        assert [said for said in seen.complaints if "422" not in said] == []
