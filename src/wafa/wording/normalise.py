"""What people type, made into what the tables hold: digits, spaces and invisible marks.

An Arabic or Persian keyboard types ٠١٢ or ۰۱۲, and text copied from a right-to-left page brings
direction marks along. None of that is part of a number, so it goes before anything is looked up.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {zero + value: str(value) for zero in (0x0660, 0x06F0, 0xFF10) for value in range(10)}

# Soft hyphen, Arabic letter mark, zero-width space to right-to-left mark, line and paragraph separators
# with the embeddings and overrides, word joiner, isolates, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")

# Letters that Arabic and Persian keyboards write differently for the same name.
_LETTERS = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک", ord("ـ"): None}


def ascii_digits(text: str) -> str:
    """The same text with Arabic-Indic, Persian and full-width digits written 0 to 9.

    >>> ascii_digits("۱۲٣٤"), ascii_digits("A-٧")
    ('1234', 'A-7')
    """
    return text.translate(_DIGITS)


def clean_reference(text: str) -> str:
    """A number or code as the tables hold it: ASCII digits, no invisible marks, single inner spaces.

    Letters keep their case and their punctuation, since `85123a` is not `85123A`.

    >>> clean_reference("\\u200f ۵۳۶۳۶۵\\u00a0 "), clean_reference("AB  ١٢\\u200c٣")
    ('536365', 'AB 123')
    """
    return " ".join(_INVISIBLE.sub("", ascii_digits(text)).split())


def phone_digits(text: str) -> str:
    """Of something that might be a phone number, the digits alone, without the international prefix.

    >>> phone_digits("+۹۸ ۹۱۲ ۳۴۵"), phone_digits("00966-50 123"), phone_digits("Layla")
    ('98912345', '96650123', '')
    """
    digits = re.sub(r"[^0-9]", "", clean_reference(text))
    return digits[2:] if digits.startswith("00") else digits


def folded_name(text: str) -> str:
    """A name for comparing: one form of each letter, no marks above or below it, lower case.

    A half-space (ZWNJ) separates, as a space does: people leave it out as often as they type it.

    >>> folded_name("علي  رِضا"), folded_name("José")
    ('علی رضا', 'jose')
    """
    spaced = text.replace("\u200c", " ")
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", ascii_digits(spaced)))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.translate(_LETTERS).casefold().split())
