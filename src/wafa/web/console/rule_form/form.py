"""A rule of a draft as a form: filled from its JSON, and read back into it.

What the form cannot show stays in the rule as it is: nested conditions, fields that it does not know, values of some
other shape. What it can show and nobody has changed stays as it was written, too.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from wafa.web.console.rule_form import conditions
from wafa.web.console.rule_form.fields import ONLY_WHERE_THERE, RULES, Field, fields_of
from wafa.web.console.rule_form.objects import Body, read_object, stripped, write_object
from wafa.web.console.rule_form.types import Given, Inputs, Setting, UnshowableError

KIND = "kind"
WHEN = "when"


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form holds for a rule, and the fields of the rule that it has no room for, as they are."""

    inputs: Inputs
    kept: Body


@dataclass(frozen=True, slots=True)
class Read:
    """A rule as the form says; `places` are those of its conditions' rows in the JSON."""

    rule: Body
    places: dict[int, str]


def fill(rule: Body, setting: Setting) -> Filled:
    """The form of a rule as it stands in a draft, whatever that is."""
    kind = rule.get(KIND)
    inputs: Inputs = {}
    kept: Body = {}
    fields = fields_of(kind) if isinstance(kind, str) else ()
    for key, value in rule.items():
        own = [field for field in fields if field.top == key]
        try:
            if key == KIND and isinstance(kind, str) and kind in RULES:
                inputs[KIND] = [kind]
            elif key == WHEN:
                inputs |= _when_inputs(value, setting)
            elif own:
                inputs |= write_object(own, {key: value}, "", setting)
            else:
                kept[key] = value
        except UnshowableError:
            kept[key] = value
    return Filled(inputs, kept)


def shown_fields(kind: str, rule: Body | None, setting: Setting) -> tuple[Field, ...]:
    """The fields of a kind that the form has, where the rule stands in the draft already or (None) is a new one."""
    kept = fill(rule, setting).kept if rule is not None else {}
    return tuple(
        field
        for field in fields_of(kind)
        if field.top not in kept and (field.top not in ONLY_WHERE_THERE or field.top in (rule or {}))
    )


def read(given: Given, rule: Body | None, setting: Setting) -> Read:
    """The rule that the form says, in the place of `rule` as it stands in the draft; None: of a new one."""
    stored = deepcopy(rule or {})
    filled = fill(stored, setting)
    kind = _kind(given, filled.kept)
    fields = shown_fields(kind, rule, setting)
    found = read_object(fields, given, "", setting)
    when = conditions.read_when(given, setting) if WHEN not in filled.kept else conditions.Read(None, {})
    if when.value is not None:
        found[WHEN] = when.value
    for key, value in stored.items():
        if (key in found and _says_the_same(key, found[key], value, fields)) or (
            key not in found and key not in filled.kept and _says_nothing(key, value, fields)
        ):
            found[key] = value
    if isinstance(kind, str) and kind in RULES:
        found[KIND] = kind
    return Read(found | filled.kept, when.places)


def _kind(given: Given, kept: Body) -> str:
    chosen = (given.get(KIND) or [""])[-1]
    return chosen if chosen in RULES and KIND not in kept else ""


def _when_inputs(when: Any, setting: Setting) -> Inputs:
    inputs = conditions.write_when(when, setting)
    if conditions.plain(conditions.read_when(inputs, setting).value) != conditions.plain(when):
        raise UnshowableError
    return inputs


def _says_the_same(key: str, one: Any, other: Any, fields: tuple[Field, ...]) -> bool:
    if key == WHEN:
        return bool(conditions.plain(one) == conditions.plain(other))
    own = [field for field in fields if field.top == key]
    return stripped(own, {key: one}) == stripped(own, {key: other})


def _says_nothing(key: str, value: Any, fields: tuple[Field, ...]) -> bool:
    """What is written although leaving it out would mean the same: "priority": 0."""
    own = [field for field in fields if field.top == key]
    return bool(own) and stripped(own, {key: value}) == {}
