"""JSON as somebody typed it: what is kept is the value that was typed, or it is said why it cannot be."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wafa.wording.figures import number

LONGEST = 500_000
DEEPEST = 40
DIGITS_MOST = 400
_FIRST = (
    "code kind name tiers qualification expiry available units exclusions rules limits branch_rules branch_bounds "
    "activities redemption holds debt transfers merges claims from points per_minor mode of factor percent items minor "
    "per unit qualifying lines when calendar"
).split()
_ORDER = {key: place for place, key in enumerate(_FIRST)}


class NotJsonError(ValueError):
    """It cannot be kept as it was typed; `said` is why, in words."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def read_json(text: str) -> dict[str, Any]:
    """The object that was typed; raises NotJsonError."""
    if len(text) > LONGEST:
        raise NotJsonError(_("This is too long."))
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_exact, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        place = {"line": number(error.lineno), "column": number(error.colno)}
        raise NotJsonError(_("This is not JSON: look at line %(line)s, column %(column)s.") % place) from error
    except RecursionError as error:
        raise NotJsonError(_("Things lie too deep inside one another.")) from error
    if not isinstance(value, dict):
        raise NotJsonError(_("A programme is an object in braces."))
    check(value)
    return value


def check(value: Any, depth: int = 0) -> None:
    """Whether the store can keep it as it is; raises NotJsonError."""
    if depth > DEEPEST:
        raise NotJsonError(_("Things lie too deep inside one another."))
    if isinstance(value, dict):
        for key, inner in value.items():
            check(key, depth + 1)
            check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            check(inner, depth + 1)
    elif isinstance(value, str) and any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        raise NotJsonError(_("There is a character in it that cannot be kept."))


def written(value: Any) -> str:
    """For reading: indented, what matters first."""
    return json.dumps(_ordered(value), ensure_ascii=False, indent=2)


def canonical(value: Any) -> str:
    """The same for the same value, however it was written."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (_ORDER.get(key, len(_ORDER)), key))
        return {key: _ordered(value[key]) for key in keys}
    return [_ordered(each) for each in value] if isinstance(value, list) else value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise NotJsonError(_("“%(field)s” stands twice in one object.") % {"field": twice})
    return found


def _no_number(text: str) -> Any:
    raise NotJsonError(_("“%(text)s” is no number.") % {"text": text})


def _whole(text: str) -> int:
    """A whole number; no further than anybody counts."""
    if len(text) > DIGITS_MOST:
        raise NotJsonError(_("The number %(text)s has too many digits.") % {"text": text[:DIGITS_MOST]})
    return int(text)


def _exact(text: str) -> float:
    """A number with a point; only where it comes back as it was typed."""
    value = float(text)
    if not Decimal(repr(value)).is_finite() or Decimal(repr(value)) != Decimal(text):
        raise NotJsonError(_("The number %(text)s has too many digits.") % {"text": text})
    return value
