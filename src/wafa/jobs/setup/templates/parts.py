"""What several templates have in common."""

from typing import Any

Names = dict[str, str]
Part = dict[str, Any]

BASE: Names = {"en": "Base points", "ar": "النقاط الأساسية", "fa": "امتیاز پایه"}
WELCOME: Names = {"en": "Welcome", "ar": "نقاط الترحيب", "fa": "امتیاز خوش‌آمد"}
BIRTHDAY: Names = {"en": "Birthday", "ar": "عيد الميلاد", "fa": "هدیهٔ تولد"}


def one_tier() -> list[Part]:
    """No ladder to climb."""
    return [{"code": "member", "from": 0, "name": {"en": "Member", "ar": "عضو", "fa": "عضو"}}]


def three_tiers(silver: int, gold: int) -> list[Part]:
    """Bronze, silver, gold, from so many units on."""
    return [
        {"code": "bronze", "from": 0, "name": {"en": "Bronze", "ar": "برونزي", "fa": "برنزی"}},
        {"code": "silver", "from": silver, "name": {"en": "Silver", "ar": "فضي", "fa": "نقره‌ای"}},
        {"code": "gold", "from": gold, "name": {"en": "Gold", "ar": "ذهبي", "fa": "طلایی"}},
    ]


def tier_bonus(silver: int, gold: int) -> Part:
    """So many percent more for silver and gold."""
    return {
        "code": "tier",
        "kind": "tier_percentage",
        "of": "base",
        "percent": {"silver": silver, "gold": gold},
        "name": {"en": "Tier bonus", "ar": "مكافأة المستوى", "fa": "پاداش سطح"},
    }


def base(points: int, per_minor: int) -> Part:
    """Points for each full amount."""
    return {
        "code": "base",
        "kind": "per_amount",
        "points": points,
        "per_minor": per_minor,
        "qualifying": True,
        "name": BASE,
    }


def welcome(points: int) -> Part:
    """Points on the first purchase."""
    return {"code": "welcome", "kind": "first_purchase", "points": points, "name": WELCOME}


def worth(points: int, minor: int) -> Part:
    """What points are worth at the till."""
    return {"worth": {"points": points, "minor": minor}}
