"""The owner's desk: a shop whose programme is being worked on."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.people import signed_in
from tests.web.shop import Shop
from tests.world import DEMO
from wafa.operations.drafts import save_draft

FULL: dict[str, Any] = {
    "code": "full",
    "kind": "per_unit",
    "name": {"en": "Coffee and cake in the early evening", "ar": "قهوة وكعك في المساء", "fa": "قهوه و کیک عصرانه"},
    "points": 5,
    "items": ["85123A", "22423"],
    "lines": {"categories": ["drinks", "cakes"], "tags": ["hot"], "discounted": False},
    "when": {
        "all": [
            {"kind": "weekday", "of": ["friday", "saturday"]},
            {"kind": "hours", "from": "16:00", "to": "18:00"},
            {"not": {"kind": "tier", "of": ["gold"]}},
            {"kind": "season", "calendar": "hijri", "from": [9, 1], "to": [9, 30]},
            {"kind": "bundle", "of": [{"items": ["COFFEE"]}, {"categories": ["cakes"]}]},
            {"kind": "branch", "of": ["olaya", "group:riyadh"]},
            {"kind": "amount", "at_least_minor": 5000, "with_tax": False},
        ]
    },
    "during": {"from": "2011-06-01", "to": "2011-12-31"},
    "caps": [{"points": 100, "per": "day"}, {"points": 1000, "per": "campaign"}],
    "per_receipt": {"least": 5, "most": 50},
    "budget": 100000,
    "group": "evening",
    "unless": {"items": ["SALE"], "discounted": True},
    "expiry": {"kind": "never"},
}
TIER = {"code": "more", "kind": "tier_percentage", "of": "base", "percent": {"gold": 50}, "name": {"en": "More"}}
SLIP = "N-OLAYA"


class Desk:
    """Drafts of every sort: whole, changed, wrong, saying more than a form can show."""

    def __init__(self) -> None:
        shop = Shop()
        doubled = DEMO["rules"][0] | {"points": 2}
        rules = [doubled, *DEMO["rules"][1:], FULL, TIER | {"code": "tier-2"}]
        limits = {"caps": [{"points": 5000, "per": "month"}]}
        changed = save_draft(shop.merchant, DEMO | {"rules": rules, "limits": limits}).number
        nested = {"all": [{"any": [{"kind": "first_at_branch"}, {"kind": "age", "at_least": 60}]}]}
        wrong = FULL | {"when": nested, "points": "five", "per_receipt": {"least": 9, "most": 3}}
        bad = save_draft(shop.merchant, DEMO | {"tiers": DEMO["tiers"][1:], "rules": [*DEMO["rules"], wrong]}).number
        receipt = shop.receipt(SLIP).id
        self.pages = {
            "versions": reverse("console:programme"),
            "live": reverse("console:version", args=[1]),
            "changed": reverse("console:version", args=[changed]),
            "wrong": reverse("console:version", args=[bad]),
            "new rule": reverse("console:new_rule", args=[changed]),
            "full rule": reverse("console:rule", args=[changed, 5]),
            "shares": reverse("console:rule", args=[changed, 6]),
            "wrong rule": reverse("console:rule", args=[bad, 5]),
            "try": reverse("console:try", args=[changed]),
            "tried": reverse("console:try", args=[changed]) + f"?receipt={receipt}",
            "not to be tried": reverse("console:try", args=[bad]),
            "last": reverse("console:try_last", args=[changed]),
        }
        self.session = signed_in(shop.cast.huda).cookies["sessionid"].value
