"""`wafa init`: a shop of one's own, by a few questions."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer
from django.contrib.auth import authenticate
from typer.testing import CliRunner, Result

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.init import init
from wafa.jobs.setup.templates import TEMPLATES
from wafa.store.ids import new_id
from wafa.store.models import Branch, Merchant, ProgrammeVersion, Staff


@pytest.fixture
def code() -> str:
    """A name that no shop has."""
    return f"palm-{new_id().hex[-12:]}"


def asked(options: dict[str, str], answers: list[str]) -> Result:
    """Run it with options, and answers to what it asks."""
    app = typer.Typer()
    app.command()(init)
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return CliRunner().invoke(app, words, input="\n".join(answers) + "\n")


def given(code: str, **more: str) -> dict[str, str]:
    """All that can be asked, as options."""
    usual = {"language": "en", "name": "Palm Books", "code": code, "kind": "grocery", "currency": "SAR"}
    return usual | {"time-zone": "Asia/Riyadh", "branch": "Olaya", "owner": f"{code}-owner"} | more


def test_nothing_is_asked_where_all_is_given(code: str) -> None:
    told = asked(given(code), [])
    assert told.exit_code == 0, told.output
    merchant = Merchant.objects.get(code=code)
    assert (merchant.name_en, merchant.currency, merchant.time_zone) == ("Palm Books", "SAR", "Asia/Riyadh")
    assert [branch.name for branch in Branch.objects.of(merchant)] == ["Olaya"]
    assert ProgrammeVersion.objects.of(merchant).get().body == TEMPLATES["grocery"].programme(100)
    [password] = re.findall(r"^  (\S{16})$", told.output, re.MULTILINE)
    user = authenticate(username=f"{code}-owner", password=password)
    assert user is not None
    assert Staff.objects.of(merchant).get().user_id == user.pk


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "What is the shop called?"), ("ar", "ما اسم المتجر؟"), ("fa", "نام فروشگاه چیست؟")],
)
def test_it_asks_in_the_owners_language(code: str, language: str, question: str) -> None:
    answers = ["Palm", code, "cafe", "irr", "Asia/Tehran", "", ""]
    told = asked({"language": language}, answers)
    assert told.exit_code == 0, told.output
    assert question in told.output
    merchant = Merchant.objects.get(code=code)
    assert (merchant.name(language), merchant.currency) == ("Palm", "IRR")
    assert TEMPLATES["cafe"].names[language] in told.output


def test_it_asks_again_until_the_answer_can_be_used(code: str) -> None:
    answers = ["", "Palm", "Not A Code", code, "bakery", "salon", "toman", "IRR", "Tehran", "Asia/Tehran", "", ""]
    told = asked({"language": "en"}, answers)
    assert told.exit_code == 0, told.output
    for complaint in ("cannot be used", "Please choose one of", "no currency of ISO 4217", "no time zone"):
        assert complaint in told.output


@pytest.mark.parametrize(
    ("option", "bad"),
    [
        ("language", "de"),
        ("name", " "),
        ("name", "x" * 121),
        ("code", "Palm Books"),
        ("kind", "bakery"),
        ("currency", "toman"),
        ("time-zone", "Tehran"),
        ("owner", ""),
    ],
)
def test_an_option_that_cannot_be_used_is_refused(code: str, option: str, bad: str) -> None:
    before = Merchant.objects.count()
    told = asked(given(code) | {option: bad}, [])
    assert isinstance(told.exception, UsageError), told.output
    assert Merchant.objects.count() == before


def test_names_that_are_taken(code: str) -> None:
    asked(given(code), [])
    again: list[tuple[dict[str, Any], str]] = [
        (given(code, owner=f"{code}-other"), "There is a shop"),
        (given(f"{code}-2", owner=f"{code}-owner"), "There is a user"),
    ]
    for options, complaint in again:
        told = asked(options, [])
        assert isinstance(told.exception, UsageError)
        assert complaint in str(told.exception)
    assert not Merchant.objects.filter(code=f"{code}-2").exists()
