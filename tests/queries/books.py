"""Merchants whose books hold every kind of row and every kind of movement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.store.webhooks import tell_somebody
from tests.world import NOON, World, line
from wafa.core.commands import (
    ActivateReceipt,
    Adjust,
    CancelRedemption,
    CancelReturn,
    CaptureHold,
    ClaimReceipt,
    CloseMember,
    Line,
    MergeMembers,
    MoveReceipt,
    OpenBalance,
    OpeningLot,
    Payment,
    PlaceHold,
    RecordActivity,
    RecordExchange,
    Redeem,
    ReleaseHold,
    Transfer,
    UndoMerge,
    VoidReceipt,
)
from wafa.core.outcomes import Posted
from wafa.operations.api_keys import KeyTerms, create_key
from wafa.operations.approvals import keep_waiting
from wafa.operations.keep_catalogue import CategoryRow, ItemRow, upsert_categories, upsert_items
from wafa.operations.member_tokens import add_card
from wafa.operations.requalify_tiers import requalify_tiers
from wafa.operations.set_member_status import set_member_status
from wafa.operations.settle import settle_due
from wafa.store.models import DoneRequest, MemberStatus, Source

MONTH = timedelta(days=30)
NAMES = {"en": "Name"}


def sound_books() -> World:
    """What comes, goes back and runs out, worked with ordinary operations only.

    Amal: R1 (tea 60 for three, two holders 40), of which a tea came back (B1), and R2 (cups 1,000): silver.
    Bilal: S1 was spent, then came back (C1): owed 160, of which S3 paid 50.
    Chadi: E1 expired, then half of it came back (D1). Dana is blocked: X1. Nobody: A1, of which one came back (A2).
    """
    world = World(members=("amal", "bilal", "chadi", "dana", "zayd"))
    told: dict[str, Any] = {"tax_minor": 5, "discount_minor": 3, "tags": ("hot",)}
    paid = (Payment("cash", 5000), Payment("card", 5000))
    world.buy(
        Line("TEA", 3000, 6000, "Tea", **told),
        line("85123A", 40, 2),
        number="R1",
        channel="web",
        tags=("sale",),
        payments=paid,
        tax_minor=9,
        discount_minor=4,
        period="2011",
    )
    world.bring_back(line("TEA", 0), line("SOAP", 0), number="B0")
    world.bring_back(line("TEA", 0), of=("till", "2011", "R1"), number="B1")
    world.buy(line("CUP", 1000), number="R2", branch="airport")

    world.buy(line("POST", 5), number="S0", member="bilal")
    world.buy(line("TEA", 60), number="S1", member="bilal", occurred_at=NOON - timedelta(hours=1))
    world.spend(160, number="S1", member="bilal")
    world.bring_back(line("TEA", 0), number="C1", member="bilal")
    world.buy(line("POST", 5), line("TEA", 0), number="S2", member="bilal")
    world.buy(line("85123A", 0, 10), number="S3", member="bilal")

    world.buy(line("TEA", 200, 2), number="E1", member="chadi", at=NOON)
    dana = world.member("dana")
    dana.status = "blocked"
    dana.save()
    world.buy(line("TEA", 70), number="X1", member="dana")
    world.buy(line("TEA", 30, 3), number="A1", member=None)
    world.bring_back(line("TEA", 0), of="A1", number="A2", member=None)

    world.stand_at(NOON + 7 * MONTH)
    settle_due(world.merchant)
    world.bring_back(line("TEA", 0), of="E1", number="D1", member="chadi")
    world.buy(line("TEA", 25), number="R3")
    return world


def programme(
    *,
    expiry: dict[str, Any] | None = None,
    own_expiry: dict[str, Any] | None = None,
    available: dict[str, Any] | None = None,
    qualification: dict[str, Any] | None = None,
    debt: str = "debt",
    restored: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A programme with every kind of rule and everything allowed; a point for each riyal, and what is said here."""
    spent = qualification and qualification["measure"] == "spend"
    seen = qualification and qualification["measure"] == "visits"
    steps = (0, 30_000, 90_000) if spent else (0, 3, 8) if seen else (0, 300, 1000)
    codes = zip(("bronze", "silver", "gold"), steps, strict=True)
    body: dict[str, Any] = {
        "tiers": [{"code": code, "from": step, "name": NAMES} for code, step in codes],
        "expiry": expiry or {"kind": "months", "months": 6},
        "exclusions": {"items": ["POST"]},
        "units": [
            {"code": "stamps", "kind": "stamps", "card": 10, "expiry": {"kind": "days", "days": 90}, "name": NAMES}
        ],
        "qualification": qualification or {"measure": "points", "window": {"kind": "rolling_months", "months": 12}},
        "redemption": {"worth": {"points": 10, "minor": 100}, "restored": restored or {"kind": "expire"}},
        "debt": debt,
        "transfers": {"fee_percent": 10},
        "activities": [{"code": "review", "kind": "review", "points": 8, "once_per": "subject", "name": NAMES}],
        "rules": [
            {"code": "base", "kind": "per_amount", "points": 1, "per_minor": 100, "qualifying": True, "name": NAMES},
            {"code": "tier", "kind": "tier_percentage", "of": "base", "percent": {"silver": 25}, "name": NAMES},
            {
                "code": "tea",
                "kind": "per_unit",
                "items": ["TEA"],
                "points": 10,
                "cap": {"points": 40, "per": "week"},
                "expiry": own_expiry or {"kind": "days", "days": 90},
                "available": available or {"kind": "after_days", "days": 14},
                "name": NAMES,
            },
            {
                "code": "double",
                "kind": "multiplier",
                "of": "base",
                "factor": "2",
                "unless": {"items": ["SALE"], "discounted": True},
                "name": NAMES,
            },
            {
                "code": "month",
                "kind": "spend_reached",
                "points": 50,
                "minor": 40_000,
                "per": "month",
                "available": {"kind": "on_event"},
                "name": NAMES,
            },
            {"code": "welcome", "kind": "first_purchase", "points": 5, "budget": 1000, "name": NAMES},
            {"code": "cups", "kind": "per_unit", "items": ["CUP"], "points": 2, "unit": "stamps", "name": NAMES},
        ],
    }
    return body


