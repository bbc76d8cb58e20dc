"""What every document and request is asked before it is looked at more closely; the first answer found is given."""

from datetime import timedelta

from wafa.core.commands import DocumentCommand, Request, content_hash, request_hash
from wafa.core.decide.request_shape import fault_in_request
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


def answer_request(snapshot: Snapshot, request: Request) -> tuple[bytes, Duplicate | Refused | None]:
    """The request's hash, and the answer where none has to be worked out: its shape, then its key."""
    fault = fault_in_request(request)
    if fault:
        return b"", fault
    content = request_hash(request)
    known = snapshot.requests.get(request.key)
    if known is None:
        return content, None
    if known.content_hash == content:
        return content, Duplicate(known.slip)
    return content, Refused(Refusal.KEY_REUSED_WITH_OTHER_CONTENT, {"key": request.key})


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
    return unknown_branch(snapshot, command.branch) or (
        unknown_member(snapshot, command.member) if command.member is not None else None
    )


def unknown_branch(snapshot: Snapshot, branch: str) -> Refused | None:
    """The refusal of a branch that the merchant does not have."""
    return None if branch in snapshot.branches else Refused(Refusal.BRANCH_UNKNOWN, {"branch": branch})


def unknown_unit(snapshot: Snapshot, unit: str, request: Request) -> Refused | None:
    """The refusal of a unit that the programme does not have."""
    known = snapshot.rules(request.at).expiry_of(unit) is not None
    return None if known else Refused(Refusal.UNIT_UNKNOWN, {"unit": unit})


def unknown_member(snapshot: Snapshot, member: str) -> Refused | None:
    """The refusal of a number that nobody has."""
    return None if member in snapshot.members else Refused(Refusal.MEMBER_UNKNOWN, {"member": member})


def inactive_member(snapshot: Snapshot, *members: str) -> Refused | None:
    """The refusal of members who cannot take part: of several, an unknown one before a blocked or closed one."""
    for member in members:
        if fault := unknown_member(snapshot, member):
            return fault
    for member in members:
        if snapshot.members[member].status != ACTIVE:
            detail = {"member": member, "status": snapshot.members[member].status}
            return Refused(Refusal.MEMBER_NOT_ACTIVE, detail)
    return None


def credited_member(snapshot: Snapshot, command: DocumentCommand) -> tuple[KnownMember | None, str]:
    """Who is credited, or nobody and why: a blocked or closed member's purchase is anonymous (law 11)."""
    member = snapshot.members[command.member] if command.member is not None else None
    if member is not None and member.status != ACTIVE:
        return None, f"member_{member.status}"
    return member, ""
