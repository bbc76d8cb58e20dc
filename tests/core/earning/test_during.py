"""The days on which a rule holds are the merchant's own, by when the purchase happened."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.core.programmes import first_purchase, multiplier, per_amount, per_unit, programme, tier_percentage
from tests.core.scenarios import goods, play, table
from tests.core.telling import told
from tests.core.world import World, purchase

NOVEMBER = programme(per_amount(), multiplier("2", "november", during="2011-11-01 2011-11-30"), months=None)
JULY = programme(per_amount(), multiplier("2", "july", during="2011-07-01 2011-07-31"), months=None)


@table("""
    zone          | instant                   | gives
    Europe/London | 2011-11-30T23:59:59+00:00 | +16: base 8, november 8    # in winter London's clocks show UTC
    Europe/London | 2011-12-01T00:00:00+00:00 | +8: base 8
    Europe/London | 2011-10-31T23:59:59+00:00 | +8: base 8
    Europe/London | 2011-11-01T00:00:00+00:00 | +16: base 8, november 8
    Asia/Riyadh   | 2011-11-30T20:59:59+00:00 | +16: base 8, november 8    # 23:59:59 in Riyadh, three hours on
    Asia/Riyadh   | 2011-11-30T21:00:00+00:00 | +8: base 8                 # still November in UTC, December in the shop
    Asia/Riyadh   | 2011-10-31T21:00:00+00:00 | +16: base 8, november 8    # and the other way round
    Asia/Tehran   | 2011-11-30T20:29:59+00:00 | +16: base 8, november 8    # three and a half
    Asia/Tehran   | 2011-11-30T20:30:00+00:00 | +8: base 8
    Asia/Riyadh   | 2011-12-01T00:30:00+03:00 | +8: base 8                 # said with another offset: the same
    Asia/Riyadh   | 2011-11-30T22:30:00-02:00 | +8: base 8                 # 03:30 on 1 December in Riyadh
""")
def test_november_ends_at_the_merchants_midnight(zone: str, instant: str, gives: str) -> None:
    at = datetime.fromisoformat(instant)
    [outcome] = World(NOVEMBER, zone=ZoneInfo(zone)).post(purchase("1", *goods("A 8.00"), at=at))
    assert told(outcome) == gives


@table("""
    instant          | gives
    2011-06-30 23:00 | +16: base 8, july 8     # in summer London is an hour ahead: this is 1 July, 00:00
    2011-06-30 22:59 | +8: base 8
    2011-07-31 22:59 | +16: base 8, july 8
    2011-07-31 23:00 | +8: base 8              # 1 August, 00:00
""")
def test_summer_time_moves_midnight(instant: str, gives: str) -> None:
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    [outcome] = World(JULY).post(purchase("1", *goods("A 8.00"), at=at))
    assert told(outcome) == gives


def test_it_is_about_when_the_purchase_happened_not_when_it_is_counted() -> None:
    play(
        World(NOVEMBER),
        """
        buy  1  2011-11-30 23:59 at 2011-12-03   ann  A 8.00   -> +16: base 8, november 8
        buy  2  2011-12-01 00:01 at 2011-12-03   ann  A 8.00   -> +8: base 8
        buy  3  2011-10-31 23:59 at 2011-11-03   ann  A 8.00   -> +8: base 8
        """,
    )


def test_any_kind_of_rule_may_have_its_days() -> None:
    on = {"during": "2011-11-11 2011-11-11"}
    rules = [per_amount(**on), per_amount("all"), tier_percentage({"bronze": 50}, of="all", **on)]
    rules += [per_unit("A", **on), first_purchase(**on)]
    play(
        World(programme(*rules)),
        """
        buy  1  2011-11-10  ann  A 8.00   -> +8: all 8
        buy  2  2011-11-11  bob  A 8.00   -> +125: base 8, all 8, tier 4, unit 5, welcome 100
        buy  3  2011-11-12  cem  A 8.00   -> +8: all 8
        """,
    )
