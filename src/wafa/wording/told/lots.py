"""What happens to lots by the calendar: they run out, or become available."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from wafa.wording import dates
from wafa.wording.telling import Explanation, Line, Part, Slip, Telling, by_lot
from wafa.wording.told import sums


def expiry(explanation: Explanation, telling: Telling) -> Slip:
    """What was left of each lot after its last day."""
    parts = []
    for lot in explanation.get("lots") or []:
        last = lot.get("expires_on")
        reason = _("last day %(day)s") % {"day": dates.day(date.fromisoformat(last))} if last else ""
        line = Line(_("Expired"), -int(lot["points"]), reason, telling.measure)
        parts.append(Part((line,), (), str(lot.get("number") or ""), str(lot.get("document") or "")))
    return Slip(tuple(parts))


def activation(explanation: Explanation, telling: Telling) -> Slip:
    """What can be spent from now on."""
    lots = [lot for lot in explanation.get("lots") or [] if int(lot["points"])]
    notes = []
    if not lots:
        notes.append(_("Nothing was left that could become available."))
    elif explanation.get("receipt"):
        notes.append(_("What these points waited for has happened."))
    parts = by_lot(lots, _("Now available"), telling, signed=False)
    return Slip(tuple(parts), (*notes, *sums.debt_paid(explanation)))
