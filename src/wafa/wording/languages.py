"""The languages that Wafa speaks, and which of them is being read."""

from __future__ import annotations

from django.utils.translation import get_language

ENGLISH, ARABIC, PERSIAN = "en", "ar", "fa"
ALL = (ENGLISH, ARABIC, PERSIAN)
OWN_NAMES = {ENGLISH: "English", ARABIC: "العربية", PERSIAN: "فارسی"}
"""Each language by its own name: somebody who looks for theirs may not be able to read the page's."""


def chosen(language: str | None = None) -> str:
    """The language given, or else the one the reader has chosen; English where Wafa does not speak it."""
    code = (language or get_language() or ENGLISH)[:2].lower()
    return code if code in ALL else ENGLISH


def runs_right_to_left(language: str | None = None) -> bool:
    """Whether lines of this language begin at the right."""
    return chosen(language) != ENGLISH


def isolated(text: str, language: str | None = None) -> str:
    """A code or a name set apart, so that its direction and the sentence's leave each other alone.

    English needs no marks here: what stands in its sentences runs from left to right anyhow.
    """
    return f"\u2068{text}\u2069" if runs_right_to_left(language) and text else text
