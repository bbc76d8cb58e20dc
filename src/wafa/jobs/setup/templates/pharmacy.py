"""A pharmacy: a point for each coin, but for medicines on prescription."""

from typing import Any

from wafa.jobs.setup.templates.parts import base, one_tier, worth

NAMES = {"en": "Pharmacy", "ar": "صيدلية", "fa": "داروخانه"}


def programme(coin: int) -> dict[str, Any]:
    """Half as much again for members of sixty and more; prescriptions earn nothing."""
    return {
        "tiers": one_tier(),
        "expiry": {"kind": "end_of", "period": "year", "months": 12, "calendar": "gregorian"},
        "redemption": worth(100, coin),
        "exclusions": {"categories": ["prescription"]},
        "rules": [
            base(1, coin),
            {
                "code": "senior",
                "kind": "multiplier",
                "of": "base",
                "factor": "1.5",
                "when": {"kind": "age", "at_least": 60},
                "name": {"en": "Sixty and more", "ar": "ستون عامًا فأكثر", "fa": "شصت سال به بالا"},
            },
        ],
    }
