"""The types of a form's fields: how each writes a value into inputs, and reads it back.

What was typed and cannot be read is passed on as the text that it is: the programme's own reading says what is wrong
with it, and nothing that somebody typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wafa.core.earning.caps import PER
from wafa.core.values.money import exponent
from wafa.wording.normalise import ascii_digits

Given = Mapping[str, Sequence[str]]
"""What was typed or chosen, by the names of the inputs; what is chosen several times is there several times."""
Inputs = dict[str, list[str]]
SORTS = ("items", "categories", "brands", "suppliers", "tags")
PARTS = 4
"""Parts of a bundle that the form has room for."""


class UnshowableError(ValueError):
    """A value that these inputs have no room for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form is about: the merchant's currency, and what there is to choose from, by the name of the list."""

    currency: str
    options: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


class Type:
    """A type of field. `template` names how it is drawn."""

    template = "text"
    mode = ""
    """Which keyboard suits it."""

    def write(self, value: Any, setting: Setting) -> Inputs:
        """What its inputs hold, by what follows the field's name; raises UnshowableError."""
        raise NotImplementedError

    def read(self, given: Inputs, setting: Setting) -> Any:
        """The value; None where there is none."""
        raise NotImplementedError


class Text(Type):
    """A text as it is."""

    def write(self, value: Any, setting: Setting) -> Inputs:
        """The text."""
        if not isinstance(value, str) or not value or value != value.strip():
            raise UnshowableError
        return {"": [value]}

    def read(self, given: Inputs, setting: Setting) -> Any:
        """Blank is nothing."""
        return typed(given).strip() or None


class Whole(Text):
    """A whole number."""

    mode = "numeric"

    def write(self, value: Any, setting: Setting) -> Inputs:
        """Its digits; a text that was typed before stands as it is."""
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            return {"": [str(value)]}
        return super().write(value, setting)

    def read(self, given: Inputs, setting: Setting) -> Any:
        """In any digits, thousands set apart or not."""
        text = plain_digits(typed(given))
        return int(text) if re.fullmatch(r"-?\d{1,18}", text) else text or None


class Decimal(Text):
    """An exact decimal, which JSON has as a text."""

    mode = "decimal"

    def read(self, given: Inputs, setting: Setting) -> Any:
        """With a point, whichever was typed."""
        return ascii_digits(typed(given).strip()).replace("٫", ".") or None


class Money(Text):
    """An amount, typed in the currency's own unit, kept in minor ones."""

    mode = "decimal"
    template = "money"

    def write(self, value: Any, setting: Setting) -> Inputs:
        """100 for 10000 minor units; 12.50."""
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**18:
            return super().write(value, setting)
        places = exponent(setting.currency)
        whole, rest = divmod(value, 10**places)
        return {"": [f"{whole}.{rest:0{places}d}" if rest else str(whole)]}

    def read(self, given: Inputs, setting: Setting) -> Any:
        """Minor units; what has more places than the currency stays a text."""
        text = plain_digits(typed(given))
        places = exponent(setting.currency)
        match = re.fullmatch(r"(\d{1,15})(?:\.(\d+))?", text)
        if not match or len(match[2] or "") > places:
            return text or None
        return int(match[1] + (match[2] or "").ljust(places, "0"))


class Codes(Text):
    """A list of codes, by commas."""

    template = "codes"

    def write(self, value: Any, setting: Setting) -> Inputs:
        """In their order."""
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise UnshowableError
        text = ", ".join(value)
        if split(text) != value:
            raise UnshowableError
        return {"": [text]}

    def read(self, given: Inputs, setting: Setting) -> Any:
        """None is no list at all."""
        return split(typed(given)) or None


class Day(Text):
    """A day, YYYY-MM-DD."""

    template = "day"

    def read(self, given: Inputs, setting: Setting) -> Any:
        """In any digits."""
        return ascii_digits(typed(given).strip()) or None


class Time(Day):
    """A time of the day, 16:00."""

    template = "text"


class Choice(Text):
    """One of some options; what is none of them is offered too while it stands there."""

    template = "choice"


class Choices(Type):
    """Any of some options."""

    template = "choices"

    def write(self, value: Any, setting: Setting) -> Inputs:
        """Each once."""
        if not isinstance(value, list) or not all(isinstance(code, str) and code for code in value):
            raise UnshowableError
        if len(set(value)) < len(value):
            raise UnshowableError
        return {"": list(value)}

    def read(self, given: Inputs, setting: Setting) -> Any:
        """Those that are ticked."""
        return [code for code in given.get("", []) if code] or None


