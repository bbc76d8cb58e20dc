"""A programme as sentences: rules, limits, what earns nothing, what branches change, activities."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.languages import isolated
from wafa.wording.rules.activities import activity_sentence
from wafa.wording.rules.bounds import bounds
from wafa.wording.rules.giving import times_factor
from wafa.wording.rules.goods import named_goods
from wafa.wording.rules.rule import rule_sentence
from wafa.wording.rules.series import codes, either, in_a_row, together
from wafa.wording.rules.terms import Body, Terms
from wafa.wording.rules.terms import branch as branch_named


def programme_sentences(body: Body, currency: str) -> list[str]:
    """All that a valid programme says of earning, in the order in which it holds."""
    terms = Terms.of(body, currency)
    return [
        *(rule_sentence(rule, terms) for rule in body.get("rules") or ()),
        *limits(body),
        *exclusions(body),
        *(sentence for change in body.get("branch_rules") or () for sentence in branch_sentences(change, terms)),
        *(activity_sentence(activity, terms) for activity in body.get("activities") or ()),
    ]


def limits(body: Body) -> list[str]:
    """What all rules together give at most."""
    told = bounds(body.get("limits") or {})
    return [_("All points together: %(bounds)s.") % {"bounds": in_a_row(told)}] if told else []


def exclusions(body: Body) -> list[str]:
    """What earns nothing."""
    excluded = body.get("exclusions") or {}
    nothing = named_goods(excluded)
    nothing += [_("items like %(pattern)s") % {"pattern": each} for each in codes(excluded.get("patterns") or ())]
    if excluded.get("discounted"):
        nothing.append(_("discounted goods"))
    told = [_("Nothing is earned on %(goods)s.") % {"goods": either(nothing)}] if nothing else []
    if excluded.get("tax"):
        told.append(_("Amounts count without tax."))
    if excluded.get("payments"):
        methods = either(codes(excluded["payments"]))
        told.append(_("What is paid with %(methods)s earns nothing.") % {"methods": methods})
    return told


def branch_sentences(change: Body, terms: Terms) -> list[str]:
    """What a branch, or a group of branches, changes."""
    at = _("At %(branch)s") % {"branch": branch_named(change["branch"])}
    told = []
    if change.get("off"):
        rules = together([terms.rule(code) for code in change["off"]])
        told.append(_("%(at)s: without %(rules)s.") % {"at": at, "rules": rules})
    for code, factor in (change.get("rates") or {}).items():
        told.append(
            _("%(at)s: %(rule)s %(factor)s.")
            % {"at": at, "rule": terms.rule(code), "factor": isolated(times_factor(factor))}
        )
    for rule in change.get("rules") or ():
        told.append(_("%(at)s: %(sentence)s") % {"at": at, "sentence": rule_sentence(rule, terms)})
    return told
