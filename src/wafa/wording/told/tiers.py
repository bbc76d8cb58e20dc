"""Reviews: a tier that is kept for a while, lost, or safe again."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from wafa.wording import dates
from wafa.wording.telling import Explanation, Slip, Telling


def review(explanation: Explanation, telling: Telling) -> Slip:
    """What became of the tier, and until when it is kept where less than that is supported."""
    before, after, supported = (str(explanation[name]) for name in ("from", "to", "supported"))
    notes = []
    if before != after:
        notes.append(_change(before, after, telling))
    since = explanation.get("below_since")
    if since:
        notes.append(kept_until(after, supported, date.fromisoformat(since), telling))
    elif before == after:
        notes.append(_("%(tier)s is reached again, and kept.") % {"tier": _name(after, telling)})
    return Slip((), tuple(notes))


def last_day_of_grace(since: date, grace_days: int) -> date:
    """The last day on which a tier is kept that has not been supported since a day: that day is the first of them."""
    return since + timedelta(days=max(grace_days, 1) - 1)


def kept_until(tier: str, supported: str, since: date, telling: Telling) -> str:
    """A tier in its days of grace."""
    last = last_day_of_grace(since, telling.names.grace_days(telling.version))
    return _("What counts now is enough for %(supported)s; %(tier)s is kept until %(day)s.") % {
        "supported": _name(supported, telling),
        "tier": _name(tier, telling),
        "day": dates.day(last),
    }


def _change(before: str, after: str, telling: Telling) -> str:
    names = {"before": _name(before, telling), "after": _name(after, telling)}
    if telling.names.is_higher(after, before, telling.version):
        return _("Up from %(before)s to %(after)s.") % names
    return _("Down from %(before)s to %(after)s: what counts is no longer enough.") % names


def _name(tier: str, telling: Telling) -> str:
    return telling.names.tier(tier, telling.version)
