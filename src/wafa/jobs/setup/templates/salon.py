"""A salon: points by the service, more for members who had been away."""

from typing import Any

from wafa.jobs.setup.templates.parts import one_tier, worth

NAMES = {"en": "Salon", "ar": "صالون", "fa": "سالن زیبایی"}

_SERVICES = {
    "haircut": (50, {"en": "Haircut", "ar": "قص الشعر", "fa": "کوتاهی مو"}),
    "colouring": (200, {"en": "Colouring", "ar": "صبغ الشعر", "fa": "رنگ مو"}),
    "manicure": (40, {"en": "Manicure", "ar": "مانيكير", "fa": "مانیکور"}),
}


def programme(coin: int) -> dict[str, Any]:
    """Each service has its points; whoever has not been seen for sixty days is welcomed back."""
    services = [
        {"code": code, "kind": "per_unit", "items": [code], "points": points, "qualifying": True, "name": names}
        for code, (points, names) in _SERVICES.items()
    ]
    return {
        "tiers": one_tier(),
        "expiry": {"kind": "inactivity", "months": 12},
        "redemption": worth(100, 2 * coin),
        "rules": [
            *services,
            {
                "code": "back",
                "kind": "fixed",
                "points": 100,
                "when": {"kind": "not_seen", "days": 60},
                "name": {"en": "Good to see you again", "ar": "سعدنا بعودتك", "fa": "خوش برگشتید"},
            },
        ],
    }
