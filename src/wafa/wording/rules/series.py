"""Several things in a row, as they are told: by commas, by "and", by "or"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from wafa.wording.languages import isolated

_TWO_STOPS = re.compile("\\.([\u200f\u2069]*)\\.(?=\\s|$)")
"""With the marks between them that only steer the direction."""


def together(things: Sequence[str]) -> str:
    """A, B and C"""
    return _last(things, _("%(first)s and %(last)s"))


def either(things: Sequence[str]) -> str:
    """A, B or C"""
    return _last(things, _("%(first)s or %(last)s"))


def in_a_row(things: Iterable[str]) -> str:
    """A, B, C"""
    return _(", ").join(things)


def codes(of: Iterable[object]) -> list[str]:
    """Codes as they are, each set apart."""
    return [isolated(str(code)) for code in of]


def bracketed(text: str) -> str:
    """(A and B)"""
    return f"({text})"


def ended(sentence: str) -> str:
    """With one full stop, where what it ends with (the riyal, in Arabic) has one already."""
    return _TWO_STOPS.sub(r".\1", sentence)


def _last(things: Sequence[str], template: str) -> str:
    if len(things) < 2:
        return "".join(things)
    return template % {"first": in_a_row(things[:-1]), "last": things[-1]}
