"""A rule as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.languages import isolated
from wafa.wording.measures import POINTS
from wafa.wording.rules.bounds import bounds
from wafa.wording.rules.conditions import clause
from wafa.wording.rules.giving import giving
from wafa.wording.rules.series import codes, either, ended, in_a_row
from wafa.wording.rules.terms import Body, Terms
from wafa.wording.rules.times import days_between


def rule_sentence(rule: Body, terms: Terms) -> str:
    """ "Double points on Base on Fridays from 16:00 to 18:00, at most 100 points a day." """
    what = giving(rule, terms)
    when = clause(rule["when"], terms) if rule.get("when") else ""
    days = days_between(rule.get("during") or {}, terms)
    conditions = in_a_row([text for text in (when, days) if text])
    if conditions:
        what = _("%(what)s %(when)s") % {"what": what, "when": conditions}
    clauses = [what, *bounds(rule, terms.units.of(str(rule.get("unit", POINTS.code))))]
    if rule.get("unless"):
        clauses.append(_unless(rule["unless"]))
    sentence = ended(_("%(clauses)s.") % {"clauses": in_a_row(clauses)})
    if not rule.get("group"):
        return sentence
    group = _("Of the group %(group)s only the largest award counts.") % {"group": isolated(rule["group"])}
    return f"{sentence} {group}"


def _unless(unless: Body) -> str:
    there = codes(unless.get("items") or ())
    if unless.get("discounted"):
        there.append(_("anything discounted"))
    return _("unless %(goods)s is on the receipt") % {"goods": either(there)}
