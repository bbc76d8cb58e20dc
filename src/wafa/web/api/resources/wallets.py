"""Wallets: what a member holds, the lots it is made of, and the statement that tells how it came about."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from wafa.core.ledger.entry import KINDS
from wafa.core.ledger.wallet import POINTS
from wafa.queries.holdings import Held, Holdings, holdings
from wafa.queries.lots import OutstandingLot, outstanding_lots
from wafa.queries.profiles import Profile
from wafa.queries.statement_page import Wanted, statement_page
from wafa.store.identify import NotOneMemberError, identify, the_one
from wafa.store.models import Member, Scope
from wafa.web.api import shapes, shapes_wallets
from wafa.web.api.access import Caller, Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.cursors import read_cursor, written_cursor
from wafa.web.api.entries_told import Teller
from wafa.web.api.fields import Body, Code, Instant
from wafa.web.api.member_names import MemberRef
from wafa.web.api.member_told import found_profile, merged_into
from wafa.web.api.problems import ProblemError, not_one
from wafa.web.api.tier_told import tier_told

router = Router(tags=["wallets"])
READS = Needs(Scope.WALLETS_READ)
PAGE, PAGE_MOST = 50, 200


class StatementWanted(Body):
    """Which entries; without any of these, all of the points, the latest first."""

    unit: Code = POINTS
    kind: Annotated[list[Literal[KINDS]], Field(max_length=len(KINDS))] = []  # type: ignore[valid-type]
    since: Instant | None = Field(None, alias="from", description="Posted at that instant or after it.")
    until: Instant | None = Field(None, description="Posted before that instant.")
    cursor: str = Field("", max_length=4000, description="`next` of the page before.")
    limit: int = Field(PAGE, ge=1, le=PAGE_MOST, strict=False)


@router.get(
    "/members/{uuid:member_id}/wallets",
    auth=READS,
    response=shapes.read(shapes_wallets.Wallets),
    summary="What a member holds",
)
def get_wallets(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """In every unit, and the tier. True at that second: what has lapsed is gone, what has become available is."""
    caller = caller_of(request)
    return _answer(caller, holdings(caller.merchant, member_id))


@router.get(
    "/wallets", auth=READS, response=shapes.read(shapes_wallets.Wallets), summary="What a member holds, by any name"
)
def find_wallets(request: HttpRequest, wanted: Query[MemberRef]) -> HttpResponse:
    """The same, of a member who is named in exactly one way: for a till that has a card or a phone at hand."""
    caller = caller_of(request)
    name = wanted.name(caller.merchant, "")
    try:
        number = the_one(identify(caller.merchant.id, [name]), name)
    except NotOneMemberError as error:
        if error.several:
            raise not_one(error, name.kind) from None
        raise ProblemError(404, "not_found") from None
    return _answer(caller, holdings(caller.merchant, number))


def _answer(caller: Caller, found: Holdings | None) -> HttpResponse:
    if found is None:
        raise ProblemError(404, "not_found")
    return as_json(_told(caller, found))


def _told(caller: Caller, found: Holdings) -> dict[str, Any]:
    return {
        "member": str(found.member_id),
        "merged_into": str(found.member_id) if found.member_id != found.asked_id else None,
        "at": found.at.isoformat(),
        "wallets": [_wallet(wallet) for wallet in found.wallets],
        "tier": tier_told(caller.merchant, found),
    }


def _wallet(wallet: Held) -> dict[str, Any]:
    return {
        "unit": wallet.unit,
        "available": wallet.available,
        "pending": wallet.pending,
        "held": wallet.held,
        "debt": wallet.debt,
        "expiring": [{"expires_on": day, "points": points} for day, points in wallet.expiring()],
        "pending_until": [
            {"available_at": at.isoformat() if at else None, "expires_on": day, "points": points}
            for at, day, points in wallet.pending_until()
        ],
    }


@router.get(
    "/members/{uuid:member_id}/statement",
    auth=READS,
    response=shapes.read(shapes_wallets.Statement),
    summary="How it came about",
)
def get_statement(request: HttpRequest, member_id: UUID, wanted: Query[StatementWanted]) -> HttpResponse:
    """Entries, the latest first, each with its reasons. Of a card merged into the member's its whole history too."""
    caller = caller_of(request)
    profile = found_profile(caller, member_id)
    which = Wanted(wanted.unit, tuple(wanted.kind), wanted.since, wanted.until)
    after = read_cursor(wanted.cursor)
    lines, following = statement_page(caller.merchant, Member(id=profile.id), which, wanted.limit, after)
    tell = Teller(caller.merchant, wanted.unit)
    entries = [tell(line) for line in lines]
    return as_json(_whose(profile) | {"entries": entries, "next": written_cursor(following)})


@router.get(
    "/members/{uuid:member_id}/lots",
    auth=READS,
    response=shapes.read(shapes_wallets.Lots),
    summary="What a balance is made of",
)
def get_lots(request: HttpRequest, member_id: UUID, unit: Code = POINTS) -> HttpResponse:
    """All lots that hold something, in the order in which they would be spent."""
    caller = caller_of(request)
    profile = found_profile(caller, member_id)
    held = outstanding_lots(caller.merchant, Member(id=profile.id), unit=unit)
    lots = [_lot(lot) for lot in held.lots]
    return as_json(_whose(profile) | {"unit": unit, "lots": lots, "debt": held.debt})


def _lot(lot: OutstandingLot) -> dict[str, Any]:
    return {
        "receipt": lot.receipt or None,
        "branch": lot.issuing_branch or None,
        "points": lot.points,
        "available": lot.available,
        "pending": lot.pending,
        "held": lot.held,
        "available_at": lot.available_at.isoformat() if lot.available_at else None,
        "expires_on": lot.expires_on,
    }


def _whose(profile: Profile) -> dict[str, Any]:
    return {"member": str(profile.id), "merged_into": merged_into(profile)}
