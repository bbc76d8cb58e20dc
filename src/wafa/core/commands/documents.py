"""Documents as sources send them: purchases, returns, exchanges, and what annuls them."""

from dataclasses import dataclass
from datetime import datetime

DocumentKey = tuple[str, str, str]
"""(source, numbering period, number): unique for a merchant, for ever."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document. `amount_minor` is the whole line's, after discounts, tax included.

    `unit_price_micro`, in millionths of a minor unit, is given where the amount is quantity x price, rounded: then what
    is left after a return is worth quantity x price again. Without it, it is worth its share of the amount.
    """

    item: str
    quantity_milli: int
    amount_minor: int
    description: str = ""
    tax_minor: int | None = None
    discount_minor: int | None = None
    tags: tuple[str, ...] = ()
    unit_price_micro: int | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """One way the receipt was paid."""

    method: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCommand:
    """What a purchase and a return have in common.

    `branch` is the branch's code, `member` the member's number in the source; without one it is anonymous.
    """

    at: datetime
    occurred_at: datetime
    source: str
    number: str
    branch: str
    currency: str
    lines: tuple[Line, ...]
    member: str | None = None
    period: str = ""
    channel: str = ""
    tags: tuple[str, ...] = ()
    payments: tuple[Payment, ...] = ()
    tax_minor: int | None = None
    discount_minor: int | None = None

    @property
    def key(self) -> DocumentKey:
        """What makes the document itself and no other."""
        return (self.source, self.period, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPurchase(DocumentCommand):
    """Goods were sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturn(DocumentCommand):
    """Goods came back: `lines` say which. `receipt` names the purchase where the source knows it.

    `withheld_minor` is what the till kept of the money for points that are no longer there, where the programme
    refuses a return that they do not cover.
    """

    receipt: DocumentKey | None = None
    withheld_minor: int = 0

    @property
    def came_back(self) -> tuple[Line, ...]:
        """The returned lines."""
        return self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExchange(DocumentCommand):
    """Goods were sold (`lines`) and others came back (`returned`) on one slip (law 11)."""

    returned: tuple[Line, ...]
    receipt: DocumentKey | None = None
    withheld_minor: int = 0

    @property
    def came_back(self) -> tuple[Line, ...]:
        """The returned lines."""
        return self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Annulment(DocumentCommand):
    """A document that takes another one back whole: it has no lines of its own."""

    annulled: DocumentKey
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidReceipt(Annulment):
    """The sale was a mistake: all that is left of it is taken back, and nothing can be returned to it any more."""

    withheld_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelReturn(Annulment):
    """The return was a mistake: what it brought back is with the customer again."""
