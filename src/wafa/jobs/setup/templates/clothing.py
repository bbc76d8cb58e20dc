"""A clothes shop: ten points for each full ten coins, a thousand of them a voucher; two weeks for returns."""

from typing import Any

from wafa.jobs.setup.templates.parts import base, three_tiers, tier_bonus, worth

NAMES = {"en": "Clothing", "ar": "ملابس", "fa": "پوشاک"}


def programme(coin: int) -> dict[str, Any]:
    """In toman: 10 points for each full 100,000; 1,000 points are worth 200,000."""
    return {
        "tiers": three_tiers(silver=1000, gold=5000),
        "qualification": {"measure": "points", "window": {"kind": "rolling_months", "months": 12}, "grace_days": 30},
        "expiry": {"kind": "months", "months": 12},
        "available": {"kind": "after_days", "days": 14},
        "redemption": worth(1000, 20 * coin),
        "rules": [
            base(10, 10 * coin),
            tier_bonus(silver=10, gold=20),
            {
                "code": "birthday",
                "kind": "multiplier",
                "of": "base",
                "factor": "2",
                "when": {"kind": "birthday", "days_before": 7, "days_after": 7},
                "name": {"en": "Birthday week", "ar": "أسبوع عيد الميلاد", "fa": "هفتهٔ تولد"},
            },
        ],
    }
