"""The overview's months, in the calendar of whoever reads: Jalali ones for Persian, so nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wafa.queries.console.days import Flow
from wafa.wording import dates
from wafa.wording.figures import number
from wafa.wording.languages import chosen, runs_right_to_left

SHOWN = 13
"""A year and the month that is running, so that it stands beside the same month of the year before."""

AHEAD = 8


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """One month's points."""

    month: dates.Month
    flow: Flow

    @property
    def name(self) -> str:
        """December 2011"""
        return dates.month_name(self.month)

    @property
    def short(self) -> str:
        """Dec"""
        return dates.short_month_name(self.month)


def by_month(days: Mapping[date, Flow], today: date) -> list[MonthFlow]:
    """The latest months up to today's, from the first in which anything moved, empty ones included."""
    flows: dict[dates.Month, Flow] = {}
    for day, flow in days.items():
        month = dates.month_of(day)
        flows[month] = flows.get(month, Flow()) + flow
    last = dates.month_of(today)
    first = min(flows, default=last)
    shown: list[MonthFlow] = []
    while last >= first and len(shown) < SHOWN:
        shown.append(MonthFlow(last, flows.get(last, Flow())))
        last = last.previous()
    return shown[::-1]


@dataclass(frozen=True, slots=True)
class RunningOut:
    """Points whose last day falls in a month; no month: they never run out."""

    name: str
    points: int


def running_out_by_month(by_day: Iterable[tuple[date | None, int]], never: str) -> list[RunningOut]:
    """The months ahead, the soonest first, as many as fit."""
    months: dict[str, int] = {}
    for day, points in by_day:
        name = dates.month_name(dates.month_of(day)) if day else never
        months[name] = months.get(name, 0) + points
    return [RunningOut(name, points) for name, points in list(months.items())[:AHEAD]]


def chart(months: list[MonthFlow], words: Mapping[str, str]) -> dict[str, Any]:
    """What the chart's script needs: figures to draw, and every text ready in the reader's language."""
    return {
        "language": chosen(),
        "rtl": runs_right_to_left(),
        "words": dict(words),
        "months": [
            {
                "short": each.short,
                "year": dates.year_name(each.month.year) if each.month.month == 1 or each is months[0] else "",
                "name": each.name,
                **{
                    name: {"points": points, "text": number(points)}
                    for name, points in (
                        ("accrued", each.flow.accrued),
                        ("redeemed", each.flow.redeemed),
                        ("clawed_back", each.flow.clawed_back),
                        ("expired", each.flow.expired),
                    )
                },
            }
            for each in months
        ],
    }
