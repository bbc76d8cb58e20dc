"""The form of a rule as a page draws it: every input with what stands in it, and what is wrong with it beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wafa.core.values.fields import Problem
from wafa.web.console.rule_form import conditions
from wafa.web.console.rule_form.fields import CONDITIONS, RULES, Field, Label, months
from wafa.web.console.rule_form.objects import inputs_of
from wafa.web.console.rule_form.types import (
    PARTS,
    Bundle,
    Caps,
    Choice,
    Given,
    Inputs,
    Money,
    MonthDay,
    Setting,
    Shares,
)
from wafa.wording.rules.faults import PROBLEMS

Options = Sequence[tuple[str, Label, bool]]
"""Value, what it is called, whether it is chosen."""


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a field that has several."""

    name: str
    label: Label
    value: str
    options: Options = ()


@dataclass(frozen=True, slots=True)
class DrawnField:
    """A field with what stands in it."""

    field: Field
    name: str
    value: str
    options: Options
    parts: Sequence[Part]
    problems: Sequence[str]

    @property
    def id(self) -> str:
        """For its label."""
        return f"f-{self.name.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A condition."""

    row: conditions.Row
    kinds: Options
    fields: Sequence[DrawnField]
    problems: Sequence[str]


@dataclass(slots=True)
class Problems:
    """What is wrong with a rule, by paths inside it; each is told at one place."""

    left: list[Problem] = field(default_factory=list)

    def take(self, path: str, field: Field | None = None) -> list[str]:
        """Those at a path, or inside it, in words; at the first of several fields, those of what they make up."""
        whole = path.removesuffix(field.path) + field.top if field else path
        here = [each for each in self.left if each[0] in (path, whole) or each[0].startswith((f"{path}.", f"{path}["))]
        self.left = [each for each in self.left if each not in here]
        return list(dict.fromkeys(_fault(code, field) for _path, code in here))


def draw_field(field: Field, given: Given, prefix: str, setting: Setting, problems: Sequence[str] = ()) -> DrawnField:
    """A field with what stands in its inputs."""
    name = f"{prefix}{field.path}"
    inputs = inputs_of(name, given)
    chosen = inputs.get("", [])
    value = chosen[-1] if chosen else ""
    options = [] if field.options == "months" else _chosen(setting.options.get(field.options, ()), chosen)
    return DrawnField(field, name, value, options, _parts(field, name, given, prefix, inputs, setting), problems)


def draw_fields(fields: Iterable[Field], given: Given, setting: Setting, problems: Problems) -> dict[str, DrawnField]:
    """A rule's own fields, by their paths."""
    return {field.path: draw_field(field, given, "", setting, problems.take(field.path, field)) for field in fields}


def draw_rows(given: Given, setting: Setting, places: dict[int, str], problems: Problems) -> list[DrawnRow]:
    """The conditions; one of which no kind has been chosen has no fields yet."""
    drawn = []
    for row in conditions.rows_of(given):
        place = places.get(row.number, "")
        fields = [
            draw_field(each, given, row.prefix, setting, problems.take(f"{place}.{each.path}", each) if place else ())
            for each in (CONDITIONS[row.kind].fields if row.kind else ())
        ]
        kinds = [(kind, told.label, kind == row.kind) for kind, told in CONDITIONS.items()]
        drawn.append(DrawnRow(row, kinds, fields, problems.take(place) if place and place != "when" else ()))
    return drawn


def first_choices(fields: Iterable[Field], prefix: str, given: Given, setting: Setting) -> Inputs:
    """What a page would show as chosen where nothing has been chosen: the first of each list."""
    return {
        name: [setting.options[field.options][0][0]]
        for field in fields
        if isinstance(field.type, Choice) and field.default is None and setting.options.get(field.options)
        if (name := f"{prefix}{field.path}") not in given
    }


def opened(own: dict[str, DrawnField]) -> dict[str, bool]:
    """The parts of the form in which something stands, or is wrong: they are not folded away."""
    parts = {
        "lines": ("lines",),
        "limits": ("caps", "cap", "per_receipt", "budget"),
        "more": ("unless", "group", "priority"),
    }
    return {
        name: any(
            each.problems or (each.field.top in tops and (each.value or any(part.value for part in each.parts)))
            for each in own.values()
            if each.field.top in tops or (name == "more" and each.field.top == "code")
        )
        for name, tops in parts.items()
    }


def kinds_of_rules(chosen: str) -> Options:
    """The kinds that there are."""
    return [(kind, told.label, kind == chosen) for kind, told in RULES.items()]


def _fault(code: str, field: Field | None) -> str:
    """As a sentence of its own."""
    if field and isinstance(field.type, Money) and code == "not_a_whole_number":
        return _("An amount of money is needed.")
    said = PROBLEMS[code]() if code in PROBLEMS else code
    return f"{said[:1].upper()}{said[1:]}."


def _parts(field: Field, name: str, given: Given, prefix: str, inputs: Inputs, setting: Setting) -> Sequence[Part]:
    listed = setting.options.get(field.options, ())
    match field.type:
        case Shares() | Caps():
            known = [code for code, _label in listed]
            others = [(code, code) for code in inputs if code and code not in known]
            return [Part(f"{name}.{code}", label, _one(inputs, code)) for code, label in (*listed, *others)]
        case MonthDay():
            calendar = (list(given.get(f"{prefix}calendar", ())) or [""])[-1]
            month = _one(inputs, "month")
            options = [(code, label, code == month) for code, label in months(calendar)]
            return [Part(f"{name}.month", "", month, options), Part(f"{name}.day", "", _one(inputs, "day"))]
        case Bundle():
            return [
                Part(
                    f"{name}.{place}",
                    "",
                    _one(inputs, f"{place}.codes"),
                    _chosen(listed, inputs.get(f"{place}.sort", [])),
                )
                for place in range(PARTS)
            ]
    return ()


def _one(inputs: Inputs, suffix: str) -> str:
    values = inputs.get(suffix, [])
    return values[-1] if values else ""


def _chosen(listed: Iterable[tuple[str, Label]], chosen: Sequence[str]) -> Options:
    """What is chosen is offered, also where it is no longer on the list."""
    known = list(listed)
    unknown = [(code, code) for code in chosen if code and code not in {code for code, _label in known}]
    return [(code, label, code in chosen) for code, label in (*known, *unknown)]
