"""What must be right with a document in itself, before anybody looks up what it names.

A document of the wrong shape never reaches the database; so the store asks the same question before it claims a number.
"""

from collections.abc import Iterable, Iterator

from wafa.core.commands import Annulment, DocumentCommand, Line, RecordExchange, RecordPurchase
from wafa.core.decide.texts import DESCRIPTION_LONGEST, NAME_LONGEST, PERIOD_LONGEST, is_usable
from wafa.core.outcomes import Refused
from wafa.core.refusals import Refusal
from wafa.core.values.money import LARGEST_MINOR

LARGEST_MILLI = 10**15
LARGEST_PRICE_MICRO = 10**18
LARGEST_PLAIN = LARGEST_MINOR // 1000
"""Of a line: a thousand such lines make no sum that is too large."""
YEAR_FIRST, YEAR_LAST = 2, 9998
"""Beyond these an instant may have no year in UTC, or in the merchant's zone."""

Numbered = Iterable[tuple[int, Line]]
"""Lines with their positions."""


def fault_in_shape(command: DocumentCommand) -> Refused | None:
    """The first fault by the refusals' order, the document's own before its lines'; None: nothing is wrong."""
    all_lines = command.lines
    if isinstance(command, RecordExchange):
        all_lines = (*command.lines, *command.returned)
    if not all_lines and not isinstance(command, Annulment):
        return Refused(Refusal.DOCUMENT_EMPTY)
    lines: list[tuple[int, Line]] = []
    if not all(map(_is_plain, all_lines)):
        lines = list(enumerate(all_lines, start=1))
    elif _is_plain_around(command):
        return None
    return (
        _bad_text(command, lines)
        or _bad_quantity(lines)
        or _amount_below_zero(command, lines)
        or _figure_out_of_range(command, lines)
    )


def _is_plain(line: Line) -> bool:
    """Whether nothing can be wrong with the line: so it is with most, and one question is quicker than four."""
    return (
        0 < line.quantity_milli <= LARGEST_MILLI
        and 0 <= line.amount_minor <= LARGEST_PLAIN
        and is_usable(line.item, NAME_LONGEST)
        and line.item != ""
        and is_usable(line.description, DESCRIPTION_LONGEST)
        and line.unit_price_micro is None
        and line.tax_minor is None
        and line.discount_minor is None
        and not line.tags
    )


def _is_plain_around(command: DocumentCommand) -> bool:
    """Whether nothing can be wrong with the document around its lines, as with most: short texts, no figures."""
    texts = (
        command.source,
        command.number,
        command.period,
        command.branch,
        command.member or "",
        command.currency,
        command.channel,
    )
    together = "".join(texts)
    return (
        type(command) is RecordPurchase
        and command.source != ""
        and command.number != ""
        and together.isascii()
        and "\0" not in together
        and max(map(len, texts)) <= PERIOD_LONGEST
        and not command.tags
        and not command.payments
        and command.tax_minor is None
        and command.discount_minor is None
        and YEAR_FIRST <= command.occurred_at.year <= YEAR_LAST
        and len(command.lines) * LARGEST_PLAIN <= LARGEST_MINOR
    )


def _bad_text(command: DocumentCommand, lines: Numbered) -> Refused | None:
    for field, text, longest, needed in _texts(command):
        if not is_usable(text, longest) or (needed and not text):
            return Refused(Refusal.TEXT_NOT_USABLE, {"field": field})
    for position, line in lines:
        usable = line.item != "" and is_usable(line.item, NAME_LONGEST)
        usable = usable and is_usable(line.description, DESCRIPTION_LONGEST)
        if not usable or not all(is_usable(tag, NAME_LONGEST) for tag in line.tags):
            return Refused(Refusal.TEXT_NOT_USABLE, {"field": "lines", "line": position})
    return None


def _texts(command: DocumentCommand) -> Iterator[tuple[str, str, int, bool]]:
    """The document's own texts: field, text, how long it may be, whether it may not be empty."""
    yield "source", command.source, NAME_LONGEST, True
    yield "number", command.number, NAME_LONGEST, True
    yield "period", command.period, PERIOD_LONGEST, False
    yield "branch", command.branch, NAME_LONGEST, False
    yield "member", command.member or "", NAME_LONGEST, False
    yield "currency", command.currency, NAME_LONGEST, False
    yield "channel", command.channel, PERIOD_LONGEST, False
    for tag in command.tags:
        yield "tags", tag, NAME_LONGEST, False
    for payment in command.payments:
        yield "payments", payment.method, NAME_LONGEST, True
    named = command.annulled if isinstance(command, Annulment) else getattr(command, "receipt", None)
    for text in named or ():
        yield "receipt", text, NAME_LONGEST, False


def _bad_quantity(lines: Numbered) -> Refused | None:
    for position, line in lines:
        if line.quantity_milli <= 0:
            return Refused(Refusal.QUANTITY_NOT_ABOVE_ZERO, {"line": position})
    return None


def _amount_below_zero(command: DocumentCommand, lines: Numbered) -> Refused | None:
    for field in ("tax_minor", "discount_minor", "withheld_minor"):
        if (getattr(command, field, None) or 0) < 0:
            return Refused(Refusal.AMOUNT_BELOW_ZERO, {"field": field})
    for position, line in lines:
        if min(line.amount_minor, line.tax_minor or 0, line.discount_minor or 0, line.unit_price_micro or 0) < 0:
            return Refused(Refusal.AMOUNT_BELOW_ZERO, {"line": position})
    return None


def _figure_out_of_range(command: DocumentCommand, lines: Numbered) -> Refused | None:
    """`lines` as a field stands for their sum. What change was given is a payment below zero."""
    if not YEAR_FIRST <= command.occurred_at.year <= YEAR_LAST:
        return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": "occurred_at"})
    totals = {
        "tax_minor": command.tax_minor or 0,
        "discount_minor": command.discount_minor or 0,
        "withheld_minor": getattr(command, "withheld_minor", 0),
        "payments": max((abs(payment.amount_minor) for payment in command.payments), default=0),
    }
    for field, total in totals.items():
        if total > LARGEST_MINOR:
            return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": field})
    for position, line in lines:
        amounts = (line.amount_minor, line.tax_minor or 0, line.discount_minor or 0)
        too_dear = (line.unit_price_micro or 0) > LARGEST_PRICE_MICRO
        if line.quantity_milli > LARGEST_MILLI or max(amounts) > LARGEST_MINOR or too_dear:
            return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"line": position})
    if sum(line.amount_minor for line in command.lines) > LARGEST_MINOR:
        return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": "lines"})
    return None
