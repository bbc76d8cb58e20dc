"""What every document is asked before it is looked at more closely; the first answer found is given."""

from datetime import timedelta

from wafa.core.commands import DocumentCommand, content_hash
from wafa.core.decide.shape import fault_in_shape
from wafa.core.outcomes import Duplicate, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownMember, Snapshot

AHEAD_OF_CLOCK = timedelta(minutes=5)
"""How far a source's clock may run ahead of the merchant's (law 7)."""

ACTIVE = "active"


def answer_at_once(snapshot: Snapshot, command: DocumentCommand) -> tuple[bytes, Duplicate | Refused | None]:
    """The content's hash, and the answer where none has to be worked out.

    In this order: what is wrong with it in itself, whether its number is taken (law 4), what it names.
    """
    fault = fault_in_shape(command)
    if fault:
        return b"", fault
    content = content_hash(command)
    return content, _known_already(snapshot, command, content) or _fault_in_place_and_time(snapshot, command)


def _known_already(snapshot: Snapshot, command: DocumentCommand, content: bytes) -> Duplicate | Refused | None:
    known = snapshot.documents.get(command.key)
    if known is None:
        return None
    if known.content_hash == content:
        return Duplicate(known.slip)
    detail = {"source": command.source, "number": command.number}
    return Refused(Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT, detail)


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


def credited_member(snapshot: Snapshot, command: DocumentCommand) -> tuple[KnownMember | None, str]:
    """Who is credited, or nobody and why: a blocked or closed member's purchase is anonymous (law 11)."""
    member = snapshot.members[command.member] if command.member is not None else None
    if member is not None and member.status != ACTIVE:
        return None, f"member_{member.status}"
    return member, ""
