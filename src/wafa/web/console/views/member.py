"""One member's page: what they hold, where they stand, when points run out, and how it all came about."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wafa.queries.console.entries import BY_SEQUENCE, statement
from wafa.queries.console.member import Expiring, MemberView, earlier_wallet, member_view
from wafa.queries.console.programme import programme_of
from wafa.queries.console.progress import standing_of
from wafa.store.models import Member, Merchant, Wallet
from wafa.web import places
from wafa.web.console.access import Viewer, console_page
from wafa.web.console.holdings import ShownHolding
from wafa.web.console.ladder import Ladder
from wafa.web.console.shown import shown
from wafa.wording.measures import Measures
from wafa.wording.names import Names

A_PAGE = 20
EXPIRY_ROWS = 6


@console_page()
def member_page(request: HttpRequest, viewer: Viewer, member_id: UUID) -> HttpResponse:
    """A member of this merchant; anybody else's is not there. One who was merged leads to whoever took over."""
    merchant = viewer.merchant
    view = member_view(merchant, member_id)
    if view is None:
        raise Http404
    if view.member.survivor_id:
        survivor = reverse("console:member", args=[view.member.survivor_id])
        return redirect(f"{survivor}?{urlencode({'card': view.member.number})}")
    now = merchant.now()
    programme = programme_of(merchant, now)
    names, measures = Names(programme.versions), Measures(programme.units(), merchant.currency)
    ladder, rules = Ladder(programme, names), programme.rules()
    standing = standing_of(merchant, view.points.wallet, rules) if rules else None
    card = next((each for each in view.cards if each.number == request.GET.get("card")), None)
    wallet = _told_of(merchant, view, card if "before" in request.GET else None, request.GET.get("unit", ""))
    place = places.read(request.GET.get("after", ""), BY_SEQUENCE)
    entries = statement(merchant, wallet.id, A_PAGE, place)
    today = now.astimezone(merchant.zone).date()
    runs_out = [(each, _days_left(each, today)) for each in view.points.expiring]
    context = {
        "held": view.points,
        "member": view.member,
        "cards": view.cards,
        "card": card,
        "wallet": view.points.wallet,
        "others": [ShownHolding(each, measures.of(each.wallet.unit)) for each in view.holdings[1:]],
        "tier": ladder.tier(view.points.wallet.tier),
        "progress": ladder.progress(view.points.wallet, standing) if standing else None,
        "next_to_expire": next(((each, days) for each, days in runs_out if not each.pending), None),
        "expiring": runs_out[:EXPIRY_ROWS],
        "expiring_later": runs_out[EXPIRY_ROWS:],
        "most_expiring": max((each.points for each in view.points.expiring), default=0),
        "told_of": wallet,
        "measure": measures.of(wallet.unit),
        "entries": shown(entries.rows, viewer, names, measures),
        "is_first_page": place is None,
        "first_page": _without_place(request),
        "after": _with_place(request, places.written(entries.after)),
    }
    return render(request, "console/member.html", context)


def _told_of(merchant: Merchant, view: MemberView, card: Member | None, unit: str) -> Wallet:
    """Whose entries are shown: of the points, of another unit, or of a merged card before the merge."""
    before = earlier_wallet(merchant, card.id) if card else None
    return before or next((each.wallet for each in view.holdings if each.wallet.unit == unit), view.points.wallet)


def _days_left(lot: Expiring, today: date) -> int | None:
    return (lot.last_day - today).days if lot.last_day else None


def _with_place(request: HttpRequest, place: str) -> str:
    """The query of the next page of the same statement; empty where there is none."""
    query = request.GET.copy()
    query["after"] = place
    return query.urlencode() if place else ""


def _without_place(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    return query.urlencode()
