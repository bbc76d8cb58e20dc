"""What is wrong in a programme that was refused, as a sentence with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from wafa.wording.figures import number
from wafa.wording.languages import isolated
from wafa.wording.rules.fields import field_name
from wafa.wording.rules.series import in_a_row

_STEP = re.compile(r"(?P<name>[^.\[\]]+)|\[(?P<index>\d+)\]")
_BY_CODE = ("rates", "percent")
"""Maps whose keys are codes, not fields."""


def problem(path: str, code: str) -> str:
    """ "Rule 2, condition, end: that is no time of the day." """
    fault = PROBLEMS[code]() if code in PROBLEMS else _("something is wrong here (%(code)s)") % {"code": isolated(code)}
    place = in_a_row(_steps(path)) or _("the programme")
    place = place[:1].upper() + place[1:]
    return _("%(place)s: %(fault)s.") % {"place": place, "fault": fault}


def _steps(path: str) -> Iterator[str]:
    """Each step of a path: a field, or an element by its number, which is counted from 1."""
    found = [match.groupdict() for match in _STEP.finditer(path)]
    inside = ""
    for place, step in enumerate(found):
        name, index = step["name"], step["index"]
        if index is not None:
            yield _element(inside) % {"number": number(int(index) + 1)}
            continue
        is_list = place + 1 < len(found) and found[place + 1]["index"] is not None
        if inside in _BY_CODE:
            yield isolated(f"“{name}”")
        elif not (is_list and name in _ELEMENTS):
            yield field_name(name, inside)
        inside = name


def _element(of: str) -> str:
    """An element of a list; a template."""
    return _ELEMENTS[of]() if of in _ELEMENTS else _("no. %(number)s")


_ELEMENTS: dict[str, Callable[[], str]] = {
    "rules": lambda: _("rule %(number)s"),
    "tiers": lambda: _("tier %(number)s"),
    "units": lambda: _("unit %(number)s"),
    "activities": lambda: _("activity %(number)s"),
    "branch_rules": lambda: _("branch %(number)s"),
    "caps": lambda: _("cap %(number)s"),
}
PROBLEMS: dict[str, Callable[[], str]] = {
    "not_an_object": lambda: _("there must be an object in braces here"),
    "not_a_list": lambda: _("there must be a list here"),
    "missing": lambda: _("this is missing"),
    "unknown_field": lambda: _("there is no such field here"),
    "unknown_kind": lambda: _("this is none of the choices"),
    "not_a_whole_number": lambda: _("a whole number is needed"),
    "out_of_bounds": lambda: _("this is too small or too large"),
    "not_a_text": lambda: _("a text is needed that is not blank and not too long"),
    "not_true_or_false": lambda: _("this must be true or false"),
    "not_a_list_of_texts": lambda: _("a list of texts is needed"),
    "not_names_by_language": lambda: _("a name in English is needed; Arabic and Persian may be there too"),
    "not_percentages_by_tier": lambda: _("whole percentages by tier are needed"),
    "not_a_day": lambda: _("this is no day of the calendar"),
    "not_a_ratio": lambda: _("a decimal number above zero is needed"),
    "not_a_weekday": lambda: _("this is no day of the week"),
    "not_a_time": lambda: _("this is no time of the day"),
    "not_a_quantity": lambda: _("a quantity above zero is needed, with three decimal places at most"),
    "not_a_month_and_day": lambda: _("this is no day of a month"),
    "not_a_per_amount_rule": lambda: _("there is no rule by amount with this code"),
    "not_a_unit_of_money": lambda: _("a unit of money is needed"),
    "not_the_unit_of_its_base": lambda: _("it must give the same unit as the rule it builds on"),
    "not_ascending": lambda: _("each tier must begin above the one before it"),
    "first_not_from_zero": lambda: _("the first tier must begin at zero"),
    "before_from": lambda: _("the end lies before the beginning"),
    "below_least": lambda: _("this is less than the least"),
    "below_one": lambda: _("this is below one"),
    "empty": lambda: _("there is nothing in it"),
    "never_holds": lambda: _("this can never be met"),
    "too_deep": lambda: _("conditions lie too deep inside one another"),
    "per_used_twice": lambda: _("there is another one for the same period"),
    "code_used_twice": lambda: _("this code is used twice"),
    "rule_unknown": lambda: _("there is no such rule"),
    "tier_unknown": lambda: _("there is no such tier"),
    "unit_unknown": lambda: _("there is no such unit"),
    "needs_during": lambda: _("a cap for the campaign needs the days on which the rule holds"),
    "needs_redemption_worth": lambda: _("it must be said what points are worth"),
    "only_points_qualify": lambda: _("only points can count for the tier"),
    "only_points_wait_for_an_event": lambda: _("only points can wait for an event"),
    "others_build_on_it": lambda: _("other rules build on it, so it cannot be outdone in a group"),
    "group_of_another_unit": lambda: _("the rules of a group must give the same unit"),
    "may_not_switch_off": lambda: _("branches may not switch this rule off"),
    "may_not_add": lambda: _("branches may not add rules"),
    "has_no_rate": lambda: _("a branch cannot change a rule of this kind by a factor"),
}
