"""Clauses of what the member bought before: how often, how much, how long ago."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording.figures import number
from wafa.wording.languages import ENGLISH, chosen
from wafa.wording.rules.terms import Body, Terms, days


def nth_purchase(when: Body, terms: Terms) -> str:
    """On the third purchase, or on every fifth."""
    every = when.get("every")
    if not every:
        return _("on %(purchase)s") % {"purchase": purchase(int(when["n"]))}
    text = ngettext("on every %(nth)s purchase", "on every %(nth)s purchase", every)
    return text % {"nth": ordinal(every)}


def first_at_branch(when: Body, terms: Terms) -> str:
    """On the first purchase at the branch."""
    return _("on the first purchase at a branch")


def not_seen(when: Body, terms: Terms) -> str:
    """For members who have not been seen for long."""
    return _("for members who have not bought for %(days)s or more") % {"days": days(when["days"])}


def new_member(when: Body, terms: Terms) -> str:
    """Soon after joining."""
    if not when["days"]:
        return _("on the day of joining")
    return _("within %(days)s of joining") % {"days": days(when["days"])}


def visits(when: Body, terms: Terms) -> str:
    """On the third purchase of the month, or from it on."""
    from_it_on = when.get("at_least")
    which = within(str(when["per"])) % {"purchase": purchase(int(from_it_on or when["n"]))}
    return (_("from %(purchase)s on") if from_it_on else _("on %(purchase)s")) % {"purchase": which}


def spent(when: Body, terms: Terms) -> str:
    """Once so much was spent."""
    said = {
        "day": _("after %(amount)s spent earlier in the day"),
        "week": _("after %(amount)s spent earlier in the week"),
        "month": _("after %(amount)s spent earlier in the month"),
        "year": _("after %(amount)s spent earlier in the year"),
    }
    return said[when["per"]] % {"amount": terms.money(when["at_least_minor"])}


def referred(when: Body, terms: Terms) -> str:
    """On the first purchase of somebody whom another member brought."""
    return _("on %(purchase)s of a member who was referred") % {"purchase": purchase(int(when["n"]))}


def purchase(n: int) -> str:
    """The third purchase."""
    return _("the first purchase") if n == 1 else _("the %(nth)s purchase") % {"nth": ordinal(n)}


def within(per: str) -> str:
    """A purchase as one of its period; a template."""
    return {
        "day": _("%(purchase)s of the day"),
        "week": _("%(purchase)s of the week"),
        "month": _("%(purchase)s of the month"),
        "year": _("%(purchase)s of the year"),
    }[per]


def ordinal(n: int) -> str:
    """3rd in English; Arabic and Persian put the number into the sentence as it is."""
    if chosen() != ENGLISH:
        return number(n)
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{number(n)}{ending}"
