"""A second, independent reading of the demo programme, used to check the engine and sharing nothing with it.

It replays the receipts of the Online Retail file one document after another, in plain dictionaries and
lists, slowly and obviously, and says what every member must end with. It was written from the texts alone
(the demo programme's page, and the law of points in the design), so where the engine and this file differ,
one of the two has misread the rules.

    python -m tests.demo.oracle FILE.csv.xz > balances.csv

`balances(rows)` gives the figures, `replay(rows)` the whole world they came from: every receipt with the
awards it was first given and those it still holds, every lot, every returned quantity that matched nothing.

Nothing in the demo is redeemed, held or pending, so a lot can only lose points to its own receipt's returns
or to expiry; taking a clawback from other lots, and owing it, is written out below but never happens there.
"""

from __future__ import annotations

import csv
import lzma
import sys
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

Row = dict[str, str]

FINAL_DAY = date(2011, 12, 10)  # where the merchant's clock stops; that day's expiry is the last thing run
PENNY = Decimal("0.01")
NOT_GOODS = {"POST", "DOT", "M", "m", "D", "S", "C2", "BANK CHARGES", "AMAZONFEE", "CRUK", "B", "PADS"}
HOLDER = "85123A"
TIERS = [("gold", 5000), ("silver", 1000), ("bronze", 0)]
TIER_PERCENT = {"bronze": 0, "silver": 25, "gold": 50}


@dataclass
class Balance:
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    accrued: int = 0  # all points ever given
    clawed_back: int = 0  # taken back by returns, leaving out what had already expired
    redeemed: int = 0
    expired: int = 0
    qualifying: int = 0
    tier: str = "bronze"


@dataclass
class Line:
    number: int  # the row's place in its document, from 1, rejected rows counted too
    code: str
    remaining: int  # what was sold, less what came back
    price: Decimal

    def amount(self) -> Decimal:
        return (self.remaining * self.price).quantize(PENNY, rounding=ROUND_HALF_EVEN)

    def eligible(self) -> bool:
        return self.code not in NOT_GOODS and not self.code.startswith("gift_0001_")


@dataclass
class Lot:
    points: int  # what can still be spent
    expires_on: date  # the last day on which it can
    order: int  # the place of its receipt among all documents: smaller is older
    expired: int = 0  # expired points which have not yet answered for a clawed-back point


@dataclass
class Receipt:
    at: datetime
    number: str
    lines: list[Line]
    tier: str  # the context, kept: the tier held before the receipt ...
    is_first: bool  # ... and whether no earlier purchase still held an eligible amount
    first_given: dict[str, int] = field(default_factory=dict)
    holds: dict[str, int] = field(default_factory=dict)
    lot: Lot | None = None

    def eligible_amount(self) -> Decimal:
        return sum((line.amount() for line in self.lines if line.eligible()), Decimal(0))

    def evaluate(self) -> dict[str, int]:
        """Award by award, what the lines that are left earn in the context kept with the receipt."""
        eligible = self.eligible_amount()
        base = int(eligible // 1)
        units = sum(line.remaining for line in self.lines if line.code == HOLDER)
        in_november = date(2011, 11, 1) <= self.at.date() <= date(2011, 11, 30)
        return {
            "base": base,
            "november": base if in_november else 0,
            "tier": base * TIER_PERCENT[self.tier] // 100,
            "holder": min(5 * units, 100),
            "welcome": 100 if self.is_first and eligible > 0 else 0,
        }


@dataclass
class Member:
    balance: Balance = field(default_factory=Balance)
    receipts: list[Receipt] = field(default_factory=list)  # in the order of documents
    lots: list[Lot] = field(default_factory=list)


@dataclass
class World:
    members: dict[str, Member] = field(default_factory=dict)
    unmatched: list[tuple[str, int, str, int]] = field(default_factory=list)  # return, line, code, quantity


@dataclass
class Document:
    at: datetime
    number: str
    customer: str
    rows: list[Row]


def documents(rows: Iterable[Row]) -> list[Document]:
    """All rows with one InvoiceNo are one document (they need not stand together in the file)."""
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(row["InvoiceNo"], []).append(row)
    found = []
    for number, its_rows in together.items():
        # The file's times are London's own; so are the days, months and expiry dates of the programme.
        at = min(datetime.fromisoformat(row["InvoiceDate"]) for row in its_rows)
        customers = {row["CustomerID"] for row in its_rows}
        if len(customers) != 1:
            raise ValueError(f"document {number} has several customers: {sorted(customers)}")
        found.append(Document(at, number, customers.pop(), its_rows))
    return sorted(found, key=lambda document: (document.at, document.number))


def last_day(bought_on: date) -> date:
    """Six calendar months later, or the last day of that month where it has no such day."""
    months = bought_on.year * 12 + (bought_on.month - 1) + 6
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(bought_on.day, monthrange(year, month)[1]))


