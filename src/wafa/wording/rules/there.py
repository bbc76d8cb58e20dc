"""What there was instead, for each kind of condition that a receipt did not meet: a whole clause, or nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording import dates
from wafa.wording.figures import number, quantity
from wafa.wording.rules.months import day_of_month
from wafa.wording.rules.purchases import purchase, within
from wafa.wording.rules.series import codes, together
from wafa.wording.rules.terms import GROUP, Terms, days
from wafa.wording.rules.terms import branch as branch_named
from wafa.wording.rules.times import a_weekday, clock

Figures = Mapping[str, Any]


def _items(figures: Figures, terms: Terms) -> str:
    if not figures["has_milli"]:
        return _("there is none on the receipt")
    return _("there is %(quantity)s on the receipt, for %(amount)s") % {
        "quantity": quantity(figures["has_milli"]),
        "amount": terms.money(figures["has_minor"]),
    }


def _bundle(figures: Figures, terms: Terms) -> str:
    return _("the receipt has %(some)s of the %(all)s parts") % {
        "all": number(len(figures["of"])),
        "some": number(figures["has_parts"]),
    }


def _amount(figures: Figures, terms: Terms) -> str:
    return _("it comes to %(amount)s") % {"amount": terms.money(figures["amount_minor"])}


def _quantity(figures: Figures, terms: Terms) -> str:
    return _("the quantity is %(quantity)s") % {"quantity": quantity(figures["quantity_milli"])}


def _branch(figures: Figures, terms: Terms) -> str:
    own = [code for code in figures["is"] if not code.startswith(GROUP)]
    return _("it was bought at %(branch)s") % {"branch": together([branch_named(code) for code in own])}


def _channel(figures: Figures, terms: Terms) -> str:
    return _("it came through %(channel)s") % {"channel": together(codes(figures["is"]))}


def _payment(figures: Figures, terms: Terms) -> str:
    if not figures["is"]:
        return _("how it was paid is not known")
    return _("it was paid with %(methods)s") % {"methods": together(codes(figures["is"]))}


def _currency(figures: Figures, terms: Terms) -> str:
    return _("it was paid in %(currency)s") % {"currency": together(codes(figures["is"]))}


def _tag(figures: Figures, terms: Terms) -> str:
    if not figures["is"]:
        return _("the receipt has no tags")
    return _("the receipt is tagged %(tags)s") % {"tags": together(codes(figures["is"]))}


def _weekday(figures: Figures, terms: Terms) -> str:
    return _("this was a %(weekday)s") % {"weekday": together([a_weekday(day) for day in figures["is"]])}


def _hours(figures: Figures, terms: Terms) -> str:
    return _("it was bought at %(time)s") % {"time": clock(figures["minute"])}


def _dates(figures: Figures, terms: Terms) -> str:
    return _("it was bought on %(day)s") % {"day": dates.day(date.fromisoformat(figures["day"]))}


def _season(figures: Figures, terms: Terms) -> str:
    month, day = figures["day"]
    return _("it was bought on %(day)s") % {"day": day_of_month(figures["calendar"], month, day)}


def _tier(figures: Figures, terms: Terms) -> str:
    held = [terms.tier(code) for code in figures["is"] if code]
    return _("the member is %(tier)s") % {"tier": together(held)} if held else _("the member has no tier")


def _member_tag(figures: Figures, terms: Terms) -> str:
    if not figures["is"]:
        return _("the member has no tags")
    return _("the member is tagged %(tags)s") % {"tags": together(codes(figures["is"]))}


def _age(figures: Figures, terms: Terms) -> str:
    if figures["age"] is None:
        return _("the member's age is not known")
    return _("the member is aged %(age)s") % {"age": number(figures["age"])}


def _around(figures: Figures, terms: Terms) -> str:
    away = figures["days_from"]
    if away is None:
        return _("the day is not known")
    if not away:
        return _("it is today")
    text = _("it was %(days)s ago") if away > 0 else _("it is in %(days)s")
    return text % {"days": days(abs(away))}


def _nth_purchase(figures: Figures, terms: Terms) -> str:
    return _("this is %(purchase)s") % {"purchase": purchase(figures["number"])}


def _first_at_branch(figures: Figures, terms: Terms) -> str:
    before = figures["before"]
    if not before:
        return _("nothing on this receipt counts")
    text = ngettext("there was %(count)s purchase here before", "there were %(count)s purchases here before", before)
    return text % {"count": number(before)}


def _not_seen(figures: Figures, terms: Terms) -> str:
    if figures["since"] is None:
        return _("the member had never bought before")
    if not figures["since"]:
        return _("the last purchase was on the same day")
    return _("the last purchase was %(days)s ago") % {"days": days(figures["since"])}


def _new_member(figures: Figures, terms: Terms) -> str:
    if figures["since"] is None:
        return _("the day of joining is not known")
    if not figures["since"]:
        return _("the member joined on the same day")
    return _("the member joined %(days)s ago") % {"days": days(figures["since"])}


def _visits(figures: Figures, terms: Terms) -> str:
    which = within(figures["per"]) % {"purchase": purchase(figures["number"])}
    return _("this is %(purchase)s") % {"purchase": which}


def _spent(figures: Figures, terms: Terms) -> str:
    return _("so far it was %(amount)s") % {"amount": terms.money(figures["spent_minor"])}


def _referred(figures: Figures, terms: Terms) -> str:
    if figures["number"] is None:
        return _("nobody referred the member")
    return _("this is %(purchase)s") % {"purchase": purchase(figures["number"])}


THERE: dict[str, Callable[[Figures, Terms], str]] = {
    "items": _items,
    "bundle": _bundle,
    "amount": _amount,
    "quantity": _quantity,
    "branch": _branch,
    "channel": _channel,
    "payment": _payment,
    "currency": _currency,
    "tag": _tag,
    "weekday": _weekday,
    "hours": _hours,
    "dates": _dates,
    "season": _season,
    "tier": _tier,
    "member_tag": _member_tag,
    "age": _age,
    "birthday": _around,
    "anniversary": _around,
    "nth_purchase": _nth_purchase,
    "first_at_branch": _first_at_branch,
    "not_seen": _not_seen,
    "new_member": _new_member,
    "visits": _visits,
    "spent": _spent,
    "referred": _referred,
}
