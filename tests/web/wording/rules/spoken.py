"""Words in a language, without the marks that only steer the direction of reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils import translation

from tests.core.programmes import Json
from wafa.wording.rules import Terms

TIERS = [
    {"code": "bronze", "from": 0, "name": {"en": "Bronze", "ar": "برونزي", "fa": "برنزی"}},
    {"code": "silver", "from": 100, "name": {"en": "Silver", "ar": "فضي", "fa": "نقره‌ای"}},
    {"code": "gold", "from": 200, "name": {"en": "Gold", "ar": "ذهبي", "fa": "طلایی"}},
]
CREDIT = {"en": "Store credit", "ar": "رصيد المتجر", "fa": "اعتبار فروشگاه"}
UNITS = [
    {"code": "stamps", "kind": "stamps", "card": 10, "name": {"en": "Stamps"}, "expiry": {"kind": "never"}},
    {"code": "credit", "kind": "money", "name": CREDIT, "expiry": {"kind": "never"}},
]
BASE = {
    "code": "base",
    "kind": "per_amount",
    "points": 1,
    "per_minor": 100,
    "name": {"en": "Base", "ar": "الأساس", "fa": "پایه"},
}
BODY: Json = {"tiers": TIERS, "units": UNITS, "expiry": {"kind": "never"}, "rules": [BASE]}
LANGUAGES = ("en", "ar", "fa")


def terms(*rules: Json) -> Terms:
    """The little programme's, with these rules besides its base."""
    return Terms.of(BODY | {"rules": [BASE, *rules]}, "SAR")


def said(language: str, speak: Callable[[], Any]) -> Any:
    """What is said in a language, be it one text or several."""
    with translation.override(language):
        found = speak()
    return plain(found) if isinstance(found, str) else [plain(text) for text in found]


def plain(text: str) -> str:
    """Without marks; a space is a space."""
    return re.sub("[\u200e\u200f\u061c\u2066-\u2069]", "", text).replace("\u00a0", " ")
