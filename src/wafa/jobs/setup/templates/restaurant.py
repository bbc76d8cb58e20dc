"""A restaurant: points for each order, and more for larger ones; a drink, a dessert or a meal for points."""

from typing import Any

from wafa.jobs.setup.templates.parts import base, one_tier, welcome, worth

NAMES = {"en": "Restaurant", "ar": "مطعم", "fa": "رستوران"}


def programme(coin: int) -> dict[str, Any]:
    """Fifty points an order from five coins on, a point for each coin, double at quiet hours."""
    return {
        "tiers": one_tier(),
        "expiry": {"kind": "months", "months": 12},
        "redemption": worth(100, 2 * coin),
        "exclusions": {"tags": ["delivery"], "tax": True},
        "rules": [
            base(1, coin),
            {
                "code": "order",
                "kind": "fixed",
                "points": 50,
                "when": {"kind": "amount", "at_least_minor": 5 * coin},
                "cap": {"points": 100, "per": "day"},
                "name": {"en": "Order", "ar": "طلب", "fa": "سفارش"},
            },
            {
                "code": "quiet",
                "kind": "multiplier",
                "of": "base",
                "factor": "2",
                "when": {
                    "all": [
                        {"kind": "weekday", "of": ["sunday", "monday", "tuesday", "wednesday"]},
                        {"kind": "hours", "from": "15:00", "to": "18:00"},
                    ]
                },
                "name": {"en": "Quiet hours", "ar": "ساعات الهدوء", "fa": "ساعت‌های خلوت"},
            },
            welcome(100),
        ],
    }
