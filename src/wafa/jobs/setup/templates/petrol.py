"""A petrol station: points by the litre, and by the amount in its shop."""

from typing import Any

from wafa.jobs.setup.templates.parts import one_tier, worth

NAMES = {"en": "Petrol station", "ar": "محطة وقود", "fa": "پمپ بنزین"}


def programme(coin: int) -> dict[str, Any]:
    """A point for each full litre, two for each coin in the shop; the fifth visit of a month is worth fifty."""
    return {
        "tiers": one_tier(),
        "expiry": {"kind": "months", "months": 12},
        "redemption": worth(100, coin),
        "exclusions": {"categories": ["tobacco", "phone_credit"]},
        "rules": [
            {
                "code": "litres",
                "kind": "per_unit",
                "points": 1,
                "lines": {"categories": ["fuel"]},
                "qualifying": True,
                "cap": {"points": 200, "per": "day"},
                "name": {"en": "Fuel", "ar": "الوقود", "fa": "سوخت"},
            },
            {
                "code": "shop",
                "kind": "per_amount",
                "points": 2,
                "per_minor": coin,
                "lines": {"not": {"categories": ["fuel"]}},
                "name": {"en": "Shop", "ar": "المتجر", "fa": "فروشگاه"},
            },
            {
                "code": "fifth",
                "kind": "fixed",
                "points": 50,
                "when": {"kind": "visits", "per": "month", "n": 5},
                "name": {"en": "Fifth visit of the month", "ar": "الزيارة الخامسة في الشهر", "fa": "پنجمین مراجعهٔ ماه"},
            },
        ],
    }
