"""The overview: how the programme stands, and what moved month by month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wafa.queries.console import days, entries, standing
from wafa.queries.console.programme import programme_of
from wafa.queries.console.running_out import running_out
from wafa.web.console.access import Viewer, console_page
from wafa.web.console.ladder import Ladder
from wafa.web.console.months import by_month, chart, running_out_by_month
from wafa.web.console.shown import shown
from wafa.wording.measures import Measures
from wafa.wording.names import Names

LATEST = 8


@console_page()
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The first page after signing in: the one that is most use to whoever signed in."""
    return redirect("console:overview" if viewer.sees_overview else "console:members")


@console_page(lambda viewer: viewer.sees_overview)
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Figures of the chain for its owner, of the branch for its manager."""
    merchant, branch = viewer.merchant, viewer.branch
    today = merchant.now().astimezone(merchant.zone).date()
    programme = programme_of(merchant, merchant.now())
    names, measures = Names(programme.versions), Measures(programme.units(), merchant.currency)
    ladder = Ladder(programme, names)

    lapsed = days.lapsed(merchant, branch)
    by_day = days.days(merchant, branch, lapsed)
    months = by_month(by_day, today)
    if branch:
        stand = standing.standing_at(merchant, branch)
        latest = entries.latest_entries_at(merchant, branch, LATEST)
    else:
        stand = standing.standing(merchant)
        latest = entries.latest_entries(merchant, LATEST)
    words = {
        "accrued": _("Accrued"),
        "redeemed": _("Redeemed here") if branch else _("Redeemed"),
        "clawed_back": _("Clawed back"),
        "expired": _("Expired"),
    }
    ahead = running_out_by_month(running_out(merchant, branch), _("No expiry"))
    context = {
        "total": days.total(by_day.values()),
        "months": months,
        "this_month": months[-1].flow,
        "chart": chart(months, words),
        "words": words,
        "standing": stand,
        "outstanding": None if branch else stand.outstanding(days.total(lapsed.values()).expired),
        "tiers": ladder.counts(stand.tiers),
        "measure": ladder.measure,
        "ahead": ahead,
        "most_ahead": max((each.points for each in ahead), default=0),
        "latest": shown(latest, viewer, names, measures),
    }
    return render(request, "console/overview.html", context)
