"""What people type, made into what the tables hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wafa.wording.normalise import ascii_digits, clean_reference, phone_digits


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("۵۳۶۳۶۵", "536365"), ("٥٣٦٣٦٥", "536365"), ("５３６", "536"), ("A-٧", "A-7"), ("85123a", "85123a"),
        ("\u200f 12\u00a0 34 \u200e", "12 34"), ("1\u200c2\u200d3", "123"), ("\u2067۱۲\u2069", "12"),
        ("\ufeff9", "9"), ("1\x002", "12"), ("", ""), (" \u200b ", ""), ("line\nbreak", "line break"),
    ],
)  # fmt: skip
def test_references(typed: str, meant: str) -> None:
    assert clean_reference(typed) == meant


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("+۹۶۶ ۵۰-۱۲۳ ۴۵۶۷", "966501234567"), ("00966501", "966501"), ("(050) 123", "050123"), ("Layla", "")],
)
def test_phones(typed: str, digits: str) -> None:
    assert phone_digits(typed) == digits


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_leaves_no_foreign_digit(text: str) -> None:
    once = clean_reference(text)
    assert clean_reference(once) == once
    assert once == once.strip()
    assert ascii_digits(once) == once
