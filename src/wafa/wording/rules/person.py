"""Clauses of who bought, and around which day of theirs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.figures import number
from wafa.wording.rules.series import codes, either
from wafa.wording.rules.terms import Body, Terms, days


def tier(when: Body, terms: Terms) -> str:
    """For members of some tiers, in the order of the ladder."""
    ladder = list(terms.tiers)
    known = sorted(when["of"], key=lambda code: (ladder.index(code) if code in ladder else len(ladder), code))
    return _("for %(tiers)s members") % {"tiers": either([terms.tier(code) for code in known])}


def member_tag(when: Body, terms: Terms) -> str:
    """For members with one of some tags."""
    return _("for members tagged %(tags)s") % {"tags": either(codes(when["of"]))}


def age(when: Body, terms: Terms) -> str:
    """For members of some age."""
    least, most = when.get("at_least"), when.get("at_most")
    if most is None:
        return _("for members aged %(least)s or over") % {"least": number(int(least or 0))}
    if least is None:
        return _("for members aged %(most)s or under") % {"most": number(most)}
    return _("for members aged %(least)s to %(most)s") % {"least": number(least), "most": number(most)}


def birthday(when: Body, terms: Terms) -> str:
    """Around the birthday."""
    return _around(when, _("the member's birthday"))


def anniversary(when: Body, terms: Terms) -> str:
    """Around the day of joining, or of the first purchase."""
    return _around(when, occasion(when["of"]))


def occasion(of: str) -> str:
    """What there is an anniversary of."""
    return _("the anniversary of joining") if of == "enrolment" else _("the anniversary of the first purchase")


def _around(when: Body, day: str) -> str:
    before, after = when.get("days_before") or 0, when.get("days_after") or 0
    if before and after:
        text = _("from %(before)s before %(occasion)s to %(after)s after it")
    elif before:
        text = _("from %(before)s before %(occasion)s up to the day itself")
    elif after:
        text = _("from %(occasion)s to %(after)s after it")
    else:
        text = _("on %(occasion)s")
    return text % {"occasion": day, "before": days(before), "after": days(after)}