def full_books() -> World:
    """Every kind of movement, once or more, in three units of time: a day in June, three weeks later, a year later.

    Amal: a balance of an old programme, holds, redemptions, adjustments. Bilal: points passed on, and debt. Chadi:
    an exchange, a void receipt, a cancelled return. Dana: a return before its receipt, a late claim; a receipt that
    was Emir's. Farid was merged into Emir, and parted again; Zayd was, and is. Gamal has left.
    """
    world = World(programme(), ("amal", "bilal", "chadi", "dana", "emir", "farid", "gamal", "zayd"))
    upsert_categories(world.id, [CategoryRow("drinks", "Drinks"), CategoryRow("hot", "Hot drinks", "drinks")])
    upsert_items(world.id, [ItemRow("TEA", "Tea", "hot", tags=("leaf",))])
    _points_of_amal(world)
    _goods_of_the_others(world)
    _members_who_come_and_go(world)
    world.stand_at(NOON + timedelta(days=21))
    settle_due(world.merchant)
    world.stand_at(NOON + 13 * MONTH)
    settle_due(world.merchant)
    requalify_tiers(world.merchant)
    Source.objects.create(merchant_id=world.id, code="web", numbering="day")
    world.buy(line("CUP", 40), number="GONE", member="gamal")
    world.buy(line("CUP", 90), number="LAST", source="web")
    world.do(PlaceHold, points=7)
    tell_somebody(world)
    _what_programs_leave(world)
    assert world.differences() == []
    return world


def _what_programs_leave(world: World) -> None:
    """A key, a card, a request that made no entry, an adjustment that waits, a member blocked and let in again."""
    key, _ = create_key(world.id, KeyTerms("erp"))
    amal = world.member().id
    add_card(world.id, amal, "C-1")
    for status in (MemberStatus.BLOCKED, MemberStatus.ACTIVE):
        set_member_status(world.id, amal, status, "A card was lost.", world.now)
    keep_waiting(world.id, world.ask(Adjust, points=5000), key)
    DoneRequest.objects.create(merchant_id=world.id, key="api:1", content_hash=b"1", status=200, answer={})


