"""Documents as programs send them, and the commands that they become."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from wafa.core.commands import (
    CancelReturn,
    DocumentCommand,
    DocumentKey,
    Line,
    Payment,
    RecordExchange,
    RecordPurchase,
    RecordReturn,
    VoidReceipt,
)
from wafa.web.api.fields import (
    Body,
    Code,
    Currency,
    Description,
    Instant,
    MaybeCode,
    Minor,
    PaidMinor,
    QuantityMilli,
    ShortCode,
)
from wafa.web.api.member_names import MemberRef

LINES_MOST = 1000
TAGS_MOST = 50

Tags = Annotated[list[Code], Field(max_length=TAGS_MOST)]


class LineIn(Body):
    """One line of a slip."""

    item: Code = Field(description="The item's code.")
    quantity: QuantityMilli = Field(description='Pieces, or a decimal in quotes with up to three places: "0.25".')
    amount_minor: Minor = Field(description="Of the whole line, after discounts, tax included, in minor units.")
    description: Description = ""
    tax_minor: Minor | None = None
    discount_minor: Minor | None = None
    tags: Tags = []

    def line(self) -> Line:
        """As the core reads it."""
        return Line(
            self.item,
            self.quantity,
            self.amount_minor,
            self.description,
            self.tax_minor,
            self.discount_minor,
            tuple(self.tags),
        )


class PaymentIn(Body):
    """One way in which the receipt was paid."""

    method: Code = Field(description="As your tills name it: cash, card, points …")
    amount_minor: PaidMinor = Field(description="What change was given is below zero.")


class ReceiptRef(Body):
    """A document by its source and number."""

    source: Code
    number: Code
    period: ShortCode = ""

    def key(self) -> DocumentKey:
        """As the core knows it."""
        return (self.source, self.period, self.number)


Lines = Annotated[list[LineIn], Field(min_length=1, max_length=LINES_MOST)]


class DocumentIn(Body):
    """What every document says: where it comes from, when it happened, and where."""

    source: Code = Field(description="The till or system that numbered it.")
    number: Code = Field(description="Its number there; with the source it is unique for ever.")
    period: ShortCode = Field("", description="The numbering period, where the source's numbers start again.")
    occurred_at: Instant = Field(description="When it happened, by RFC 3339 with the offset.")
    branch: Code = Field(description="The branch's code.")
    currency: Currency = Field(description="The merchant's, by ISO 4217.")

    def facts(self, at: datetime) -> dict[str, Any]:
        """What any command is made of."""
        return {
            "at": at,
            "source": self.source,
            "number": self.number,
            "period": self.period,
            "occurred_at": self.occurred_at,
            "branch": self.branch,
            "currency": self.currency,
        }


class SlipIn(DocumentIn):
    """A document with lines, of a member or of nobody."""

    member: MemberRef | None = Field(None, description="Absent: anonymous.")
    lines: Lines
    channel: ShortCode = Field("", description="store, online, app …")
    tags: Tags = []
    payments: Annotated[list[PaymentIn], Field(max_length=20)] = []
    tax_minor: Minor | None = Field(None, description="Of the whole slip, where the lines do not say.")
    discount_minor: Minor | None = Field(None, description="Of the whole slip, where the lines do not say.")

    def slip_facts(self, at: datetime, member: str | None) -> dict[str, Any]:
        """With the member's number, where there is a member."""
        return self.facts(at) | {
            "member": member,
            "lines": lines_of(self.lines),
            "channel": self.channel,
            "tags": tuple(self.tags),
            "payments": tuple(Payment(each.method, each.amount_minor) for each in self.payments),
            "tax_minor": self.tax_minor,
            "discount_minor": self.discount_minor,
        }


class PurchaseIn(SlipIn):
    """Goods were sold; with `returned`, others came back on the same slip (an exchange)."""

    returned: Annotated[list[LineIn], Field(min_length=1, max_length=LINES_MOST)] | None = None
    receipt: ReceiptRef | None = Field(None, description="Of an exchange: the receipt of what came back.")
    withheld_minor: Minor = Field(0, description="Of an exchange: see returns.")

    def command(self, at: datetime, member: str | None) -> DocumentCommand:
        """A purchase, or an exchange."""
        facts = self.slip_facts(at, member)
        if self.returned is None:
            return RecordPurchase(**facts)
        receipt = self.receipt.key() if self.receipt else None
        return RecordExchange(
            **facts, returned=lines_of(self.returned), receipt=receipt, withheld_minor=self.withheld_minor
        )


class PreviewIn(SlipIn):
    """Goods in the basket: they have no number yet."""

    number: MaybeCode = ""


class ReturnIn(SlipIn):
    """Goods came back. With `receipt`, to that receipt; without, to the member's latest that still hold the items."""

    receipt: ReceiptRef | None = None
    withheld_minor: Minor = Field(
        0, description="What the till kept of the money for points that had been spent, where the programme refuses."
    )

    def command(self, at: datetime, member: str | None) -> DocumentCommand:
        """A return."""
        receipt = self.receipt.key() if self.receipt else None
        return RecordReturn(**self.slip_facts(at, member), receipt=receipt, withheld_minor=self.withheld_minor)


class VoidIn(DocumentIn):
    """The sale was a mistake: all that is left of the receipt is taken back."""

    receipt: ReceiptRef
    withheld_minor: Minor = 0

    def command(self, at: datetime, member: str | None) -> DocumentCommand:
        """A void."""
        return VoidReceipt(**self.facts(at), annulled=self.receipt.key(), withheld_minor=self.withheld_minor)


class CancelReturnIn(DocumentIn):
    """The return was a mistake: what it brought back is with the customer again."""

    returned: ReceiptRef = Field(description="The return that is cancelled.")

    def command(self, at: datetime, member: str | None) -> DocumentCommand:
        """A cancelled return."""
        return CancelReturn(**self.facts(at), annulled=self.returned.key())


def lines_of(lines: Sequence[LineIn]) -> tuple[Line, ...]:
    """As the core reads them."""
    return tuple(line.line() for line in lines)