def tier_for(qualifying: int) -> str:
    return next(tier for tier, threshold in TIERS if qualifying >= threshold)


def expire(world: World, today: date) -> None:
    for member in world.members.values():
        for lot in member.lots:
            if lot.points and lot.expires_on < today:
                member.balance.expired += lot.points
                lot.expired += lot.points
                lot.points = 0


def post_purchase(world: World, document: Document, order: int) -> None:
    lines = []
    for number, row in enumerate(document.rows, start=1):
        quantity, price = int(row["Quantity"]), Decimal(row["UnitPrice"])
        if quantity > 0 and price >= 0:
            lines.append(Line(number, row["StockCode"], quantity, price))
    if not lines or not document.customer:
        return  # not recorded; or anonymous, earning nothing
    member = world.members.setdefault(document.customer, Member())
    balance = member.balance
    is_first = all(earlier.eligible_amount() == 0 for earlier in member.receipts)
    receipt = Receipt(document.at, document.number, lines, balance.tier, is_first)
    receipt.first_given = receipt.evaluate()
    receipt.holds = dict(receipt.first_given)
    member.receipts.append(receipt)

    points = sum(receipt.holds.values())
    receipt.lot = Lot(points, last_day(document.at.date()), order)
    member.lots.append(receipt.lot)
    balance.accrued += points
    paid = min(points, balance.debt)  # any credit pays debt first
    balance.debt -= paid
    receipt.lot.points -= paid
    balance.qualifying += receipt.holds["base"]
    balance.tier = tier_for(balance.qualifying)  # counts from the next receipt on


def post_return(world: World, document: Document) -> None:
    numbered = enumerate(document.rows, start=1)
    returned = [(number, row["StockCode"], -int(row["Quantity"])) for number, row in numbered]
    returned = [item for item in returned if item[2] > 0]
    if not returned or not document.customer:
        return  # nothing usable; or anonymous, taking nothing
    member = world.members.setdefault(document.customer, Member())
    touched: list[Receipt] = []
    for number, code, quantity in returned:
        for receipt in reversed(member.receipts):  # the latest receipt first
            for line in reversed(receipt.lines):  # inside it the later line first
                if line.code == code and line.remaining > 0 and quantity > 0:
                    taken = min(quantity, line.remaining)
                    line.remaining -= taken
                    quantity -= taken
                    if receipt not in touched:
                        touched.append(receipt)
        if quantity:
            world.unmatched.append((document.number, number, code, quantity))
    for receipt in touched:
        reevaluate(member, receipt)


def reevaluate(member: Member, receipt: Receipt) -> None:
    now = receipt.evaluate()
    kept = {rule: min(first, now[rule]) for rule, first in receipt.first_given.items()}
    lost = {rule: receipt.holds[rule] - kept[rule] for rule in kept}
    if min(lost.values()) < 0:
        raise AssertionError("a return can't raise an award: nothing here is sold at a negative price")
    receipt.holds = kept
    claw_back(member, receipt, sum(lost.values()))
    member.balance.qualifying -= lost["base"]  # whole, whether or not the points themselves had expired
    member.balance.tier = tier_for(member.balance.qualifying)  # a correction, at once


def claw_back(member: Member, receipt: Receipt, points: int) -> None:
    own = receipt.lot
    assert own is not None
    from_own = min(points, own.points)
    own.points -= from_own
    already_gone = min(points - from_own, own.expired)
    own.expired -= already_gone
    missing = points - from_own - already_gone
    member.balance.clawed_back += from_own + missing  # leaves out what had already expired
    for lot in sorted(member.lots, key=lambda lot: (lot.expires_on, lot.order)):
        taken = min(missing, lot.points)
        lot.points -= taken
        missing -= taken
    member.balance.debt += missing


def replay(rows: Iterable[Row], final_day: date = FINAL_DAY) -> World:
    world = World()
    today = None
    for order, document in enumerate(documents(rows)):
        if document.at.date() != today:
            today = document.at.date()
            expire(world, today)
        if document.number.startswith("C"):
            post_return(world, document)
        else:
            post_purchase(world, document, order)
    expire(world, final_day)
    for member in world.members.values():
        member.balance.available = sum(lot.points for lot in member.lots)
    return world


def balances(rows: Iterable[Row]) -> dict[str, Balance]:
    return {number: member.balance for number, member in replay(rows).members.items()}


def main(path: str) -> None:
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        result = balances(csv.DictReader(file))
    columns = [column.name for column in fields(Balance)]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["member", *columns])
    for number in sorted(result):
        out.writerow([number, *(getattr(result[number], column) for column in columns)])


if __name__ == "__main__":
    main(sys.argv[1])
