"""Noticing occasions: members who joined, whose birthday it is, whose membership comes round; each counted once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection

from wafa.core.commands import RecordActivity
from wafa.core.earning.activities import OCCASIONS, Activity
from wafa.core.outcomes import Posted
from wafa.core.snapshot import Versions
from wafa.core.values.anniversaries import days_that_come_round
from wafa.core.values.calendars import CALENDARS
from wafa.operations.record_activities import record_activities
from wafa.store.actor import Actor
from wafa.store.calendars import calendars
from wafa.store.models import Merchant
from wafa.store.programmes import load_versions
from wafa.store.rows import array, text_array

GREGORIAN = CALENDARS[0]
DAYS_BACK = 7
"""Days on which nobody looked are made up for."""
ACTIVITIES_A_BATCH = 500

# Whoever has been rewarded under the key is not asked again; the ledger itself counts each but once.
_NEW = """
    AND m.status = 'active' AND m.survivor_id IS NULL AND NOT EXISTS (
        SELECT FROM entry e WHERE e.merchant_id = m.merchant_id
          AND e.request_key = %s || '/' || m.id || '/' || {day}
    )
    ORDER BY m.id
"""
_JOINED = f"""
    SELECT m.id, m.number, m.enrolled_at, 'joined' FROM member m
    WHERE m.merchant_id = %s AND m.enrolled_at >= %s AND m.enrolled_at <= %s
    {_NEW.format(day="'joined'")}
"""  # noqa: S608
_COMES_ROUND = f"""
    SELECT m.id, m.number, NULL, o.day::text
    FROM unnest(%s::date[], %s::text[], %s::date[]) AS o (day, calendar, origin)
    JOIN member m ON m.merchant_id = %s AND {{origin}} = o.origin {{more}}
    WHERE true
    {_NEW.format(day="o.day")}
"""  # noqa: S608
_BIRTHDAYS = _COMES_ROUND.format(origin="m.born_on", more="AND m.birth_calendar = o.calendar")
_ANNIVERSARIES = _COMES_ROUND.format(origin="(m.enrolled_at AT TIME ZONE %s)::date", more="")

Found = Iterator[tuple[str, str, datetime]]
"""The key, the member's number, and when it was."""


def notice_occasions(merchant: Merchant, actor: Actor | None = None) -> int:
    """Count every occasion of the last days that has not been counted; answers how many points' entries came of it.

    By the programme of the day. Doing it again, or being killed at it, counts none twice.
    """
    actor = actor or Actor("job", "notice_occasions")
    versions, at = load_versions(merchant.id), merchant.now()
    counted = 0
    for activity, days in _days_of(versions, merchant, at):
        found = _found(merchant, activity, days, at)
        while batch := list(islice(found, ACTIVITIES_A_BATCH)):
            requests = [
                RecordActivity(at=at, key=key, member=number, activity=activity.code, occurred_at=when)
                for key, number, when in batch
            ]
            counted += sum(isinstance(each, Posted) for each in record_activities(merchant.id, requests, actor))
    return counted


def _days_of(versions: Versions, merchant: Merchant, at: datetime) -> Iterator[tuple[Activity, list[date]]]:
    """The occasions that the programme knows, with the days of the last ones on which it knew them."""
    today = at.astimezone(merchant.zone).date()
    known: dict[str, tuple[Activity, list[date]]] = {}
    for back in range(DAYS_BACK, -1, -1):
        day = today - timedelta(days=back)
        version = versions.in_force(min(_noon(merchant, day), at))
        for activity in version.programme.activities.values() if version else ():
            if activity.kind in OCCASIONS and activity.during.holds(day):
                known.setdefault(activity.code, (activity, []))[1].append(day)
    yield from known.values()


def _found(merchant: Merchant, activity: Activity, days: list[date], at: datetime) -> Found:
    prefix = f"{activity.kind}/{activity.code}"
    given: list[Any]
    if activity.kind == "welcome":
        since = _noon(merchant, days[0]) - timedelta(hours=12)
        statement, given = _JOINED, [merchant.id, since, at, prefix]
    elif activity.kind == "birthday":
        origins = [(day, name, born) for name in CALENDARS for day, born in _origins(name, days)]
        statement, given = _BIRTHDAYS, [*_columns(origins), merchant.id, prefix]
    else:
        origins = [(day, "", joined) for day, joined in _origins(GREGORIAN, days)]
        statement, given = _ANNIVERSARIES, [*_columns(origins), merchant.id, merchant.time_zone, prefix]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows = cursor.fetchall()
    for id, number, when, day in rows:
        yield f"{prefix}/{id}/{day}", number, when or min(_noon(merchant, date.fromisoformat(day)), at)


def _origins(calendar: str, days: list[date]) -> Iterator[tuple[date, date]]:
    """Each day with every day whose anniversary it is."""
    return ((day, origin) for day in days for origin in days_that_come_round(calendars().named(calendar), day))


def _columns(origins: list[tuple[date, str, date]]) -> list[str]:
    days, names, firsts = zip(*origins, strict=True)
    return [array(days), text_array(names), array(firsts)]


def _noon(merchant: Merchant, day: date) -> datetime:
    """An instant that lies on the day whatever the clocks do."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=merchant.zone)
