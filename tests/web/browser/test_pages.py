"""Every page in a real browser: in three languages, on a wide and a narrow screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser.visit import Fair, Town, visit


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_no_page_sticks_out_complains_or_reaches_for_another_host(
    town: Town, live_server: Any, chromium: Browser, language: str, width: int
) -> None:
    with visit(chromium, live_server.url, town.session, language, width) as seen:
        for name, place in town.pages.items():
            seen.go(place)
            assert seen.sticking_out() == [], name
            assert seen.complaints == [], name
            assert seen.page.evaluate("[...document.fonts].some((font) => font.status == 'loaded')"), name


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_nor_does_any_kind_of_entry_document_or_wallet(
    fair: Fair, live_server: Any, chromium: Browser, language: str, width: int
) -> None:
    with visit(chromium, live_server.url, fair.session, language, width) as seen:
        for name, place in fair.pages.items():
            seen.go(place)
            assert seen.sticking_out() == [], name
            assert seen.complaints == [], name


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_nor_do_those_outside_the_console(
    town: Town, live_server: Any, chromium: Browser, language: str, width: int
) -> None:
    with visit(chromium, live_server.url, language=language, width=width) as seen:
        for place in ("/sign-in/", "/no/such/page/"):
            seen.go(place)
            assert seen.sticking_out() == []
        assert [said for said in seen.complaints if "404" not in said] == []
    with visit(chromium, live_server.url, town.cashier, language, width) as seen:
        seen.go(town.pages["overview"])
        assert seen.sticking_out() == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_no_figure_is_broken_in_two(town: Town, live_server: Any, chromium: Browser, language: str, width: int) -> None:
    with visit(chromium, live_server.url, town.session, language, width) as seen:
        seen.go(town.pages["overview"])
        lines = "(values) => values.map((each) => new Set([...each.getClientRects()].map((box) => box.top)).size)"
        assert seen.page.locator(".figures .value bdi").evaluate_all(lines) == [1] * 6


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa", "rtl")])
def test_the_page_is_laid_out_in_the_readers_direction(
    town: Town, live_server: Any, chromium: Browser, language: str, direction: str
) -> None:
    with visit(chromium, live_server.url, town.session, language) as seen:
        seen.go(town.pages["overview"])
        side, stage = (seen.page.locator(name).bounding_box() for name in (".side", ".stage"))
        assert side is not None
        assert stage is not None
        assert (side["x"] < stage["x"]) is (direction == "ltr")
        assert seen.page.locator("#months-chart canvas").count() == 1


def test_the_list_narrows_while_somebody_types_and_can_be_shared(
    town: Town, live_server: Any, chromium: Browser
) -> None:
    with visit(chromium, live_server.url, town.session, "fa") as seen:
        page = seen.page
        seen.go(town.pages["members"])
        expect(page.locator("#results tbody tr")).to_have_count(2)
        page.keyboard.press("/")
        page.keyboard.type("۰۵۰۱۲۳۴", delay=20)
        expect(page.locator("#results tbody tr")).to_have_count(1)
        expect(page.locator("#q")).to_be_focused()
        assert "q=" in page.url
        page.reload()
        expect(page.locator("#results tbody tr")).to_have_count(1)
        page.locator("#results tbody a").click()
        expect(page.locator("h1")).to_contain_text("Amal")
        assert seen.complaints == []


def test_older_entries_join_the_statement(town: Town, live_server: Any, chromium: Browser) -> None:
    with visit(chromium, live_server.url, town.session) as seen:
        seen.go(town.pages["member"])
        entries = seen.page.locator("#entries > .entry")
        expect(entries).to_have_count(20)
        seen.page.locator("#more a").click()
        expect(entries).not_to_have_count(20)
        numbers = entries.locator(".entry-title").all_inner_texts()
        purchases = [text for text in numbers if "Purchase" in text]
        assert len(purchases) == len(set(purchases)) == 31
        assert seen.complaints == []


def test_the_language_is_switched_from_the_menu_and_the_page_stays(
    town: Town, live_server: Any, chromium: Browser
) -> None:
    with visit(chromium, live_server.url, town.session) as seen:
        seen.go(town.pages["receipts"] + "?q=N-OLAYA")
        seen.page.get_by_role("button", name="Language").click()
        seen.page.get_by_role("button", name="العربية").click()
        expect(seen.page.locator("html")).to_have_attribute("dir", "rtl")
        assert seen.page.url.endswith("?q=N-OLAYA")
        assert seen.complaints == []


def test_the_whole_way_by_keyboard_on_a_phone(town: Town, live_server: Any, chromium: Browser) -> None:
    with visit(chromium, live_server.url, width=360) as seen:
        page = seen.page
        seen.go(town.pages["members"])
        page.keyboard.type("huda")
        page.keyboard.press("Tab")
        page.keyboard.type("correct horse battery")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Members")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        menu = page.get_by_role("button", name="Menu")
        expect(page.locator("#nav")).not_to_be_visible()
        menu.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#nav")).to_be_visible()
        page.get_by_role("link", name="Receipts").press("Enter")
        expect(page.locator("h1")).to_have_text("Receipts")
        assert seen.complaints == []