def _points_of_amal(world: World) -> None:
    lots = (OpeningLot(100, date(2011, 6, 10)), OpeningLot(50))
    _done(world, OpenBalance, lots=lots, qualifying=200)
    world.buy(line("TEA", 100, 2), number="P1")
    first = _done(world, PlaceHold, points=30)
    _done(world, CaptureHold, hold=first, points=20)
    _done(world, ReleaseHold, hold=_done(world, PlaceHold, points=10))
    _done(world, PlaceHold, points=15, minutes=30)
    _done(world, CancelRedemption, redemption=_done(world, Redeem, points=40))
    _done(world, Redeem, points=25, reference="bill 7")
    _done(world, Adjust, points=60, branch="airport")
    _done(world, Adjust, points=-10)
    _done(world, Adjust, points=3, unit="stamps")
    _done(world, RecordActivity, activity="review", subject="TEA", occurred_at=NOON - MONTH, branch="airport")
    _done(world, Transfer, to="bilal", points=40)
    world.buy(line("CUP", 250), number="P2")
    _done(world, ActivateReceipt, receipt=("till", "", "P2"))


def _goods_of_the_others(world: World) -> None:
    world.buy(line("SALE", 300), number="S1", member="bilal")
    world.spend(345, member="bilal")
    world.bring_back(line("SALE", 0), of="S1", number="S2", member="bilal")
    world.buy(line("SALE", 120), number="S3", member="bilal")

    world.buy(line("TEA", 90, 3), line("CUP", 30), number="C1", member="chadi")
    told = world.purchase(line("CUP", 200), number="C2", member="chadi")
    said = {
        name: getattr(told, name) for name in ("at", "occurred_at", "source", "number", "member", "branch", "lines")
    }
    world.post(RecordExchange(**said, currency="SAR", returned=(line("TEA", 30),)))
    back = world.coming_back(line("CUP", 0), of="C1", number="C3", member="chadi")
    world.post(back)
    world.post(world.annul(CancelReturn, back, number="C4"))
    wrong = world.purchase(line("SALE", 40), number="C5", member="chadi")
    world.post(wrong)
    world.post(world.annul(VoidReceipt, wrong, number="C6"))

    world.bring_back(line("CUP", 0), of="D2", number="D1", member=None)
    world.buy(line("CUP", 60, 2), number="D2", member="dana", at=NOON + timedelta(minutes=1))
    world.bring_back(line("CUP", 0), of="NEVER", number="D3", member=None)
    world.buy(line("SALE", 80, 2), number="D4", member=None)
    world.bring_back(line("SALE", 0), of="D4", number="D5", member=None)
    _done(world, ClaimReceipt, receipt=("till", "", "D4"), member="dana")
    world.buy(line("CUP", 70), number="D6", member="emir")
    _done(world, MoveReceipt, receipt=("till", "", "D6"), to="dana")


def _members_who_come_and_go(world: World) -> None:
    world.buy(line("CUP", 310), number="E1", member="emir")
    world.buy(line("SALE", 110), number="F1", member="farid")
    _done(world, Adjust, member="farid", points=2, unit="stamps")
    merge = _done(world, MergeMembers, member="farid", into="emir")
    world.buy(line("CUP", 20), number="E2", member="farid")
    _done(world, UndoMerge, merge=merge)
    world.buy(line("SALE", 130), number="Z1", member="zayd")
    _done(world, PlaceHold, member="zayd", points=5, minutes=30)
    _done(world, MergeMembers, member="zayd", into="emir")
    world.buy(line("SALE", 15), number="G1", member="gamal")
    _done(world, CloseMember, member="gamal")


def _done(world: World, kind: type[Any], **fields: Any) -> Any:
    """Have a request carried out; answers the id of its entry."""
    outcome = world.do(kind, **fields)
    assert isinstance(outcome, Posted), outcome
    return outcome.slip.id
