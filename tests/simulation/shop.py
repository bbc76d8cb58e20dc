"""The chain that is simulated: its programme, its branches and members."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from wafa.operations.enrol import NewMember, enrol
from wafa.operations.open_branches import open_branches
from wafa.operations.publish_programme import publish_programme
from wafa.store.ids import new_id
from wafa.store.models import Merchant

OPENING = datetime(2023, 3, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
ZONES = ("Asia/Tehran", "Europe/London", "Asia/Riyadh")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a year is: branches, members, and commands in all."""

    branches: int = 50
    members: int = 2000
    commands: int = 20_000


def name(text: str) -> dict[str, str]:
    """A name in English alone."""
    return {"en": text}


def programme(chance: random.Random) -> dict[str, Any]:
    """Everything that a programme may have, with policies drawn by the seed."""
    windows: list[dict[str, Any]] = [
        {"kind": "lifetime"},
        {"kind": "calendar_year", "calendar": chance.choice(["gregorian", "jalali", "hijri"])},
        {"kind": "rolling_months", "months": chance.choice([1, 3, 12])},
    ]
    expiries: list[dict[str, Any]] = [
        {"kind": "months", "months": 3},
        {"kind": "days", "days": 45},
        {"kind": "inactivity", "months": 2},
        {"kind": "end_of", "period": "quarter", "months": 1, "calendar": "jalali"},
        {"kind": "never"},
    ]
    restored: list[dict[str, Any]] = [{"kind": "expire"}, {"kind": "grace", "days": 20}]
    available: list[dict[str, Any]] = [{"kind": "after_days", "days": 14}, {"kind": "on_event"}]
    return {
        "tiers": [
            {"code": "bronze", "from": 0, "name": name("Bronze")},
            {"code": "silver", "from": 300, "name": name("Silver")},
            {"code": "gold", "from": 1500, "name": name("Gold")},
        ],
        "qualification": {
            "measure": "points",
            "window": chance.choice(windows),
            "grace_days": chance.choice([0, 10]),
            "soft_landing": chance.random() < 0.5,
        },
        "expiry": chance.choice(expiries),
        "units": [{"code": "credit", "kind": "money", "expiry": {"kind": "never"}, "name": name("Store credit")}],
        "redemption": {"worth": {"points": 10, "minor": 100}, "restored": chance.choice(restored)},
        "debt": chance.choice(["debt", "debt", "forgive", "refuse"]),
        "transfers": {"fee_percent": chance.choice([0, 3])},
        "exclusions": {"items": ["BAG"]},
        "rules": [
            {
                "code": "base",
                "kind": "per_amount",
                "points": 1,
                "per_minor": 100,
                "qualifying": True,
                "name": name("B"),
            },
            {
                "code": "double",
                "kind": "multiplier",
                "of": "base",
                "factor": "2",
                "unless": {"discounted": True},
                "name": name("Double"),
                "available": chance.choice(available),
            },
            {"code": "tier", "kind": "tier_percentage", "of": "base", "percent": {"gold": 50}, "name": name("Tier")},
            {
                "code": "tea",
                "kind": "per_unit",
                "items": ["TEA"],
                "points": 7,
                "cap": {"points": 40, "per": chance.choice(["day", "week", "month"])},
                "expiry": {"kind": "days", "days": 20},
                "name": name("Tea"),
            },
            {
                "code": "month",
                "kind": "spend_reached",
                "points": 50,
                "minor": 50_000,
                "per": "month",
                "name": name("M"),
            },
            {"code": "welcome", "kind": "first_purchase", "points": 25, "name": name("Welcome")},
        ],
    }


def found(chance: random.Random, size: Size) -> UUID:
    """The chain, with its branches and members; answers the merchant's id."""
    merchant = Merchant.objects.create(
        code=f"sim-{new_id()}",
        name_en="Simulated chain",
        currency="SAR",
        time_zone=chance.choice(ZONES),
        clock_at=OPENING,
    )
    publish_programme(merchant, programme(chance), OPENING - timedelta(days=1))
    open_branches(merchant.id, {f"b{number}": f"Branch {number}" for number in range(size.branches)})
    enrol(merchant.id, [NewMember(f"m{number}", OPENING) for number in range(size.members)])
    return merchant.id
