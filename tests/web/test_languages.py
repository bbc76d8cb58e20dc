"""Every page in three languages: its direction, its digits, its calendar, its words."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import signed_in
from tests.web.reading import said
from tests.web.shop import Shop

LANGUAGES = {"en": ("ltr", "tabler.min.css"), "ar": ("rtl", "tabler.rtl.min.css"), "fa": ("rtl", "tabler.rtl.min.css")}


def pages(shop: Shop) -> dict[str, str]:
    """Every page of the console."""
    return {
        "overview": reverse("console:overview"),
        "members": reverse("console:members"),
        "none found": reverse("console:members") + "?q=xyz",
        "member": reverse("console:member", args=[shop.amal.id]),
        "receipts": reverse("console:receipts"),
        "receipt": reverse("console:receipt", args=[shop.receipt("N-OLAYA").id]),
        "return": reverse("console:receipt", args=[shop.receipt("R-OLAYA").id]),
        "not found": "/members/nobody/",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_direction_styles_and_language(shop: Shop, language: str) -> None:
    direction, styles = LANGUAGES[language]
    owner = signed_in(shop.cast.huda, language)
    for name, place in pages(shop).items():
        text = owner.get(place).content.decode()
        assert f'<html lang="{language}" dir="{direction}">' in text, name
        assert re.search(rf"/static/vendor/tabler/{re.escape(styles)}\?v=\w+", text), name


@pytest.mark.parametrize(
    ("language", "phrases"),
    [
        ("en", ["1 June 2011, 15:00", "SAR 250.00", "Base points"]),
        ("ar", ["١ يونيو ٢٠١١، ١٥:٠٠", "٢٥٠٫٠٠ ر.س.", "النقاط الأساسية"]),
        ("fa", ["۱۱ خرداد ۱۳۹۰، ۱۵:۰۰", "۲۵۰٫۰۰ ریال سعودی", "امتیاز پایه"]),
    ],
)
def test_figures_and_days_in_the_readers_habit(shop: Shop, language: str, phrases: list[str]) -> None:
    text = said(signed_in(shop.cast.huda, language).get(pages(shop)["receipt"]).content.decode())
    for phrase in phrases:
        assert phrase in text


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_no_western_digit_stands_among_the_readers_own_but_in_codes(shop: Shop, language: str) -> None:
    owner = signed_in(shop.cast.huda, language)
    for name, place in pages(shop).items():
        text = said(owner.get(place).content.decode())
        for code in ("+966501234567", "N-OLAYA"):
            text = text.replace(code, "")
        assert not re.search(r"[0-9]", text), (name, text)


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_no_english_is_left_on_a_page(shop: Shop, language: str) -> None:
    ours = {"Wafa", "Amal", "Al-Harbi", "Badr", "amal", "badr", "Olaya", "Airport", "Green", "tea", "TEA", "till"}
    owner = signed_in(shop.cast.huda, language)
    for name, place in pages(shop).items():
        words = re.findall(r"[A-Za-z][A-Za-z-]+", said(owner.get(place).content.decode()))
        left = set(words) - ours - {"N-OLAYA", "N-AIRPORT", "N-ANONYMOUS", "R-OLAYA", "COFFEE"}
        assert not left, name


def test_the_merchants_name_in_each_language(shop: Shop) -> None:
    for language, name in (("en", "Corner Shop"), ("ar", "متجر الزاوية"), ("fa", "فروشگاه گوشه")):
        assert name in signed_in(shop.cast.huda, language).get(reverse("console:members")).content.decode()


def test_the_language_is_switched_and_kept(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    place = reverse("console:members") + "?q=amal"
    answer = owner.post(reverse("set_language"), {"language": "fa", "next": place})
    assert answer.headers["Location"] == place
    assert 'lang="fa" dir="rtl"' in owner.get(place).content.decode()
    assert 'lang="fa" dir="rtl"' in owner.get(reverse("console:overview")).content.decode()


def test_each_language_is_offered_by_its_own_name_even_before_signing_in(db: None) -> None:
    for client_language in LANGUAGES:
        text = Client().get("/sign-in/", headers={"accept-language": client_language}).content.decode()
        for code, name in (("en", "English"), ("ar", "العربية"), ("fa", "فارسی")):
            assert re.search(rf'value="{code}" lang="{code}"[^>]*>{name}<', text)


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Something went wrong"), ("ar", "حدث خطأ ما"), ("fa", "مشکلی پیش آمد")]
)
def test_a_bug_is_owned_up_to_in_the_readers_language(
    shop: Shop, language: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("wafa.web.console.views.overview.programme_of", fail)
    client = signed_in(shop.cast.huda, language)
    client.raise_request_exception = False
    answer = client.get(reverse("console:overview"))
    assert answer.status_code == 500
    assert title in answer.content.decode()
    assert answer.headers["Content-Security-Policy"]
