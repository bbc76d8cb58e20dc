"""When it happened: by the day of the week, the hour, the date."""

from __future__ import annotations

from tests.core.earning.trying import holds
from tests.core.scenarios import table


def minute(clock: str) -> int:
    """`16:05`, in minutes since midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


@table("""
    begin | end   | clock | held
    16:00 | 18:00 | 15:59 | no
    16:00 | 18:00 | 16:00 | yes
    16:00 | 18:00 | 17:59 | yes
    16:00 | 18:00 | 18:00 | no         # the end is not included
    00:00 | 00:01 | 00:00 | yes
    00:00 | 00:01 | 00:01 | no
    22:00 | 24:00 | 21:59 | no
    22:00 | 24:00 | 22:00 | yes
    22:00 | 24:00 | 23:59 | yes        # 24:00 is the end of the day
    22:00 | 24:00 | 00:00 | no
    00:00 | 24:00 | 00:00 | yes        # the whole day
    00:00 | 24:00 | 23:59 | yes
""")
def test_from_an_hour_until_before_another(begin: str, end: str, clock: str, held: str) -> None:
    assert holds({"kind": "hours", "from": begin, "to": end}, minute=minute(clock)) == held


@table("""
    begin | end   | clock | held
    22:00 | 02:00 | 21:59 | no
    22:00 | 02:00 | 22:00 | yes
    22:00 | 02:00 | 23:59 | yes
    22:00 | 02:00 | 00:00 | yes        # past midnight
    22:00 | 02:00 | 01:59 | yes
    22:00 | 02:00 | 02:00 | no
    22:00 | 02:00 | 12:00 | no
    22:00 | 00:00 | 23:59 | yes        # until midnight
    22:00 | 00:00 | 00:00 | no
    22:00 | 21:59 | 21:58 | yes        # all day but a minute
    22:00 | 21:59 | 21:59 | no
    22:00 | 21:59 | 22:00 | yes
""")
def test_hours_that_pass_midnight(begin: str, end: str, clock: str, held: str) -> None:
    assert holds({"kind": "hours", "from": begin, "to": end}, minute=minute(clock)) == held


@table("""
    on         | held
    2011-11-24 | no          # a Thursday
    2011-11-25 | yes
    2011-11-26 | yes
    2011-11-27 | no
    2011-12-02 | yes         # every Friday
""")
def test_fridays_and_saturdays(on: str, held: str) -> None:
    assert holds({"kind": "weekday", "of": ["friday", "saturday"]}, on=on) == held


@table("""
    on         | day
    2011-11-21 | monday
    2011-11-22 | tuesday
    2011-11-23 | wednesday
    2011-11-24 | thursday
    2011-11-25 | friday
    2011-11-26 | saturday
    2011-11-27 | sunday
""")
def test_every_day_has_its_name(on: str, day: str) -> None:
    assert holds({"kind": "weekday", "of": [day]}, on=on) == "yes"
    assert holds({"not": {"kind": "weekday", "of": [day]}}, on=on) == "no"
    every = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    assert holds({"kind": "weekday", "of": every}, on=on) == "yes"


@table("""
    first      | last       | on         | held
    2011-11-01 | 2011-11-30 | 2011-10-31 | no
    2011-11-01 | 2011-11-30 | 2011-11-01 | yes
    2011-11-01 | 2011-11-30 | 2011-11-30 | yes
    2011-11-01 | 2011-11-30 | 2011-12-01 | no
    2011-11-11 | 2011-11-11 | 2011-11-11 | yes
    2011-11-01 | -          | 2011-10-31 | no
    2011-11-01 | -          | 2031-01-01 | yes
    -          | 2011-11-30 | 2001-01-01 | yes
    -          | 2011-11-30 | 2011-12-01 | no
""")
def test_dates_hold_both_their_ends(first: str, last: str, on: str, held: str) -> None:
    ends = {name: end for name, end in (("from", first), ("to", last)) if end != "-"}
    assert holds({"kind": "dates"} | ends, on=on) == held
