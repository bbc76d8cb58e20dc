"""What each kind of rule gives, as the beginning of its sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from wafa.wording.figures import decimal, number, percent
from wafa.wording.languages import isolated
from wafa.wording.measures import POINTS, Measure
from wafa.wording.rules.goods import goods
from wafa.wording.rules.series import codes, either, in_a_row
from wafa.wording.rules.terms import Body, Terms, amount


def giving(rule: Body, terms: Terms) -> str:
    """What a rule gives, and for what: "1 point for each full £1.00 of the receipt"."""
    return GIVING[rule["kind"]](rule, terms, terms.units.of(str(rule.get("unit", POINTS.code))))


def _per_amount(rule: Body, terms: Terms, measure: Measure) -> str:
    return per_amount(rule.get("mode") == "proportional") % {
        "points": amount(rule["points"], measure),
        "step": terms.money(rule["per_minor"]),
        "of": _of(rule),
    }


def per_amount(in_proportion: bool) -> str:
    """So much for each step, or in proportion; a template."""
    if in_proportion:
        return _("%(points)s for every %(step)s of %(of)s (in proportion)")
    return _("%(points)s for each full %(step)s of %(of)s")


def _per_unit(rule: Body, terms: Terms, measure: Measure) -> str:
    items, lines = either(codes(rule.get("items") or ())), rule.get("lines")
    of = goods(lines) if lines is not None else items
    if items and lines:
        of = _("%(goods)s (as far as it is %(others)s)") % {"goods": items, "others": goods(lines)}
    text = _("%(points)s for each unit of %(goods)s") % {"points": amount(rule["points"], measure), "goods": of}
    most = rule.get("cap_per_receipt")
    if most is None:
        return text
    return in_a_row([text, _("at most %(points)s a receipt") % {"points": amount(most, measure)}])


def _fixed(rule: Body, terms: Terms, measure: Measure) -> str:
    text = _("%(points)s for a receipt with %(goods)s") if rule.get("lines") else _("%(points)s for a receipt")
    return text % {"points": amount(rule["points"], measure), "goods": goods(rule.get("lines") or {})}


def _multiplier(rule: Body, terms: Terms, measure: Measure) -> str:
    factor = str(rule["factor"])
    if measure.kind != POINTS.kind:
        text = _("%(base)s times %(factor)s")
    elif factor == "2":
        text = _("Double points on %(base)s")
    elif factor == "3":
        text = _("Triple points on %(base)s")
    else:
        text = _("Points on %(base)s times %(factor)s")
    return text % {"base": terms.rule(rule["of"]), "factor": decimal(factor)}


def _tier_percentage(rule: Body, terms: Terms, measure: Measure) -> str:
    shares = [
        _("%(tier)s %(share)s") % {"tier": terms.tier(tier), "share": percent(share)}
        for tier, share in rule["percent"].items()
    ]
    return _("More on %(base)s by tier: %(shares)s") % {"base": terms.rule(rule["of"]), "shares": in_a_row(shares)}


def _first_purchase(rule: Body, terms: Terms, measure: Measure) -> str:
    text = (
        _("%(points)s for the first purchase, if %(goods)s is part of it")
        if rule.get("lines")
        else _("%(points)s for the first purchase")
    )
    return text % {"points": amount(rule["points"], measure), "goods": goods(rule.get("lines") or {})}


def _spend_reached(rule: Body, terms: Terms, measure: Measure) -> str:
    said = {
        "day": _("%(points)s once %(amount)s is spent in a day"),
        "week": _("%(points)s once %(amount)s is spent in a week"),
        "month": _("%(points)s once %(amount)s is spent in a month"),
    }
    return said[rule["per"]] % {"points": amount(rule["points"], measure), "amount": terms.money(rule["minor"])}


def _cashback(rule: Body, terms: Terms, measure: Measure) -> str:
    return _("%(percent)s of %(of)s back as %(unit)s") % {
        "percent": decimal(f"{rule['percent']}%"),
        "of": _of(rule),
        "unit": isolated(measure.name),
    }


def _of(rule: Body) -> str:
    return goods(rule["lines"]) if rule.get("lines") else _("the receipt")


GIVING: dict[str, Callable[[Body, Terms, Measure], str]] = {
    "per_amount": _per_amount,
    "per_unit": _per_unit,
    "fixed": _fixed,
    "multiplier": _multiplier,
    "tier_percentage": _tier_percentage,
    "first_purchase": _first_purchase,
    "spend_reached": _spend_reached,
    "cashback": _cashback,
}


def times_factor(factor: str) -> str:
    """× 1.5"""
    return f"× {decimal(factor)}"


def threshold(value: int, measure: str, terms: Terms) -> str:
    """From how much on a tier is held, by what climbs the ladder."""
    return terms.money(value) if measure == "spend" else number(value)
