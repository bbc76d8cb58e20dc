"""One member's page: what they hold, where they stand, when points run out, and how it all came about."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wafa.queries.console.entries import BY_SEQUENCE, statement
from wafa.queries.console.member import expiring, member_with_wallet
from wafa.queries.console.programme import programme_of
from wafa.web.console import places
from wafa.web.console.access import Viewer, console_page
from wafa.web.console.ladder import Ladder
from wafa.web.console.shown import shown
from wafa.wording.names import Names

A_PAGE = 20
EXPIRY_ROWS = 6


@console_page()
def member_page(request: HttpRequest, viewer: Viewer, member_id: UUID) -> HttpResponse:
    """A member of this merchant; anybody else's is not there."""
    held = member_with_wallet(viewer.merchant, member_id)
    if held is None:
        raise Http404
    now = viewer.merchant.now()
    programme = programme_of(viewer.merchant, now)
    names = Names(programme.versions)
    ladder = Ladder(programme, names)
    place = places.read(request.GET.get("after", ""), BY_SEQUENCE)
    entries = statement(viewer.merchant, held.wallet.id, A_PAGE, place)
    runs_out = expiring(viewer.merchant, held.wallet.id)
    today = now.astimezone(viewer.merchant.zone).date()
    left = [(each, (each.last_day - today).days if each.last_day else None) for each in runs_out]
    context = {
        "held": held,
        "member": held.member,
        "wallet": held.wallet,
        "tier": ladder.tier(held.wallet.tier),
        "progress": ladder.progress(held.wallet),
        "expiring": left[:EXPIRY_ROWS],
        "expiring_later": left[EXPIRY_ROWS:],
        "most_expiring": max((each.points for each in runs_out), default=0),
        "entries": shown(entries.rows, viewer, names),
        "is_first_page": place is None,
        "after": places.written(entries.after),
    }
    return render(request, "console/member.html", context)
