"""The core uses the standard library only, asks nobody for anything, and knows no floats."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.architecture.purity import PURE, impurities
from tests.architecture.tree import SOURCE, shown, text_of

MODULES = sorted((SOURCE / "core").rglob("*.py"))

PURE_EXAMPLE = '''
"""A module of the core. Its prose may speak of floats, of 1/3 and of print()."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from wafa.core.values.rounding import floor_of

AHEAD = timedelta(minutes=5)
THIRD = Fraction(1, 3)


@dataclass(frozen=True)
class Lot:
    id: UUID
    expires_on: date | None

    def has_lapsed(self, today: date) -> bool:
        return self.expires_on is not None and self.expires_on < today


def sixth(points: Sequence[int], at: datetime) -> tuple[int, datetime]:
    return floor_of(sum(points) // 2, 3) * 10**2 % 7, at + AHEAD
'''


@pytest.mark.parametrize("module", MODULES, ids=shown)
def test_the_core_is_pure(module: Path) -> None:
    assert impurities(text_of(module)) == []


def test_there_is_a_core() -> None:
    assert len(MODULES) > 20


def test_a_pure_module_passes() -> None:
    assert impurities(PURE_EXAMPLE) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import django", "imports django"),
        ("import django.db.models as m", "imports django.db.models"),
        ("from django.db import models", "imports django.db"),
        ("from wafa.store import journal", "imports wafa.store"),
        ("from wafa.corex import y", "imports wafa.corex"),
        ("from . import sibling", "imports "),
        ("import os", "imports os"),
        ("from os import environ", "imports os"),
        ("import time", "imports time"),
        ("import random", "imports random"),
        ("import secrets", "imports secrets"),
        ("from pathlib import Path", "imports pathlib"),
        ("import socket", "imports socket"),
        ("from zoneinfo import ZoneInfo", "imports zoneinfo"),
        ("import math", "imports math"),
        ("def f():\n    import logging", "imports logging"),
        ("from uuid import uuid4", "imports uuid4 from uuid"),
        ("from uuid import UUID, uuid4", "imports UUID, uuid4 from uuid"),
        ("import uuid\nuuid.uuid4()", "asks for .uuid4"),
        ("import datetime\ndatetime.datetime.now()", "asks for .now"),
        ("from datetime import date\ndate.today()", "asks for .today"),
        ("from datetime import datetime\nnow = datetime.now", "asks for .now"),
        ("from datetime import datetime\ndatetime.utcnow()", "asks for .utcnow"),
        ("from datetime import datetime\ndatetime.fromtimestamp(0)", "asks for .fromtimestamp"),
        ("def f(at): return at.timestamp()", ".timestamp is a float"),
        ("def f(span): return span.total_seconds()", ".total_seconds is a float"),
        ("open('x')", "calls open()"),
        ("print('x')", "calls print()"),
        ("def f(x): return hash(x)", "calls hash()"),
        ("def f(x): return round(x)", "calls round()"),
        ("x = 0.5", "the float 0.5"),
        ("x = 1e3", "the float 1000.0"),
        ("x = 2j", "the float 2j"),
        ("x = float('1')", "names float"),
        ("def f(x: float): ...", "names float"),
        ("def f(a, b): return a / b", "divides with /"),
        ("def f(a, b):\n    a /= b", "divides with /"),
        ("x = 10 ** -2", "a negative power is a float"),
    ],
)
def test_an_impure_one_does_not(source: str, found: str) -> None:
    assert [impurity.split(": ")[1] for impurity in impurities(source)] == [found]


def test_what_passes_for_pure_is_of_the_standard_library() -> None:
    assert sys.stdlib_module_names >= PURE
