"""A shop in which everything has happened once that can: every kind of entry, document and wallet.

Amal spends, holds and returns; Badr gets what Amal passes on; Dana leaves; Ehsan's two cards become one; Farah's tier
is reviewed; Ghada's points wait for something; Hani owes nothing, since the programme forgives. Time passes from
1 June to 21 August 2011.
"""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.world import DEMO, NOON, World, line
from wafa.core import commands as ask
from wafa.core.outcomes import Accepted, Posted, Refused
from wafa.store.models import Document, Entry

DAY = timedelta(days=1)
NAMES = {
    "bonus": {"en": "Welcome", "ar": "نقاط الترحيب", "fa": "خوش‌آمدگویی"},
    "fair": {"en": "Book fair", "ar": "معرض الكتاب", "fa": "نمایشگاه کتاب"},
    "month": {"en": "Loyal month", "ar": "شهر الوفاء", "fa": "ماه وفاداری"},
    "stamps": {"en": "Coffee card", "ar": "بطاقة القهوة", "fa": "کارت قهوه"},
    "review": {"en": "Review", "ar": "تقييم", "fa": "نقد و نظر"},
    "credit": {"en": "Store credit", "ar": "رصيد المتجر", "fa": "اعتبار فروشگاه"},
}
PROGRAMME: dict[str, Any] = {
    "tiers": DEMO["tiers"],
    "qualification": {
        "measure": "points",
        "window": {"kind": "rolling_months", "months": 1},
        "grace_days": 10,
        "soft_landing": False,
    },
    "expiry": {"kind": "months", "months": 2},
    "units": [
        {"code": "stamps", "kind": "stamps", "card": 10, "expiry": {"kind": "never"}, "name": NAMES["stamps"]},
        {"code": "credit", "kind": "money", "expiry": {"kind": "months", "months": 12}, "name": NAMES["credit"]},
    ],
    "redemption": {"worth": {"points": 10, "minor": 100}, "least": 10},
    "holds": {"minutes": 15, "least": 1, "most": 1440},
    "transfers": {"fee_percent": 10},
    "activities": [{"code": "review", "kind": "review", "points": 30, "once_per": "subject", "name": NAMES["review"]}],
    "rules": [
        DEMO["rules"][0] | {"cap": {"points": 900, "per": "day"}},
        {
            "code": "bonus", "kind": "first_purchase", "points": 100, "name": NAMES["bonus"],
            "available": {"kind": "after_days", "days": 14}, "expiry": {"kind": "months", "months": 12},
        },
        {
            "code": "fair", "kind": "per_unit", "items": ["BOOK"], "points": 20, "name": NAMES["fair"],
            "available": {"kind": "on_event"}, "expiry": {"kind": "never"},
        },
        {
            "code": "cups", "kind": "per_unit", "items": ["MOCHA"], "points": 1, "unit": "stamps",
            "name": NAMES["stamps"],
        },
        {
            "code": "month", "kind": "spend_reached", "points": 50, "minor": 100_000, "per": "month",
            "name": NAMES["month"],
        },
    ],
}  # fmt: skip


