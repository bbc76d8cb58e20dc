"""Which goods are meant, as a noun: "COFFEE or category dairy, without a discount"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wafa.wording.languages import isolated
from wafa.wording.rules.series import codes, either

Filter = Mapping[str, Any]


def goods(lines: Filter) -> str:
    """What a filter of lines passes."""
    named = either(named_goods(lines))
    text = _by_discount(named, lines.get("discounted"))
    but = lines.get("not")
    return _("%(goods)s (but not %(others)s)") % {"goods": text, "others": goods(but)} if but else text


def names_of(labels: list[str]) -> Filter:
    """The filter that names these labels: "category:dairy" is {"categories": ["dairy"]}."""
    found: dict[str, list[str]] = {}
    for label in labels:
        sort, _colon, code = label.partition(":")
        found.setdefault(_SORTS[sort], []).append(code)
    return found


def named_goods(lines: Filter) -> list[str]:
    """The items and labels that a filter names, one by one."""
    found = codes(lines.get("items") or ())
    for name in _SORTS.values():
        found += [_label(name) % {"code": isolated(str(code))} for code in lines.get(name) or ()]
    return found


def _by_discount(named: str, discounted: bool | None) -> str:
    if discounted is None:
        return named or _("any goods")
    if not named:
        return _("discounted goods") if discounted else _("goods without a discount")
    text = _("%(goods)s at a discount") if discounted else _("%(goods)s without a discount")
    return text % {"goods": named}


def _label(name: str) -> str:
    match name:
        case "categories":
            return _("category %(code)s")
        case "brands":
            return _("brand %(code)s")
        case "suppliers":
            return _("supplier %(code)s")
    return _("goods tagged %(code)s")


_SORTS = {"category": "categories", "brand": "brands", "supplier": "suppliers", "tag": "tags"}
