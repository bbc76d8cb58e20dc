"""Looking at a page with a browser's eyes: what it complains of, what it asks for, what sticks out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.people import hired, signed_in
from tests.web.bazaar import Bazaar
from tests.web.shop import Shop, accepted, introduce
from tests.world import line
from wafa.store.models import Role

LONG = "Wolfeschlegelsteinhausenbergerdorff-" * 3


class Town:
    """The shop, with what pulls a page out of shape: long names, long statements, large figures."""

    def __init__(self) -> None:
        shop = Shop()
        world = shop.world
        introduce(shop.badr, LONG[:110], "+966509876543")
        accepted(world.buy(line(LONG[:60], 9_999_999, description=LONG), member="badr", number=LONG[:60]))
        for week in range(1, 30):
            world.stand_at(world.now + timedelta(days=7))
            accepted(world.buy(line("TEA", 30, 3), line("NUTS", 12), number=f"N-{week}"))
        world.expire()
        self.pages = {
            "overview": reverse("console:overview"),
            "members": reverse("console:members"),
            "nobody": reverse("console:members") + "?q=xyz",
            "member": reverse("console:member", args=[shop.amal.id]),
            "long member": reverse("console:member", args=[shop.badr.id]),
            "receipts": reverse("console:receipts"),
            "receipt": reverse("console:receipt", args=[shop.receipt("N-OLAYA").id]),
            "long receipt": reverse("console:receipt", args=[shop.receipt(LONG[:60]).id]),
            "return": reverse("console:receipt", args=[shop.receipt("R-OLAYA").id]),
        }
        self.session = signed_in(shop.cast.huda).cookies["sessionid"].value
        self.cashier = signed_in(shop.cast.karim).cookies["sessionid"].value


class Fair:
    """The shop in which everything has happened once."""

    def __init__(self) -> None:
        bazaar = Bazaar()
        introduce(bazaar.world.member("ehsan"), "احسان رضایی", "+989121234567")
        self.pages = {"overview": reverse("console:overview"), "receipts": reverse("console:receipts")}
        for number in ("amal", "badr", "dana", "ehsan-2", "farah", "ghada", "hani"):
            self.pages[number] = reverse("console:member", args=[bazaar.world.member(number).id])
        for number in ("N-1", "N-2", "N-4", "N-5", "N-6", "N-21", "R-2", "R-7", "R-8", "C-2", "V-4", "X-1"):
            self.pages[number] = reverse("console:receipt", args=[bazaar.document(number).id])
        self.pages["credit"] = self.pages["amal"] + "?unit=credit"
        self.pages["before the merge"] = (
            reverse("console:member", args=[bazaar.world.member("ehsan").id]) + "?card=ehsan-2&before=1"
        )
        owner = hired(bazaar.world, "samir", Role.OWNER)
        self.session = signed_in(owner).cookies["sessionid"].value


class Visit:
    """A page open in a browser, and everything it did that it should not have."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.complaints: list[str] = []
        page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        page.on(
            "response", lambda answer: answer.status >= 500 and self.complaints.append(f"{answer.status} {answer.url}")
        )

    def _note(self, url: str) -> None:
        if not url.startswith((self.server, "data:")):
            self.complaints.append(f"asked {url}")

    def go(self, place: str) -> None:
        """Open a page and let it settle."""
        self.page.goto(self.server + place, wait_until="load")
        self.page.evaluate("document.fonts.ready")

    def sticking_out(self) -> list[str]:
        """What reaches past the sides of the screen."""
        found: list[str] = self.page.evaluate(
            """() => {
                const root = document.documentElement;
                if (root.scrollWidth <= root.clientWidth) return [];
                return [...document.querySelectorAll("body *")]
                    .filter((node) => {
                        const box = node.getBoundingClientRect();
                        return box.width && (box.right > root.clientWidth + 1 || box.left < -1);
                    })
                    .map((node) => `${node.tagName}.${node.className}: ${node.textContent.trim().slice(0, 40)}`);
            }"""
        )
        return found


@contextmanager
def visit(browser: Browser, server: str, session: str = "", language: str = "en", width: int = 1280) -> Iterator[Visit]:
    """A browser of its own, signed in or not, on a screen of some width."""
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": language, "url": server}])
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": server}])
    try:
        yield Visit(context.new_page(), server)
    finally:
        context.close()
