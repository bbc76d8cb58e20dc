"""Every kind of entry, told from the explanation that the core keeps with it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from wafa.core.ledger.entry import KINDS
from wafa.wording.measures import POINTS, Measure, Measures
from wafa.wording.names import Names
from wafa.wording.slip import slip
from wafa.wording.titles import document_title, entry_title

VERSION = UUID(int=1)
BODY = {
    "tiers": [{"code": code, "name": {"en": code.title()}} for code in ("bronze", "silver", "gold")],
    "rules": [{"code": "base", "name": {"en": "Base"}}],
    "activities": [{"code": "review", "name": {"en": "Review", "ar": "تقييم"}}],
    "qualification": {"measure": "points", "grace_days": 10},
}
SPENDERS = BODY | {"qualification": {"measure": "spend"}}
UNITS = [
    {"code": "stamps", "kind": "stamps", "card": 10, "name": {"en": "Coffee card"}},
    {"code": "credit", "kind": "money", "name": {"en": "Store credit"}},
]
CREDIT = Measures(UNITS, "GBP").of("credit")
LOT = {"lot": "x", "document": "y", "number": "N-1", "points": 40, "expires_on": "2011-12-01"}
OWN = LOT | {"number": "", "document": None, "points": 5, "expires_on": None}
BACK = {"points": 40, "lots": [LOT], "lapsed": 0, "debt_paid": 0}
AT = {"till": "3", "cashier": "Karim"}
NOON = datetime(2011, 6, 1, 12, tzinfo=UTC)


def told(
    kind: str,
    explanation: dict[str, Any],
    points: int = 0,
    *,
    language: str = "en",
    measure: Measure = POINTS,
    of_at: datetime | None = None,
    body: dict[str, Any] = BODY,
) -> str:
    """The slip in one breath, without marks that only steer direction."""
    names = Names([(VERSION, body)])
    zone = ZoneInfo("Asia/Riyadh")
    with translation.override(language):
        said = slip(kind, explanation, names, VERSION, "GBP", measure=measure, points=points, zone=zone, of_at=of_at)
        return re.sub("[\u200e\u200f\u061c\u2066-\u2069]", "", str(said)).replace("\u00a0", " ")


REDEEMED = {"purpose": "money_off", "reference": "", "worth_minor": 400, "till": "", "cashier": "", "lots": [LOT]}


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ({}, "For £4.00 off the price."),
        ({"worth_minor": None}, "For money off the price."),
        ({"reference": "N-9"}, "For £4.00 off the price. Reference: N-9."),
        ({"purpose": "reward", "reference": "KETTLE"}, "For the reward KETTLE."),
        ({"purpose": "reward"}, "For a reward."),
        ({"purpose": "gift", "reference": "MUG"}, "For the gift MUG."),
        ({"purpose": "gift"}, "For a gift."),
    ],
)
def test_what_a_redemption_was_for(extra: dict[str, Any], says: str) -> None:
    lots = " Receipt N-1. Redeemed, last day 1 December 2011: −40."
    assert told("redemption", REDEEMED | extra, -40) == says + lots


@pytest.mark.parametrize(
    ("till", "says"),
    [
        (AT, "Till 3, cashier Karim."),
        ({"till": "3", "cashier": ""}, "Till 3."),
        ({"till": "", "cashier": "Karim"}, "Cashier Karim."),
    ],
)
def test_at_which_till(till: dict[str, str], says: str) -> None:
    assert told("redemption", REDEEMED | till, -40).endswith(says)


def test_money_is_told_as_money_and_is_worth_what_it_is() -> None:
    text = told("redemption", REDEEMED | {"lots": [OWN | {"points": 450}]}, -450, measure=CREDIT)
    assert text == "For money off the price. Redeemed, without expiry: −£4.50."


def test_a_cancelled_redemption() -> None:
    text = told("cancellation", {"redemption": "x", **AT, **BACK}, 40, of_at=NOON)
    assert text == (
        "Receipt N-1. Given back, last day 1 December 2011: 40. Redeemed on 1 June 2011, 15:00. Till 3, cashier Karim."
    )
    late = BACK | {"lapsed": 40}
    assert "Of these, 40 points expired at once: the last day had passed." in told("cancellation", late, 0)
    assert "30 of these points paid off what was owed." in told("cancellation", BACK | {"debt_paid": 30}, 40)


LEFT = {
    "en": "Forfeited at once, since the member had left: 40 points.",
    "ar": "سقط في الحال ما مقداره ٤٠ نقطة، لأن العضوية كانت قد أُغلقت.",
    "fa": "۴۰ امتیاز بی‌درنگ از دست رفت، چون عضویت بسته شده بود.",
}


@pytest.mark.parametrize(("language", "says"), LEFT.items())
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cancellation", {"redemption": "x", **BACK}),
        ("reinstatement", {"receipts": [], "unmatched": []}),
        ("clawback", {"receipts": [], "unmatched": []}),
        ("unmerge_out", {"member": "x", "points": 0}),
    ],
)
def test_what_comes_back_to_one_who_has_left(kind: str, said: dict[str, Any], language: str, says: str) -> None:
    assert told(kind, said | {"forfeited": 40}, language=language).endswith(says)
    assert not told(kind, said, language=language).endswith(says)


def test_a_hold_and_how_it_ends() -> None:
    placed = {"expires_at": "2011-06-01T12:15:00+00:00", **AT, "lots": [LOT]}
    assert told("hold", placed) == (
        "On hold until 1 June 2011, 15:15. Receipt N-1. On hold, last day 1 December 2011: 40. Till 3, cashier Karim."
    )
    captured = {**REDEEMED, "purpose": "gift", "captured": 30, "released": BACK | {"points": 10, "lapsed": 4}}
    assert told("capture", captured, -34, of_at=NOON) == (
        "For a gift. Receipt N-1. Redeemed, last day 1 December 2011: −40. "
        "It had been on hold since 1 June 2011, 15:00. The rest went back: 10 points. "
        "Of these, 4 points expired at once: the last day had passed."
    )
    back = "Receipt N-1. Given back, last day 1 December 2011: 40. "
    assert told("release", {"reason": "time", **BACK}) == back + "The time of the hold ran out."
    assert told("release", {"reason": "released", **BACK}) == back + "It was released at the till."


def test_points_that_become_available() -> None:
    line = "Receipt N-1. Now available, last day 1 December 2011: 40."
    assert told("activation", {"lots": [LOT], "debt_paid": 0}) == line
    assert told("activation", {"lots": [LOT], "debt_paid": 40}).endswith("40 of these points paid off what was owed.")
    on_event = {"receipt": "N-1", "lots": [LOT], "debt_paid": 0}
    assert told("activation", on_event) == f"{line} What these points waited for has happened."
    nothing = {"lots": [LOT | {"points": 0}], "debt_paid": 0}
    assert told("activation", nothing) == "Nothing was left that could become available."


def test_points_given_and_taken_by_hand() -> None:
    said = {"reason": "goodwill", "note": "They had to wait.", "debt_paid": 0, "lapsed": 0, "lots": [OWN]}
    assert told("adjustment", said, 5) == "Reason: goodwill, without expiry: 5. “They had to wait.”"
    assert told("adjustment", said | {"lots": [LOT]}, -40) == (
        "Receipt N-1. Reason: goodwill, last day 1 December 2011: −40. “They had to wait.”"
    )


def test_points_for_what_was_done() -> None:
    said = {"activity": "review", "subject": "LAMP", "debt_paid": 0, "lapsed": 0, "lots": [OWN]}
    assert told("reward", said, 5) == "Review, without expiry: 5. “LAMP”"
    assert told("reward", said | {"subject": "", "debt_paid": 2}, 3) == (
        "Review, without expiry: 5. 2 of these points paid off what was owed."
    )
    assert told("reward", said, 5, language="ar").startswith("تقييم")


@pytest.mark.parametrize(("body", "counts"), [(BODY, "700"), (SPENDERS, "£7.00")])
def test_what_was_brought_from_an_old_programme(body: dict[str, Any], counts: str) -> None:
    said = {"debt_paid": 0, "lapsed": 0, "qualifying": 700, "lots": [OWN]}
    expected = f"Brought along, without expiry: 5. Counts for the tier: {counts}."
    assert told("opening", said, 5, body=body) == expected


def test_leaving() -> None:
    assert told("closure", {"forfeited": 5, "forgiven": 0}, -5) == "Forfeited: −5."
    assert told("closure", {"forfeited": 0, "forgiven": 7}, 7) == "Debt forgiven: 7."
    assert told("closure", {"forfeited": 0, "forgiven": 0}) == "Nothing was left, and nothing was owed."


def test_points_passed_on() -> None:
    assert told("transfer_out", {"to": "badr", "points": 40, "fee": 4, "lots": [LOT]}, -44) == (
        "To member badr: −40. Fee: −4."
    )
    assert told("transfer_out", {"to": "badr", "points": 40, "fee": 0, "lots": [LOT]}, -40) == "To member badr: −40."
    assert told("transfer_in", {"from": "amal", "debt_paid": 3, "lots": [LOT]}, 40) == (
        "Receipt N-1. From member amal, last day 1 December 2011: 40. 3 of these points paid off what was owed."
    )


def test_two_cards_that_become_one_and_part_again() -> None:
    moved = {"qualifying": 60, "available": 50, "pending": 0, "held": 8, "debt": 0}
    assert told("merge_out", {"into": "ehsan", **moved}, -58) == (
        "Available: −50. On hold: −8. Counts for the tier: −60. All that this member had is now member ehsan's."
    )
    owing = {"member": "ehsan-2", **moved, "available": 0, "debt": 9, "debt_paid": 2}
    assert told("merge_in", owing, -1) == (
        "On hold: 8. Owed: −9. Counts for the tier: 60. All that member ehsan-2 had is now here. "
        "2 of these points paid off what was owed."
    )
    assert told("unmerge_out", {"member": "ehsan-2", "points": -58}, -58) == (
        "The merge was undone: what member ehsan-2 had brought along went back."
    )
    assert told("unmerge_in", {"from": "ehsan", "points": 58}, 58) == (
        "The merge was undone: what is left of what had gone over to member ehsan came back."
    )


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_who_it_was_is_said_in_every_language_when_a_merge_is_undone(language: str) -> None:
    assert "ehsan-2" in told("unmerge_out", {"member": "ehsan-2", "points": -58}, -58, language=language)
    assert "ehsan-9" in told("unmerge_in", {"from": "ehsan-9", "points": 58}, 58, language=language)


PART = {
    "document": "y", "number": "N-1", "taken": {},
    "awards": [{"rule": "base", "kind": "per_amount", "first": 70, "before": 70, "after": 0, "points": -70}],
}  # fmt: skip


def test_a_receipt_that_goes_to_another_member() -> None:
    assert told("reversal", {"number": "N-1", "to": "badr", "receipts": [PART]}, -70) == (
        "Receipt N-1. Base, 0 of 70 left: −70. The receipt belongs to member badr now."
    )
    nothing = PART | {"awards": []}
    assert "The receipt had earned nothing." in told("reversal", {"to": "badr", "receipts": [nothing]})
    award = {"rule": "base", "kind": "", "points": 70, "figures": {}}
    earned = {"number": "N-1", "awards": [award], "debt_paid": 0, "lapsed": 0, "reason": None}
    assert told("claim", earned, 70) == "Base: 70. The receipt had been credited to another member."
    assert told("claim", earned | {"from": None}, 70) == (
        "Base: 70. The receipt had been recorded without a member, and was claimed later."
    )


def test_a_cancelled_return_gives_again_what_it_had_taken() -> None:
    award = {"rule": "base", "kind": "per_amount", "first": 70, "before": 0, "after": 70, "points": 70}
    taken = {"own_lot": -10, "already_expired": -5, "other_lots": -20, "debt": -30, "forgiven": -3, "withheld": -2}
    assert told("reinstatement", {"receipts": [PART | {"awards": [award], "taken": taken}], "unmatched": []}, 60) == (
        "Receipt N-1. Base, 70 of 70 again: 70. "
        "5 points of these had expired, and stay expired. "
        "20 points of these went back to other points, from which they had been taken. "
        "30 points of these are no longer owed. "
        "3 points of these had been forgiven, and are not given again. "
        "2 points of these had been paid for in money, which is the customer's again."
    )
    assert told("reinstatement", {"receipts": [], "unmatched": []}) == (
        "What is the customer's again had earned nothing."
    )


@pytest.mark.parametrize(
    ("taken", "says"),
    [
        ({"forgiven": 1}, "1 point of these had been spent and was forgiven."),
        ({"withheld": 2}, "2 points of these had been spent; their worth was withheld from the refund."),
    ],
)
def test_what_a_programme_does_not_let_a_member_owe(taken: dict[str, int], says: str) -> None:
    assert told("clawback", {"receipts": [PART | {"taken": taken}]}, -70).endswith(says)


@pytest.mark.parametrize(
    ("review", "says"),
    [
        (
            {"from": "gold", "to": "gold", "supported": "silver", "below_since": "2011-08-01"},
            "What counts now is enough for Silver; Gold is kept until 10 August 2011.",
        ),
        (
            {"from": "gold", "to": "bronze", "supported": "bronze", "below_since": None},
            "Down from Gold to Bronze: what counts is no longer enough.",
        ),
        (
            {"from": "gold", "to": "silver", "supported": "bronze", "below_since": "2011-08-11"},
            "Down from Gold to Silver: what counts is no longer enough. "
            "What counts now is enough for Bronze; Silver is kept until 20 August 2011.",
        ),
        (
            {"from": "gold", "to": "gold", "supported": "gold", "below_since": None},
            "Gold is reached again, and kept.",
        ),
        (
            {"from": "silver", "to": "gold", "supported": "gold", "below_since": None},
            "Up from Silver to Gold.",
        ),
    ],
)
def test_a_review(review: dict[str, Any], says: str) -> None:
    assert told("review", review) == says


@pytest.mark.parametrize(
    ("points", "arabic"),
    [
        (1, "بمقدار نقطة واحدة"), (2, "بمقدار نقطتين"), (5, "بمقدار ٥ نقاط"), (11, "بمقدار ١١ نقطة"),
        (100, "بمقدار ١٠٠ نقطة"), (103, "بمقدار ١٠٣ نقاط"),
    ],
)  # fmt: skip
def test_amounts_within_a_sentence_in_arabic(points: int, arabic: str) -> None:
    captured = {**REDEEMED, "released": BACK | {"points": points}}
    assert f"أُعيد الباقي {arabic}." in told("capture", captured, -40, language="ar")


def test_days_and_digits_are_the_readers() -> None:
    placed = {"expires_at": "2011-06-01T12:15:00+00:00", "lots": [LOT]}
    assert "تا ۱۱ خرداد ۱۳۹۰، ۱۵:۱۵" in told("hold", placed, language="fa")
    assert "حتى ١ يونيو ٢٠١١، ١٥:١٥" in told("hold", placed, language="ar")


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_every_kind_has_a_title_of_its_own(language: str) -> None:
    with translation.override(language):
        titles = {kind: entry_title(kind, {}) for kind in KINDS}
        documents = [document_title(kind) for kind in ("purchase", "return", "exchange", "void", "cancel_return")]
    assert not any(title == kind for kind, title in titles.items())
    # A merge is undone in both wallets; that is one word.
    assert len(set(titles.values())) == len(KINDS) - 1
    assert len(set(documents)) == 5


def test_what_a_document_makes_of_a_title() -> None:
    with translation.override("en"):
        assert entry_title("clawback", {}, "void") == "Receipt voided"
        assert entry_title("clawback", {}, "exchange") == "Exchange: goods returned"
        assert entry_title("accrual", {}, "exchange") == "Exchange: goods sold"
        assert entry_title("claim", {"from": None}) == "Receipt claimed"
        assert entry_title("claim", {}) == "Receipt moved here"
        assert entry_title("expiry", {}, "", CREDIT) == "Expiry"
        assert entry_title("lottery", {}) == "lottery"


def test_units_are_told_by_their_kind() -> None:
    units = Measures(UNITS, "GBP")
    with translation.override("en"):
        assert (units.of("stamps").amount(1), units.of("stamps").amount(3)) == ("1 stamp", "3 stamps")
        assert (units.of("stamps").card, units.of("stamps").name) == (10, "Coffee card")
        assert (CREDIT.amount(450), CREDIT.change(450), CREDIT.change(-5)) == ("£4.50", "+£4.50", "−£0.05")
        assert (units.of("points").change(3), units.of("gone").name, units.of("gone").number(7)) == ("+3", "gone", "7")
