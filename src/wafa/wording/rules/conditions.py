"""Conditions in words: a clause for each kind, and how clauses stand together.

A clause can follow whatever it is a condition of: "on Fridays", "for Gold members", "with COFFEE on the receipt".
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from wafa.wording.rules import basket, person, purchases, surroundings, times
from wafa.wording.rules.series import bracketed, either, ended, in_a_row, together
from wafa.wording.rules.terms import Body, Terms

CLAUSES: dict[str, Callable[[Body, Terms], str]] = {
    "items": basket.items,
    "bundle": basket.bundle,
    "amount": basket.amount,
    "quantity": basket.quantity,
    "branch": surroundings.branch,
    "channel": surroundings.channel,
    "payment": surroundings.payment,
    "currency": surroundings.currency,
    "tag": surroundings.tag,
    "weekday": times.weekday,
    "hours": times.hours,
    "dates": times.days_between,
    "season": times.season,
    "tier": person.tier,
    "member_tag": person.member_tag,
    "age": person.age,
    "birthday": person.birthday,
    "anniversary": person.anniversary,
    "nth_purchase": purchases.nth_purchase,
    "first_at_branch": purchases.first_at_branch,
    "not_seen": purchases.not_seen,
    "new_member": purchases.new_member,
    "visits": purchases.visits,
    "spent": purchases.spent,
    "referred": purchases.referred,
}
_OF_TIME = ("weekday", "hours")


def clause(condition: Body, terms: Terms) -> str:
    """A condition as a clause: "on Fridays from 16:00 to 18:00, for Gold members, except at the branch olaya"."""
    if "all" in condition:
        return _one_by_one(_flat(condition), terms)
    if "any" in condition:
        return either([_inner(each, terms) for each in condition["any"]])
    if "not" in condition:
        return _("except %(clause)s") % {"clause": _inner(condition["not"], terms)}
    return CLAUSES[condition["kind"]](condition, terms)


def condition_sentence(condition: Body, terms: Terms) -> str:
    """A condition by itself: "Only on Fridays." or "Not on Fridays."."""
    refused = condition.get("not")
    if refused and not _is_several(refused) and "not" not in refused:
        return ended(_("Not %(clause)s.") % {"clause": clause(refused, terms)})
    return ended(_("Only %(clause)s.") % {"clause": clause(condition, terms)})


def _one_by_one(conditions: list[Body], terms: Terms) -> str:
    """By commas; hours follow their day without one."""
    told: list[str] = []
    for place, each in enumerate(conditions):
        text = bracketed(clause(each, terms)) if "any" in each else clause(each, terms)
        follows = place and each.get("kind") == "hours" and conditions[place - 1].get("kind") in _OF_TIME
        if follows:
            told[-1] = f"{told[-1]} {text}"
        else:
            told.append(text)
    return in_a_row(told)


def _inner(condition: Body, terms: Terms) -> str:
    """The same within another one."""
    if "all" in condition:
        several = [_inner(each, terms) for each in _flat(condition)]
        return bracketed(together(several)) if len(several) > 1 else several[0]
    if "any" in condition:
        return bracketed(clause(condition, terms)) if len(condition["any"]) > 1 else clause(condition, terms)
    if "not" in condition:
        return _("not %(clause)s") % {"clause": _inner(condition["not"], terms)}
    return clause(condition, terms)


def _flat(condition: Body) -> list[Body]:
    """All that must hold, however they are nested."""
    return [one for each in condition["all"] for one in (_flat(each) if "all" in each else [each])]


def _is_several(condition: Body) -> bool:
    return "all" in condition or "any" in condition
