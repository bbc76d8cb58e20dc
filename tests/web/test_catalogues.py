"""The catalogues: everything said, nothing forgotten, and what is read at run time is what people wrote."""

from __future__ import annotations

import re
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils import translation

from wafa.locale import compile as catalogue
from wafa.locale.marked import marked

PLURALS = {"ar": 6, "fa": 2}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}|</?\w+[^>]*>")


@pytest.fixture(params=catalogue.catalogues(), ids=lambda path: path.parent.parent.name)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def messages(read: Catalog) -> list[Message]:
    """All but the heading."""
    return [message for message in read if message.id]


def test_there_is_one_for_each_language_that_is_not_english() -> None:
    assert [path.parent.parent.name for path in catalogue.catalogues()] == ["ar", "fa"]


def test_what_is_read_at_run_time_is_what_people_wrote(path: Path) -> None:
    def texts(compiled: bytes) -> dict[object, str]:
        read = GNUTranslations(BytesIO(compiled))
        return {key: text for key, text in read._catalog.items() if key}  # type: ignore[attr-defined]

    kept = path.with_suffix(".mo").read_bytes()
    assert texts(kept) == texts(catalogue.compiled(path)), "run python -m wafa.locale.compile"


def test_every_marked_text_is_there_and_no_other(path: Path) -> None:
    known = {message.id for message in messages(catalogue.read(path))}
    wanted = marked()
    missing = {text: files for text, files in wanted.items() if text not in known}
    assert not missing
    assert not known - set(wanted)


def test_nothing_is_left_untranslated_or_half_sure(path: Path) -> None:
    for message in messages(catalogue.read(path)):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        assert all(string.strip() or not str(message.id).strip() for string in strings), message.id
        assert not message.fuzzy, message.id


def test_plurals_have_all_their_forms(path: Path) -> None:
    read = catalogue.read(path)
    assert read.num_plurals == PLURALS[path.parent.parent.name]
    for message in messages(read):
        if isinstance(message.id, tuple):
            assert len(message.string) == read.num_plurals, message.id


def test_figures_and_markup_survive_translation(path: Path) -> None:
    for message in messages(catalogue.read(path)):
        if isinstance(message.id, tuple):
            wanted = set(PLACEHOLDER.findall(message.id[1]))
            for form, string in enumerate(message.string):
                found = set(PLACEHOLDER.findall(string))
                # One and two are words of their own in Arabic, so their figure may go.
                assert found == wanted or (found < wanted and form < 3), (message.id, string)
        else:
            assert sorted(PLACEHOLDER.findall(message.id)) == sorted(PLACEHOLDER.findall(message.string)), message.id


def test_digits_are_never_written_into_a_text(path: Path) -> None:
    for message in messages(catalogue.read(path)):
        for string in message.string if isinstance(message.string, tuple | list) else (message.string,):
            if not re.search(r"[0-9]", str(message.id)):
                assert not re.search(r"[0-9٠-٩۰-۹]", string), string


@pytest.mark.parametrize(
    ("language", "count", "says"),
    [
        ("en", 1, "1 member found"), ("en", 5, "5 members found"), ("en", 0, "0 members found"),
        ("ar", 0, "لم يُعثر على أي عضو"), ("ar", 1, "عُثر على عضو واحد"), ("ar", 2, "عُثر على عضوين"),
        ("ar", 3, "عُثر على 3 أعضاء"), ("ar", 11, "عُثر على 11 عضوًا"), ("ar", 100, "عُثر على 100 عضو"),
        ("ar", 103, "عُثر على 103 أعضاء"), ("fa", 1, "1 عضو پیدا شد"), ("fa", 5, "5 عضو پیدا شد"),
    ],
)  # fmt: skip
def test_counts_read_as_people_count(language: str, count: int, says: str) -> None:
    with translation.override(language):
        text = translation.ngettext("%(n)s member found", "%(n)s members found", count)
        assert text % {"n": count} == says
