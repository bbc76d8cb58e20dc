"""What people type, made into what the tables hold: digits, spaces and invisible marks.

An Arabic or Persian keyboard types ٠١٢ or ۰۱۲, and text copied from a right-to-left page brings
direction marks along. None of that is part of a number, so it goes before anything is looked up.
"""

from __future__ import annotations

import re

_DIGITS = {zero + value: str(value) for zero in (0x0660, 0x06F0, 0xFF10) for value in range(10)}

# Control characters, soft hyphen, Arabic letter mark, zero-width space to right-to-left mark, line and paragraph
# separators with the embeddings and overrides, word joiner, isolates, byte order mark.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")


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
