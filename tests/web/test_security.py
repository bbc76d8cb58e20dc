"""What a page never does: run what somebody typed, reach for another host, be framed, be kept by a cache."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import signed_in
from tests.web.shop import Shop, accepted, introduce
from tests.web.test_languages import pages
from tests.world import line

HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{ 7|add:7 }}%(n)s"""


def test_hostile_names_are_shown_as_they_are(shop: Shop) -> None:
    introduce(shop.amal, HOSTILE[:120], "")
    shop.merchant.name_en = shop.merchant.name_ar = shop.merchant.name_fa = HOSTILE[:120]
    shop.merchant.save()
    accepted(shop.world.buy(line(HOSTILE[:60], description=HOSTILE), number=HOSTILE[:60], channel="<b>", tags=("<i>",)))
    for language in ("en", "fa"):
        owner = signed_in(shop.cast.huda, language)
        places = [*pages(shop).values(), reverse("console:receipt", args=[shop.receipt(HOSTILE[:60]).id])]
        places += [f"{reverse('console:members')}?q=%3Cscript%3E", f"{reverse('console:receipts')}?q=%3Cscript%3E"]
        for place in places:
            text = owner.get(place).content.decode()
            assert "<script>alert" not in text, place
            assert "<img src=x" not in text, place
            assert "<b>" not in text.replace("<b><bdi>", ""), place
            assert "14%(n)s" not in text, place


def test_no_page_carries_scripts_or_styles_of_its_own_or_names_another_host(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    for place in [*pages(shop).values(), "/sign-in/"]:
        text = owner.get(place).content.decode() if place != "/sign-in/" else Client().get(place).content.decode()
        scripts = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", text)
        assert all('type="application/json"' in attributes for attributes in scripts), place
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), place
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text), place


def test_the_policy_allows_nothing_but_our_own(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    for place in [*pages(shop).values(), "/healthz", "/static/console/console.css"]:
        policy = owner.get(place).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_pages_are_kept_by_no_cache_and_sent_nowhere(shop: Shop) -> None:
    headers = signed_in(shop.cast.huda).get(reverse("console:members")).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_signing_out_takes_a_post_with_a_token(shop: Shop) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(shop.cast.huda, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/sign-out/").status_code == 200
    assert client.post("/sign-out/").status_code == 403
    assert client.get(reverse("console:members")).status_code == 200
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(reverse("console:members")).content.decode()
    )
    assert token
    assert client.post("/sign-out/", {"csrfmiddlewaretoken": token.group(1)}).status_code == 302
    assert client.get(reverse("console:members")).status_code == 302


def test_a_missing_token_is_explained(shop: Shop) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "ar"})
    answer = client.post("/sign-in/", {"login": "huda", "password": "x"})
    assert answer.status_code == 403
    assert "حاول مرة أخرى" in answer.content.decode()


def test_a_wrong_password_says_neither_which_part_was_wrong(shop: Shop) -> None:
    answers = {
        Client().post("/sign-in/", {"login": name, "password": "wrong"}).content.decode().count("alert-line wrong")
        for name in ("huda", "no-such-user")
    }
    assert answers == {1}


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_after_signing_in_the_page_asked_for_comes_next(shop: Shop, language: str) -> None:
    client = Client(headers={"accept-language": language})
    place = reverse("console:receipts") + "?q=N-OLAYA"
    asked = client.get(place)
    text = client.get(asked.headers["Location"]).content.decode()
    assert 'name="next"' in text
    answer = client.post("/sign-in/", {"login": "huda", "password": "correct horse battery", "next": place})
    assert answer.headers["Location"] == place
    away = Client().post(
        "/sign-in/", {"login": "huda", "password": "correct horse battery", "next": "https://evil.example/"}
    )
    assert "evil" not in away.headers["Location"]