class Bazaar:
    """The shop, after all that."""

    def __init__(self) -> None:
        members = ("amal", "badr", "dana", "ehsan", "ehsan-2", "farah", "ghada", "hani")
        self.world = world = World(PROGRAMME, members)
        self.merchant = world.merchant
        self.ids: dict[str, UUID] = {}
        self._june()
        self._july()
        self._august()

    # --- what happened ------------------------------------------------------------------------------------------------

    def _june(self) -> None:
        world = self.world
        self.buy("N-1", line("TEA", 600, 6), line("BOOK", 100, 2))
        self.buy("N-2", line("CARPET", 500))
        self.do("redeemed", ask.Redeem, points=60, till="3", cashier="Karim", reference="N-2")
        self.do("for a reward", ask.Redeem, points=40, purpose="reward", reference="KETTLE")
        self.do("held", ask.PlaceHold, points=200, minutes=30, till="3")
        self.later(minutes=5)
        self.do("captured", ask.CaptureHold, hold=self.ids["held"], points=150, purpose="gift", reference="MUG")
        self.do("cancelled", ask.CancelRedemption, redemption=self.ids["redeemed"], till="3")
        self.do("forgotten", ask.PlaceHold, points=25)
        self.do("let go", ask.PlaceHold, points=30)
        self.do("released", ask.ReleaseHold, hold=self.ids["let go"], cashier="Karim")
        self.later(hours=1)
        self.do("goodwill", ask.Adjust, points=80, reason="goodwill", note="The tea was late.")
        self.do("correction", ask.Adjust, points=-15, reason="correction", note="Counted twice at the till.")
        self.do("passed on", ask.Transfer, to="badr", points=100)
        self.do("credit", ask.Adjust, points=12_500, unit="credit", reason="refund", note="A broken lamp.")
        self.do("credit spent", ask.Redeem, points=4_050, unit="credit")
        self.do("credit held", ask.PlaceHold, points=1_000, unit="credit", minutes=1440)
        self.do("stamps", ask.Adjust, points=23, unit="stamps", reason="card", note="Brought from the paper card.")
        lots = (ask.OpeningLot(300, date(2011, 12, 31)), ask.OpeningLot(40, date(2011, 5, 1)), ask.OpeningLot(5))
        self.do("reviewed", ask.RecordActivity, member="ghada", activity="review", occurred_at=NOON, subject="LAMP")
        self.do("opened", ask.OpenBalance, member="badr", lots=lots, qualifying=700)
        self.buy("N-3", line("LAMP", 120), member="dana")
        self.buy("M-1", line("MOCHA", 12, 3), member="ghada")
        self.bring_back("M-2", line("MOCHA", 0), of="M-1", member="ghada")
        world.stand_at(NOON + 1 * DAY)
        self.bring_back("R-1", line("TEA", 200, 2), of="N-1")
        self.bring_back("R-2", line("TEA", 100, 1), of="N-1")
        self.cancel_return("C-2", "R-2")
        self.exchange("X-1", line("COFFEE", 90), returned=(line("CARPET", 500),), receipt=("till", "", "N-2"))
        self.buy("N-4", line("VASE", 70))
        self.void("V-4", "N-4")
        self.buy("N-5", line("RUG", 60), member=None)
        self.do("claimed", ask.ClaimReceipt, receipt=("till", "", "N-5"))
        self.buy("N-6", line("MIRROR", 75), member="badr")
        self.do("moved", ask.MoveReceipt, receipt=("till", "", "N-6"), to="amal")
        self.bring_back("R-7", line("DATES", 30), of="N-7")
        self.bring_back("R-8", line("FIGS", 20), of="N-8")
        self.buy("N-7", line("DATES", 60, 2), occurred_at=world.now - timedelta(hours=1))
        self.do("event", ask.ActivateReceipt, receipt=("till", "", "N-1"))
        world.stand_at(NOON + 16 * DAY)
        world.expire()

    def _july(self) -> None:
        world = self.world
        world.stand_at(NOON + 30 * DAY)
        self.buy("N-10", line("COPPER", 1_500), member="farah")
        self.buy("N-11", line("SAFFRON", 40), member="ehsan-2")
        self.do("merged", ask.MergeMembers, member="ehsan-2", into="ehsan")
        self.buy("N-12", line("BOOK", 35, 1), member="ghada")
        self.do("debtor's", ask.Adjust, member="hani", points=5, reason="goodwill", note="Hello.")
        self.buy("N-13", line("KILIM", 200), member="hani")
        self.do("hani's", ask.Redeem, member="hani", points=180)
        self.bring_back("R-13", line("KILIM", 200), of="N-13", member="hani")
        world.stand_at(NOON + 31 * DAY)
        self.buy("N-14", line("COPPER", 200), member="farah")
        self.do("left", ask.CloseMember, member="dana")

    def _august(self) -> None:
        world = self.world
        world.stand_at(NOON + 70 * DAY)
        world.expire()
        self.do("undone", ask.UndoMerge, merge=self.ids["merged"], expects=Refused)
        self.do("merged again", ask.MergeMembers, member="ghada", into="ehsan")
        self.do("parted", ask.UndoMerge, merge=self.ids["merged again"])
        self.review()
        world.stand_at(NOON + 81 * DAY)
        self.review()
        self.buy("N-20", line("TEA", 1_200), member="amal")
        self.buy("N-21", line("BOOK", 40, 3), member="amal")
        self.do("still held", ask.PlaceHold, points=120, minutes=45)

    # --- short words --------------------------------------------------------------------------------------------------

    def later(self, **time: float) -> None:
        """Some time passes."""
        self.world.stand_at(self.world.now + timedelta(**time))

    def buy(self, number: str, *lines: ask.Line, **facts: Any) -> None:
        """A purchase under a number."""
        self._count(self.world.purchase(*lines, number=number, **facts))

    def bring_back(self, number: str, *lines: ask.Line, of: str, **facts: Any) -> None:
        """A return of goods of a receipt."""
        self._count(self.world.coming_back(*lines, number=number, of=of, **facts))

    def exchange(self, number: str, *lines: ask.Line, **facts: Any) -> None:
        """Goods for goods."""
        bought = self.world.purchase(*lines, number=number)
        shared = {field.name: getattr(bought, field.name) for field in dataclasses.fields(bought)}
        self._count(ask.RecordExchange(**shared, **facts))

    def void(self, number: str, receipt: str) -> None:
        """A sale that was none."""
        self._count(self._annulment(ask.VoidReceipt, number, receipt))

    def cancel_return(self, number: str, back: str) -> None:
        """A return that was none."""
        self._count(self._annulment(ask.CancelReturn, number, back))

    def _annulment(self, kind: type[ask.Annulment], number: str, annulled: str) -> ask.Annulment:
        at = self.world.now
        return kind(
            at=at, occurred_at=at, source="till", number=number, branch="olaya", currency="SAR",
            annulled=("till", "", annulled),
        )  # fmt: skip

    def _count(self, command: ask.Command) -> None:
        outcome = self.world.post(command)[0]
        assert isinstance(outcome, Accepted), outcome

    def do(self, name: str, kind: type[ask.Command], expects: type = Posted, **fields: Any) -> None:
        """Ask for something, and remember the entry that came of it by a name."""
        outcome = self.world.do(kind, **fields)
        assert isinstance(outcome, expects), outcome
        if isinstance(outcome, Posted):
            self.ids[name] = outcome.slip.id

    def review(self) -> None:
        """Look at Farah's tier."""
        wallet = self.world.wallet("farah")
        self.world.post(ask.ReviewTiers(at=self.world.now, wallets=(wallet.id,)))

    # --- what is ------------------------------------------------------------------------------------------------------

    def document(self, number: str) -> Document:
        """A document by its number."""
        return Document.objects.of(self.merchant).get(number=number)

    def kinds(self) -> set[str]:
        """The kinds of entries that there are."""
        return set(Entry.objects.of(self.merchant).values_list("kind", flat=True))
