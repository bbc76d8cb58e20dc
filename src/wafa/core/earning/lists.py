"""Reading lists and maps inside an object, every problem with its whole path."""

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from wafa.core.values.fields import Fields, Problem

T = TypeVar("T")


def each_of(fields: Fields, name: str, read: Callable[[Fields], T]) -> list[T]:
    """What `read` makes of each element of a list; that it is absent is a problem."""
    return each_with_element(fields, name, lambda inner, _: read(inner))


def each_if_any(fields: Fields, name: str, read: Callable[[Fields], T]) -> list[T]:
    """The same; of an absent list nothing."""
    return each_of(fields, name, read) if fields.has(name) else []


def each_with_element(fields: Fields, name: str, read: Callable[[Fields, object], T]) -> list[T]:
    """The same, where `read` needs the element as it is written too."""
    found = []
    for index, (element, _) in enumerate(fields.objects(name)):
        problems: list[Problem] = []
        found.append(read(Fields(element, f"{name}[{index}]", problems), element))
        for path, code in problems:
            fields.problem(path, code)
    return found


def factors(fields: Fields, name: str, element: object) -> dict[str, Fraction]:
    """{"base": "1.5"}: exact decimals by code, of an element as it is written; an absent map is empty."""
    if not fields.has(name):
        return {}
    written = element.get(name) if isinstance(element, dict) else None
    inner = fields.inner(name)
    return {code: inner.ratio(code) for code in written} if isinstance(written, dict) else {}


def numbers(fields: Fields, name: str) -> list[int]:
    """A list of whole numbers; empty where it is anything else."""
    found = [element for element, _ in fields.objects(name)]
    whole = [each for each in found if isinstance(each, int) and not isinstance(each, bool)]
    return whole if len(whole) == len(found) else []
