"""An object of JSON as inputs, field by field, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from wafa.web.console.rule_form.fields import CAPS, CHOICES, Field
from wafa.web.console.rule_form.types import Given, Inputs, Setting, UnshowableError
from wafa.web.console.typed_json import canonical

Body = dict[str, Any]
_ABSENT = object()


def read_object(fields: Iterable[Field], given: Given, prefix: str, setting: Setting) -> Body:
    """What the inputs say; a field without a value is left out."""
    found: Body = {}
    for field in fields:
        value = field.type.read(inputs_of(f"{prefix}{field.path}", given), setting)
        if value is not None and not _is_default(value, field):
            _put(found, field.path, value)
    return found


def write_object(fields: Sequence[Field], value: Body, prefix: str, setting: Setting) -> Inputs:
    """What the inputs hold for an object; raises UnshowableError where there is something in it that they do not."""
    inputs: Inputs = {}
    for field in fields:
        found = _get(value, field.path)
        if found is not _ABSENT:
            for suffix, texts in field.type.write(found, setting).items():
                inputs[".".join(filter(None, (f"{prefix}{field.path}", suffix)))] = texts
    if stripped(fields, read_object(fields, inputs, prefix, setting)) != stripped(fields, value):
        raise UnshowableError
    return inputs


def stripped(fields: Iterable[Field], value: Body) -> Body:
    """The same object without what could as well be left out: two that mean the same are then equal."""
    plain = deepcopy(value)
    for field in fields:
        found = _get(plain, field.path)
        if found is _ABSENT:
            continue
        if found == [] or _is_default(found, field):
            _drop(plain, field.path)
        elif field.type in (CHOICES, CAPS) and isinstance(found, list):
            _put(plain, field.path, sorted(found, key=canonical))
    return {key: each for key, each in plain.items() if each != {}}


def inputs_of(name: str, given: Given) -> Inputs:
    """The inputs of one field, by what follows its name."""
    found = {"": list(given[name])} if name in given else {}
    return found | {key[len(name) + 1 :]: list(texts) for key, texts in given.items() if key.startswith(f"{name}.")}


def _is_default(value: Any, field: Field) -> bool:
    """True is no 1 here."""
    return type(value) is type(field.default) and bool(value == field.default)


def _get(value: Body, path: str) -> Any:
    found: Any = value
    for step in path.split("."):
        if not isinstance(found, dict) or step not in found:
            return _ABSENT
        found = found[step]
    return found


def _put(value: Body, path: str, what: Any) -> None:
    *above, last = path.split(".")
    for step in above:
        value = value.setdefault(step, {})
    value[last] = what


def _drop(value: Body, path: str) -> None:
    *above, last = path.split(".")
    for step in above:
        value = value[step]
    del value[last]
