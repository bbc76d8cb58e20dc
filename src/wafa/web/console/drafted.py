"""A programme's JSON as a draft may have it, whatever somebody has typed: its rules, its problems, its sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from wafa.core.programme import Programme, ProgrammeInvalidError
from wafa.core.values.fields import Problem
from wafa.queries.console.receipts import branches
from wafa.store.models import Merchant
from wafa.web.console.rule_form.fields import OPTIONS
from wafa.web.console.rule_form.types import Setting
from wafa.web.console.typed_json import canonical
from wafa.wording import rules as wording
from wafa.wording.measures import POINTS
from wafa.wording.names import name_in
from wafa.wording.rules.terms import branch as branch_named

Body = dict[str, Any]
LONGEST_CODE = 40
_OF_A_RULE = re.compile(r"rules\[(\d+)\](?:\.|$)")
_SOUND_ALL_THE_SAME = frozenset(
    "tier_unknown unit_unknown not_a_per_amount_rule code_used_twice not_the_unit_of_its_base others_build_on_it "
    "group_of_another_unit needs_during only_points_qualify not_a_unit_of_money".split()
)
"""Problems of a rule among others: by itself it can be told."""
_NOT_TOLD = ("code", "name")
"""Fields that a rule's sentence does not speak of."""


@dataclass(frozen=True, slots=True)
class ToldRule:
    """A rule in its place: what it is called, its sentence (empty while it cannot be told), its problems in words."""

    index: int
    name: str
    sentence: str
    problems: list[str]
    was: str = ""
    """By which it is known again."""


def problems_of(body: Body) -> tuple[Problem, ...]:
    """All that is wrong with it; nothing: it could be published."""
    try:
        Programme.read(body)
    except ProgrammeInvalidError as error:
        return error.problems
    return ()


def rules_of(body: Body) -> list[Any]:
    """The chain's rules, whatever each of them is."""
    found = body.get("rules")
    return found if isinstance(found, list) else []


def with_rule(body: Body, index: int | None, rule: Body) -> Body:
    """The same with one of its rules replaced, or (None) another one at the end."""
    changed = deepcopy(body)
    rules = list(rules_of(changed))
    if index is None:
        rules.append(rule)
    else:
        rules[index] = rule
    return changed | {"rules": rules}


def without_rule(body: Body, index: int) -> Body:
    """The same without one of its rules."""
    return deepcopy(body) | {"rules": [rule for place, rule in enumerate(rules_of(body)) if place != index]}


def of_rule(problems: tuple[Problem, ...], index: int) -> list[Problem]:
    """The problems of one rule, with their paths inside it."""
    found = []
    for path, code in problems:
        match = _OF_A_RULE.match(path)
        if match and int(match[1]) == index:
            found.append((path[match.end() :], code))
    return found


def of_no_rule(problems: tuple[Problem, ...]) -> list[str]:
    """What is wrong elsewhere, in words."""
    return [wording.problem(path, code) for path, code in problems if not _OF_A_RULE.match(path)]


def told_rules(body: Body, problems: tuple[Problem, ...], currency: str) -> list[ToldRule]:
    """Each rule in words."""
    terms = terms_of(body, currency)
    told = []
    for index, rule in enumerate(rules_of(body)):
        own = of_rule(problems, index)
        words = [wording.problem(path, code) for path, code in own]
        told.append(ToldRule(index, name_of(rule, index), sentence(rule, own, terms), words, digest(rule)))
    return told


def name_of(rule: Any, index: int) -> str:
    """What a rule is called; one without a name by its code, or its number."""
    if not isinstance(rule, dict):
        return str(index + 1)
    code = rule.get("code")
    return name_in(rule.get("name"), code if isinstance(code, str) and code else str(index + 1))


def sentence(rule: Any, problems: list[Problem], terms: wording.Terms) -> str:
    """A rule as a sentence; empty as long as it is not whole. `problems` are its own, by paths inside it."""
    if not isinstance(rule, dict):
        return ""
    if any(path.partition(".")[0] not in _NOT_TOLD and code not in _SOUND_ALL_THE_SAME for path, code in problems):
        return ""
    try:
        return wording.rule_sentence(rule, terms)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return ""


def terms_of(body: Body, currency: str) -> wording.Terms:
    """What its rules are told by, as far as that is sound."""
    units = [unit for unit in _coded(body, "units") if isinstance(unit.get("kind"), str) and _is_card(unit)]
    sound = {"units": units, "tiers": _coded(body, "tiers"), "rules": _coded(body, "rules")}
    return wording.Terms.of(sound, currency)


def setting_of(merchant: Merchant, body: Body) -> Setting:
    """What the form of one of its rules offers."""
    shops = branches(merchant)
    groups = sorted({group for shop in shops for group in shop.groups})
    options = {name: [(code, str(label)) for code, label in listed] for name, listed in OPTIONS.items()}
    options["tiers"] = [_option(tier) for tier in _coded(body, "tiers")]
    options["bases"] = [_option(rule) for rule in _coded(body, "rules") if rule.get("kind") == "per_amount"]
    options["units"] = [(POINTS.code, _("Points")), *(_option(unit) for unit in _coded(body, "units"))]
    options["branches"] = [(shop.code, shop.name) for shop in shops]
    options["branches"] += [(f"group:{group}", branch_named(f"group:{group}")) for group in groups]
    return Setting(merchant.currency, options)


def new_code(body: Body, rule: Body) -> str:
    """Of a rule without one: after its English name, or its kind; one that is not there yet."""
    names = rule.get("name")
    english = names.get("en") if isinstance(names, dict) else ""
    stem = slugify(str(english or ""))[:LONGEST_CODE] or str(rule.get("kind") or "rule")[:LONGEST_CODE]
    lists = [body.get("rules"), body.get("activities")]
    taken = {
        str(each.get("code")) for found in lists if isinstance(found, list) for each in found if isinstance(each, dict)
    }
    code, count = stem, 1
    while code in taken:
        count += 1
        code = f"{stem}-{count}"
    return code


def digest(value: Any) -> str:
    """By which is seen that something is still as it was shown."""
    return sha256(canonical(value).encode()).hexdigest()[:32]


def _coded(body: Body, name: str) -> list[Mapping[str, Any]]:
    found = body.get(name)
    if not isinstance(found, list):
        return []
    return [each for each in found if isinstance(each, dict) and isinstance(each.get("code"), str) and each["code"]]


def _is_card(unit: Mapping[str, Any]) -> bool:
    card = unit.get("card", 0)
    return isinstance(card, int)


def _option(element: Mapping[str, Any]) -> tuple[str, str]:
    return str(element["code"]), name_in(element.get("name"), str(element["code"]))
