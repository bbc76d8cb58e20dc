"""Programmes to start from: each can be read, in every currency; and says what it promises."""

from __future__ import annotations

import pytest

from wafa.core.programme import Programme
from wafa.jobs.setup.coins import coin_minor
from wafa.jobs.setup.questions import TEXTS
from wafa.jobs.setup.templates import TEMPLATES

COINS = {
    "IRR": 10_000_000,
    "SAR": 100,
    "KWD": 100,
    "IQD": 1_000_000,
    "EGP": 1000,
    "JPY": 100,
    "EUR": 100,
    "GBP": 100,
}


@pytest.mark.parametrize(("currency", "minor"), COINS.items())
def test_a_coin_in_minor_units(currency: str, minor: int) -> None:
    assert coin_minor(currency) == minor


@pytest.mark.parametrize("kind", TEMPLATES)
@pytest.mark.parametrize("currency", ["IRR", "KWD", "JPY"])
def test_each_can_be_read(kind: str, currency: str) -> None:
    programme = Programme.read(TEMPLATES[kind].programme(coin_minor(currency)))
    assert programme.rules


def test_clothing_in_toman() -> None:
    """100,000 toman bring 10 points; 1,000 points are worth 200,000. A toman is 10 rial, a rial 100 minor units."""
    body = TEMPLATES["clothing"].programme(coin_minor("IRR"))
    toman = 10 * 100
    assert (body["rules"][0]["points"], body["rules"][0]["per_minor"]) == (10, 100_000 * toman)
    assert body["redemption"]["worth"] == {"points": 1000, "minor": 200_000 * toman}


def test_every_rule_and_every_shop_has_its_name_in_three_languages() -> None:
    for template in TEMPLATES.values():
        body = template.programme(100)
        named = [template.names, *(part["name"] for name in ("rules", "tiers") for part in body[name])]
        assert all(names.keys() == {"en", "ar", "fa"} for names in named)


def test_every_question_is_asked_in_three_languages() -> None:
    assert TEXTS.keys() == {"en", "ar", "fa"}
    assert len({frozenset(texts) for texts in TEXTS.values()}) == 1
