"""What every document must satisfy before it is looked at more closely; the first fault found is the refusal."""

from datetime import timedelta

from wafa.core.commands import DocumentCommand, Line, content_hash
from wafa.core.outcomes import Duplicate, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownMember, Snapshot
from wafa.core.values.money import LARGEST_MINOR

AHEAD_OF_CLOCK = timedelta(minutes=5)
"""How far a source's clock may run ahead of the merchant's (law 7)."""

LONGEST = {"source": 60, "number": 60, "period": 20, "channel": 20}
LARGEST_MILLI = 10**15
ACTIVE = "active"


def known_already(snapshot: Snapshot, command: DocumentCommand) -> tuple[bytes, Duplicate | Refused | None]:
    """The content's hash, and the answer where the number is taken (law 4)."""
    content = content_hash(command)
    known = snapshot.documents.get(command.key)
    if known is None:
        return content, None
    if known.content_hash == content:
        return content, Duplicate(known.slip)
    detail = {"source": command.source, "number": command.number}
    return content, Refused(Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT, detail)


def fault_of(snapshot: Snapshot, command: DocumentCommand) -> Refused | None:
    """What is wrong with a document in itself, then with what it names; None: nothing."""
    return _fault_in_shape(command) or _fault_in_place_and_time(snapshot, command)


def _fault_in_shape(command: DocumentCommand) -> Refused | None:
    if not command.lines:
        return Refused(Refusal.DOCUMENT_EMPTY)
    for name, longest in LONGEST.items():
        text = getattr(command, name)
        if _unusable(text, longest) or (name in ("source", "number") and not text):
            return Refused(Refusal.TEXT_NOT_USABLE, {"field": name})
    if any(_unusable(tag, 60) for tag in command.tags):
        return Refused(Refusal.TEXT_NOT_USABLE, {"field": "tags"})
    if not all(_is_plain(line) for line in command.lines):
        for fault in (_bad_text, _bad_quantity, _bad_amount, _bad_figure):
            for position, line in enumerate(command.lines, start=1):
                refused = fault(line, position)
                if refused:
                    return refused
    return _bad_totals(command)


def _is_plain(line: Line) -> bool:
    """Whether nothing can be wrong with the line: what most lines are, asked once instead of once a fault."""
    return (
        0 < line.quantity_milli <= LARGEST_MILLI
        and 0 <= line.amount_minor <= LARGEST_MINOR
        and 0 < len(line.item) <= 60
        and len(line.description) <= 200
        and line.tax_minor is None
        and line.discount_minor is None
        and not line.tags
        and "\0" not in line.item
        and "\0" not in line.description
    )


def _bad_text(line: Line, position: int) -> Refused | None:
    bad = not line.item or _unusable(line.item, 60) or _unusable(line.description, 200)
    bad = bad or any(_unusable(tag, 60) for tag in line.tags)
    return Refused(Refusal.TEXT_NOT_USABLE, {"field": "lines", "line": position}) if bad else None


def _bad_quantity(line: Line, position: int) -> Refused | None:
    return Refused(Refusal.QUANTITY_NOT_ABOVE_ZERO, {"line": position}) if line.quantity_milli <= 0 else None


def _bad_amount(line: Line, position: int) -> Refused | None:
    below = line.amount_minor < 0 or (line.tax_minor or 0) < 0 or (line.discount_minor or 0) < 0
    return Refused(Refusal.AMOUNT_BELOW_ZERO, {"line": position}) if below else None


def _bad_figure(line: Line, position: int) -> Refused | None:
    amounts = (line.amount_minor, line.tax_minor or 0, line.discount_minor or 0)
    beyond = line.quantity_milli > LARGEST_MILLI or max(amounts) > LARGEST_MINOR
    return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"line": position}) if beyond else None


def _bad_totals(command: DocumentCommand) -> Refused | None:
    totals = {
        "tax_minor": command.tax_minor or 0,
        "discount_minor": command.discount_minor or 0,
        "lines": sum(line.amount_minor for line in command.lines),
        "payments": max((abs(payment.amount_minor) for payment in command.payments), default=0),
    }
    for name in ("tax_minor", "discount_minor"):
        if totals[name] < 0:
            return Refused(Refusal.AMOUNT_BELOW_ZERO, {"field": name})
    for name, total in totals.items():
        if total > LARGEST_MINOR:
            return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": name})
    return None


def _fault_in_place_and_time(snapshot: Snapshot, command: DocumentCommand) -> Refused | None:
    if command.currency != snapshot.currency:
        detail = {"given": command.currency[:10], "expected": snapshot.currency}
        return Refused(Refusal.CURRENCY_NOT_THE_MERCHANTS, detail)
    if command.occurred_at > command.at + AHEAD_OF_CLOCK:
        return Refused(Refusal.OCCURRED_IN_FUTURE, {"occurred_at": command.occurred_at.isoformat()})
    if command.branch not in snapshot.branches:
        return Refused(Refusal.BRANCH_UNKNOWN, {"branch": command.branch})
    if command.member is not None and command.member not in snapshot.members:
        return Refused(Refusal.MEMBER_UNKNOWN, {"member": command.member})
    return None


def _unusable(text: str, longest: int) -> bool:
    return len(text) > longest or "\0" in text


def credited_member(snapshot: Snapshot, command: DocumentCommand) -> tuple[KnownMember | None, str]:
    """Who is credited, or nobody and why: a blocked or closed member's purchase is anonymous (law 11)."""
    member = snapshot.members[command.member] if command.member is not None else None
    if member is not None and member.status != ACTIVE:
        return None, f"member_{member.status}"
    return member, ""
