"""What earns without a purchase, as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording.figures import money, number
from wafa.wording.languages import isolated
from wafa.wording.names import name_in
from wafa.wording.rules.series import in_a_row
from wafa.wording.rules.terms import Body, Terms, amount
from wafa.wording.rules.times import days_between


def activity_sentence(activity: Body, terms: Terms) -> str:
    """ "50 points for a review, once for each subject." """
    clauses = [done(activity) % {"points": amount(activity["points"])}]
    if activity.get("once_per"):
        clauses.append(once(activity["once_per"]))
    if activity.get("from_minor"):
        spent = isolated(money(activity["from_minor"], terms.currency))
        clauses.append(_("once the friend has spent %(amount)s in a day") % {"amount": spent})
    if activity.get("most"):
        friends = ngettext("for %(n)s friend at most", "for %(n)s friends at most", activity["most"])
        clauses.append(friends % {"n": number(activity["most"])})
    days = days_between(activity.get("during") or {}, terms)
    return _("%(clauses)s.") % {"clauses": in_a_row([*clauses, days] if days else clauses)}


def done(activity: Body) -> str:
    """What was done; a template. An event is called by its name."""
    if activity["kind"] == "event":
        name = isolated(name_in(activity.get("name"), activity["code"])).replace("%", "%%")
        return _("%(points)s for “%(event)s”") % {"points": "%(points)s", "event": name}
    return {
        "welcome": _("%(points)s on joining"),
        "birthday": _("%(points)s on each birthday"),
        "anniversary": _("%(points)s on each anniversary of joining"),
        "referral": _("%(points)s for each friend who was brought along"),
        "referred": _("%(points)s for whoever was brought along"),
        "review": _("%(points)s for a review"),
        "survey": _("%(points)s for an answered survey"),
        "check_in": _("%(points)s for checking in"),
        "app_install": _("%(points)s for installing the app"),
        "profile_completed": _("%(points)s for a completed profile"),
        "social_follow": _("%(points)s for following the shop on social media"),
    }[activity["kind"]]


def once(per: str) -> str:
    """How often it counts."""
    return {
        "day": _("once a day"),
        "week": _("once a week"),
        "month": _("once a month"),
        "year": _("once a year"),
        "lifetime": _("once only"),
        "subject": _("once for each subject"),
    }[per]
