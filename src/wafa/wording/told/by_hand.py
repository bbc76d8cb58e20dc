"""Points that no receipt gave or took: adjustments, activities, opening balances, leaving."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.languages import isolated
from wafa.wording.telling import Explanation, Line, Part, Slip, Telling, by_lot
from wafa.wording.told import sums
from wafa.wording.told.progress import counted_line


def adjustment(explanation: Explanation, telling: Telling) -> Slip:
    """Why, in the words of whoever did it."""
    sign = -1 if telling.points < 0 else 1
    label = _("Reason: %(reason)s") % {"reason": isolated(str(explanation.get("reason") or ""))}
    parts = by_lot(explanation.get("lots") or [], label, telling, sign)
    note = str(explanation.get("note") or "").strip()
    notes = [_("“%(note)s”") % {"note": isolated(note)}] if note else []
    return Slip(tuple(parts), (*notes, *sums.lapsed(explanation, telling), *sums.debt_paid(explanation)))


def reward(explanation: Explanation, telling: Telling) -> Slip:
    """What was done, and about what."""
    label = telling.names.activity(str(explanation.get("activity") or ""), telling.version)
    parts = by_lot(explanation.get("lots") or [], label, telling)
    subject = str(explanation.get("subject") or "").strip()
    notes = [_("“%(note)s”") % {"note": isolated(subject)}] if subject else []
    return Slip(tuple(parts), (*notes, *sums.lapsed(explanation, telling), *sums.debt_paid(explanation)))


def opening(explanation: Explanation, telling: Telling) -> Slip:
    """What an old programme owed."""
    parts = by_lot(explanation.get("lots") or [], _("Brought along"), telling)
    qualifying = counted_line(int(explanation.get("qualifying") or 0), telling)
    if qualifying:
        parts.append(Part((qualifying,)))
    return Slip(tuple(parts), (*sums.lapsed(explanation, telling), *sums.debt_paid(explanation)))


def closure(explanation: Explanation, telling: Telling) -> Slip:
    """What was left is gone, and what was owed as well."""
    forfeited, forgiven = (int(explanation.get(name) or 0) for name in ("forfeited", "forgiven"))
    lines = []
    if forfeited:
        lines.append(Line(_("Forfeited"), -forfeited, "", telling.measure))
    if forgiven:
        lines.append(Line(_("Debt forgiven"), forgiven, "", telling.measure))
    return Slip((Part(tuple(lines)),)) if lines else Slip((), (_("Nothing was left, and nothing was owed."),))
