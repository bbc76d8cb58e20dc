"""The list of members, and its search box."""

from functools import cache

import phonenumbers
from babel.core import get_global
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wafa.queries.console.found import Sought, found_members
from wafa.queries.console.members import ORDERS, members
from wafa.queries.console.programme import programme_of
from wafa.store.models import Merchant
from wafa.web import places
from wafa.web.console.access import Viewer, console_page
from wafa.web.console.ladder import Ladder
from wafa.wording.names import Names
from wafa.wording.normalise import clean_reference, phone_digits

A_PAGE = 50
LONGEST = 100


@console_page()
def member_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Members of the whole chain: by number, name or phone; in four orders; of one tier if asked."""
    typed = request.GET.get("q", "")[:LONGEST]
    order = request.GET.get("sort", "")
    order = order if order in ORDERS else "number"
    programme = programme_of(viewer.merchant, viewer.merchant.now())
    ladder = Ladder(programme, Names(programme.versions))
    tier = request.GET.get("tier", "")
    tier = tier if ladder.tier(tier) in ladder.tiers else ""

    sought = sought_by(typed, viewer.merchant)
    among, more_found = found_members(viewer.merchant, sought) if sought else (None, False)
    rows, before, after = members(
        viewer.merchant,
        order,
        A_PAGE,
        among=among,
        tier=tier,
        after=places.read(request.GET.get("after", ""), ORDERS[order]),
        before=places.read(request.GET.get("before", ""), ORDERS[order]),
    )
    context = {
        "typed": typed,
        "order": order,
        "orders": {
            "number": _("Number"),
            "name": _("Name"),
            "newest": _("Newest first"),
            "points": _("Most points first"),
        },
        "tier": tier,
        "tiers": ladder.tiers,
        "rows": [(row, ladder.tier(row.wallet.tier)) for row in rows],
        "narrowed": bool(sought or tier),
        "found": len(among) if among is not None and not tier else None,
        "more_found": more_found,
        "before": places.written(before),
        "after": places.written(after),
    }
    return render(request, "console/members.html", context)


def sought_by(typed: str, merchant: Merchant) -> Sought | None:
    """What the words in the search box may mean; None where there are none."""
    reference = clean_reference(typed)
    if not reference:
        return None
    maybe_phone = not any(letter.isalpha() for letter in reference)
    return Sought(
        reference,
        typed.replace("\0", " "),
        phone_digits(reference) if maybe_phone else "",
        calling_code(merchant.time_zone),
    )


@cache
def calling_code(time_zone: str) -> str:
    """The code that phones of the zone's country begin with: Riyadh's is 966. Empty where a zone has no country."""
    country = get_global("zone_territories").get(time_zone, "")
    code = phonenumbers.country_code_for_region(country)
    return str(code) if code else ""
