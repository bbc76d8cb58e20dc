"""Figures, days and icons in templates. Everything is told in the reader's language and the merchant's time."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from wafa.wording import dates, figures, languages
from wafa.wording.measures import Measure

register = template.Library()

ICONS = Path(__file__).resolve().parents[2] / "static" / "vendor" / "tabler-icons"


@register.filter
def number(value: int) -> str:
    """1,204"""
    return figures.number(value)


@register.filter
def change(value: int) -> str:
    """+45"""
    return figures.change(value)


@register.filter
def quantity(milli: int) -> str:
    """6000 -> 6"""
    return figures.quantity(milli)


@register.filter
def money(minor: int, currency: str) -> str:
    """£45.50"""
    return figures.money(minor, currency)


@register.filter
def measured(value: int, measure: Measure) -> str:
    """120, or £1.20, as the unit is told"""
    return measure.number(value)


@register.filter
def minus(value: int) -> int:
    """The same, taken away."""
    return -value


@register.filter
def day(value: date) -> str:
    """10 December 2011"""
    return dates.day(_local(value))


@register.filter
def short_day(value: date) -> str:
    """10 Dec 2011"""
    return dates.short_day(_local(value))


@register.filter
def clock_time(value: datetime) -> str:
    """12:50"""
    return dates.clock_time(value, timezone.get_current_timezone())


@register.filter
def moment(value: datetime) -> str:
    """9 December 2011, 12:50"""
    return dates.moment(value, timezone.get_current_timezone())


@register.filter
def share(part: int, whole: int) -> str:
    """62%"""
    return figures.share(part, whole)


@register.simple_tag
def language_names() -> dict[str, str]:
    """Code and own name of every language there is."""
    return languages.OWN_NAMES


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon as a drawing within the page: for the eye only, the words stand beside it."""
    return mark_safe(_drawing(name).replace("CLASSES", f"icon {classes}".strip(), 1))  # noqa: S308  # our own file


@register.simple_tag
def bar(part: int, whole: int, tone: str = "") -> SafeString:
    """A bar filled as far as a part of a whole reaches; drawn, since a page may carry no styles of its own."""
    tenths = max(0, min(1000, part * 1000 // whole)) if whole > 0 else 0
    if part > 0:
        tenths = max(tenths, 8)
    fill = f'<rect class="bar-fill {tone}" width="{tenths // 10}.{tenths % 10}%" height="8" rx="4"/>' if tenths else ""
    return mark_safe(  # noqa: S308  # whole numbers and a class of ours
        '<svg class="bar" width="100%" height="8" aria-hidden="true">'
        f'<rect class="bar-ground" width="100%" height="8" rx="4"/>{fill}</svg>'
    )


@cache
def _drawing(name: str) -> str:
    source = (ICONS / f"{name}.svg").read_text("utf-8")
    paths = source[source.index(">") + 1 :].replace("\n", "").replace("  ", "")
    return (
        '<svg class="CLASSES" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{paths}"
    )


def _local(value: date) -> date:
    if isinstance(value, datetime):
        return dates.local_day(value, timezone.get_current_timezone())
    return value
