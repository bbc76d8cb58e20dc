"""Every kind of earning rule has a file of its own, named after it, and says what it does."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from wafa.core.earning import rules
from wafa.core.earning.rules import KINDS, Rule
from wafa.core.earning.rules.per_amount import PerAmount


def faults(kind: str, rule: type[Rule]) -> list[str]:
    """What is missing of a kind."""
    module = inspect.getmodule(rule)
    found = []
    if rule.__module__ != f"{rules.__name__}.{kind}":
        found.append("not in a file of its name")
    if not (module and module.__doc__):
        found.append("its file has no docstring")
    own = vars(rule)
    for said, what in [("class", rule), ("read", own.get("read")), ("points", own.get("points"))]:
        if not inspect.getdoc(what) or getattr(what, "__doc__", None) is None:
            found.append(f"{said} has no docstring")
    if rule.kind != kind:
        found.append("it calls itself otherwise")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_file_and_says_what_it_does(kind: str) -> None:
    assert faults(kind, KINDS[kind]) == []


def test_no_two_kinds_share_a_file_and_no_file_is_without_one() -> None:
    package = inspect.getfile(rules).removesuffix("__init__.py")
    named = {inspect.getfile(rule).removeprefix(package).removesuffix(".py") for rule in KINDS.values()}
    written = {path.stem for path in Path(package).glob("*.py")} - {"__init__", "base"}
    assert named == written == set(KINDS)


def test_one_that_lacks_everything_is_found() -> None:
    class Mute(PerAmount):
        kind = "silence"

        @classmethod
        def read(cls, fields: Any) -> Any:
            return None

        def points(self, reading: Any) -> Any:
            return 0, {}

    Mute.__doc__ = None
    assert faults("mute", Mute) == [
        "not in a file of its name",
        "class has no docstring",
        "read has no docstring",
        "points has no docstring",
        "it calls itself otherwise",
    ]
    assert faults("per_amount", PerAmount) == []
