"""A grocery: a point for each coin, a hundred of them worth one; a little more once a week."""

from typing import Any

from wafa.jobs.setup.templates.parts import base, one_tier, welcome, worth

NAMES = {"en": "Grocery", "ar": "بقالة", "fa": "خواربارفروشی"}


def programme(coin: int) -> dict[str, Any]:
    """One percent back, two on Tuesdays; phone credit and tobacco earn nothing."""
    return {
        "tiers": one_tier(),
        "expiry": {"kind": "months", "months": 12},
        "redemption": worth(100, coin),
        "exclusions": {"categories": ["tobacco", "phone_credit"]},
        "rules": [
            base(1, coin),
            {
                "code": "tuesday",
                "kind": "multiplier",
                "of": "base",
                "factor": "2",
                "when": {"kind": "weekday", "of": ["tuesday"]},
                "name": {"en": "Double Tuesday", "ar": "ثلاثاء النقاط المضاعفة", "fa": "سه‌شنبهٔ دوبرابر"},
            },
            welcome(50),
        ],
    }
