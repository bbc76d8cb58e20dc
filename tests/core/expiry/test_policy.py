"""The last day on which points can be spent."""

from __future__ import annotations

from datetime import date

from tests.core.programmes import programme
from tests.core.scenarios import table


@table("""
    months | bought     | last_day
    6      | 2011-01-05 | 2011-07-05
    6      | 2011-08-31 | 2012-02-29
    6      | 2010-08-31 | 2011-02-28
    1      | 2011-01-31 | 2011-02-28
    12     | 2012-02-29 | 2013-02-28
    -      | 2011-01-05 | None
""")
def test_last_day(months: str, bought: str, last_day: str) -> None:
    expiry = programme(months=None if months == "-" else int(months)).expiry
    assert str(expiry.last_day(date.fromisoformat(bought))) == last_day