class Flag(Type):
    """True where it is ticked, and left out where it is not; or false where it is ticked."""

    template = "flag"

    def __init__(self, ticked: bool) -> None:
        self.ticked = ticked

    def write(self, value: Any, setting: Setting) -> Inputs:
        """Ticked or not."""
        if not isinstance(value, bool):
            raise UnshowableError
        return {"": ["1"] if value is self.ticked else []}

    def read(self, given: Inputs, setting: Setting) -> Any:
        """What is not ticked is left out."""
        return self.ticked if typed(given) else None


class Discounted(Type):
    """Discounted, not discounted, or either."""

    template = "choice"
    _WORDS = {"yes": True, "no": False}

    def write(self, value: Any, setting: Setting) -> Inputs:
        """By a word."""
        if not isinstance(value, bool):
            raise UnshowableError
        return {"": ["yes" if value else "no"]}

    def read(self, given: Inputs, setting: Setting) -> Any:
        """None where both are meant."""
        return self._WORDS.get(typed(given))


class MonthDay(Type):
    """A month and a day of it: [9, 1]."""

    template = "month_day"

    def write(self, value: Any, setting: Setting) -> Inputs:
        """Both numbers."""
        if not isinstance(value, list) or len(value) != 2 or not 1 <= _plain(value[0]) <= 12:
            raise UnshowableError
        return {"month": [str(value[0])], "day": [str(_plain(value[1]))]}

    def read(self, given: Inputs, setting: Setting) -> Any:
        """What is no number stays a text."""
        day = Whole().read({"": given.get("day", [])}, setting)
        month = Whole().read({"": given.get("month", [])}, setting)
        return None if day is None else [month, day]


class Shares(Type):
    """A percentage for each tier."""

    template = "shares"

    def write(self, value: Any, setting: Setting) -> Inputs:
        """By the tier's code."""
        if not isinstance(value, dict) or not all(value):
            raise UnshowableError
        return {tier: Whole().write(share, setting)[""] for tier, share in value.items()}

    def read(self, given: Inputs, setting: Setting) -> Any:
        """Of the tiers that have one."""
        found = {tier: Whole().read({"": share}, setting) for tier, share in given.items()}
        return {tier: share for tier, share in found.items() if share is not None} or None


class Caps(Type):
    """The most for each period."""

    template = "caps"

    def write(self, value: Any, setting: Setting) -> Inputs:
        """One for each period at most, in their order."""
        if not isinstance(value, list):
            raise UnshowableError
        inputs: Inputs = {}
        for cap in value:
            if not isinstance(cap, dict) or cap.keys() != {"points", "per"} or cap["per"] not in PER:
                raise UnshowableError
            if cap["per"] in inputs:
                raise UnshowableError
            inputs[cap["per"]] = Whole().write(cap["points"], setting)[""]
        return inputs

    def read(self, given: Inputs, setting: Setting) -> Any:
        """In the order of the periods."""
        found = {per: Whole().read({"": given.get(per, [])}, setting) for per in PER}
        return [{"points": points, "per": per} for per, points in found.items() if points is not None] or None


class Bundle(Type):
    """Several goods, each a sort and its codes."""

    template = "bundle"

    def write(self, value: Any, setting: Setting) -> Inputs:
        """A part each; one that names several sorts has no room."""
        if not isinstance(value, list) or len(value) > PARTS:
            raise UnshowableError
        inputs: Inputs = {}
        for place, part in enumerate(value):
            if not isinstance(part, dict) or len(part) != 1 or not part.keys() <= set(SORTS):
                raise UnshowableError
            ((sort, codes),) = part.items()
            inputs[f"{place}.sort"] = [sort]
            inputs[f"{place}.codes"] = Codes().write(codes, setting)[""]
        return inputs

    def read(self, given: Inputs, setting: Setting) -> Any:
        """Parts without codes are none."""
        parts = []
        for place in range(PARTS):
            codes = Codes().read({"": given.get(f"{place}.codes", [])}, setting)
            sort = typed({"": given.get(f"{place}.sort", [])})
            if codes:
                parts.append({sort if sort in SORTS else SORTS[0]: codes})
        return parts or None


def typed(given: Inputs) -> str:
    """What stands in the one input."""
    values = given.get("", [])
    return values[-1] if values else ""


def split(text: str) -> list[str]:
    """Codes by commas, of any script."""
    return [code for each in re.split("[,،\n]", text) if (code := each.strip())]


def plain_digits(text: str) -> str:
    """A number without what sets its thousands apart."""
    text = ascii_digits(text.strip()).replace("٫", ".")
    if re.fullmatch(r"-?\d{1,3}([,٬]\d{3})+(\.\d+)?", text):
        return re.sub("[,٬]", "", text)
    return text


def _plain(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise UnshowableError
    return value
