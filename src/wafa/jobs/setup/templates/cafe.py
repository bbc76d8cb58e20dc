"""A café: a stamp for each drink, ten fill the card; and a few points for coffee with cake."""

from typing import Any

from wafa.jobs.setup.templates.parts import base, one_tier, worth

NAMES = {"en": "Café", "ar": "مقهى", "fa": "کافه"}


def programme(coin: int) -> dict[str, Any]:
    """The tenth drink is free: ten stamps are the card's."""
    return {
        "tiers": one_tier(),
        "expiry": {"kind": "months", "months": 6},
        "redemption": worth(100, coin),
        "units": [
            {
                "code": "stamps",
                "kind": "stamps",
                "card": 10,
                "expiry": {"kind": "months", "months": 12},
                "name": {"en": "Coffee card", "ar": "بطاقة القهوة", "fa": "کارت قهوه"},
            }
        ],
        "rules": [
            base(1, coin),
            {
                "code": "stamp",
                "kind": "per_unit",
                "points": 1,
                "unit": "stamps",
                "lines": {"categories": ["drinks"]},
                "name": {"en": "A stamp a drink", "ar": "ختم لكل مشروب", "fa": "یک مهر برای هر نوشیدنی"},
            },
            {
                "code": "pair",
                "kind": "fixed",
                "points": 5,
                "when": {"kind": "bundle", "of": [{"categories": ["drinks"]}, {"categories": ["cakes"]}]},
                "name": {"en": "Coffee and cake", "ar": "قهوة مع كعك", "fa": "قهوه و کیک"},
            },
        ],
    }
