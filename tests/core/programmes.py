"""Programmes for tests: as short as the test can be, so that its figures can be worked out in the head."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from wafa.core.programme import Programme

Json = dict[str, Any]


def rule(kind: str, code: str, **fields: Any) -> Json:
    """A rule's JSON; `during="2011-11-01 2011-11-30"` is short for its two ends."""
    during = fields.pop("during", None)
    if isinstance(during, str):
        fields["during"] = dict(zip(("from", "to"), during.split(), strict=True))
    return {"kind": kind, "code": code, "name": {"en": code.title()}} | fields


def per_amount(code: str = "base", **fields: Any) -> Json:
    """A qualifying point for each full 1.00, unless told otherwise."""
    return rule("per_amount", code, **({"points": 1, "per_minor": 100, "qualifying": True} | fields))


def multiplier(factor: str = "2", code: str = "double", of: str = "base", **fields: Any) -> Json:
    """The base so many times."""
    return rule("multiplier", code, of=of, factor=factor, **fields)


def tier_percentage(percent: dict[str, int], code: str = "tier", of: str = "base", **fields: Any) -> Json:
    """A share of the base by tier."""
    return rule("tier_percentage", code, of=of, percent=percent, **fields)


def per_unit(*items: str, points: int = 5, code: str = "unit", **fields: Any) -> Json:
    """Points for each full unit of the items."""
    return rule("per_unit", code, items=list(items), points=points, **fields)


def first_purchase(points: int = 100, code: str = "welcome", **fields: Any) -> Json:
    """Points for the first purchase."""
    return rule("first_purchase", code, points=points, **fields)


def body(*rules: Json, tiers: str = "bronze 0", months: int | None = 6, **exclusions: list[str]) -> Json:
    """A programme's JSON. `tiers="bronze 0, silver 100"`; `months=None`: its points never expire."""
    steps = [step.split() for step in tiers.split(", ")]
    return {
        "tiers": [{"code": code, "from": int(least), "name": {"en": code.title()}} for code, least in steps],
        "expiry": {"kind": "never"} if months is None else {"kind": "months", "months": months},
        "exclusions": exclusions,
        "rules": list(rules) or [per_amount()],
    }


def programme(*rules: Json, tiers: str = "bronze 0", months: int | None = 6, **exclusions: list[str]) -> Programme:
    """A programme; without rules of its own a point for each full 1.00."""
    return Programme.read(body(*rules, tiers=tiers, months=months, **exclusions))


def programme_with(*rules: Json, tiers: str = "bronze 0", months: int | None = 6, **sections: Any) -> Programme:
    """A programme with further sections: `debt="forgive"`, `units=[...]`, `expiry={...}` in place of the months."""
    return Programme.read(body(*rules, tiers=tiers, months=months) | sections)


def unit(code: str, kind: str = "stamps", **fields: Any) -> Json:
    """A unit's JSON: stamps, ten to a card, unless told otherwise; they never expire."""
    own = {"card": 10} if kind == "stamps" else {}
    return {"code": code, "kind": kind, "name": {"en": code.title()}, "expiry": {"kind": "never"}} | own | fields


def demo_body() -> Json:
    """The demo's programme, as JSON."""
    found: Json = json.loads((files("wafa.jobs.demo") / "programme.json").read_text("utf-8"))
    return found
