"""Between members: points passed on, and two cards that become one or part again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.languages import isolated
from wafa.wording.telling import Explanation, Line, Part, Slip, Telling, by_lot
from wafa.wording.told import sums
from wafa.wording.told.progress import counted_line


def transfer_out(explanation: Explanation, telling: Telling) -> Slip:
    """To whom, and what it cost."""
    to = _("To member %(member)s") % {"member": isolated(str(explanation.get("to") or ""))}
    lines = [Line(to, -int(explanation["points"]), "", telling.measure)]
    fee = int(explanation.get("fee") or 0)
    if fee:
        lines.append(Line(_("Fee"), -fee, "", telling.measure))
    return Slip((Part(tuple(lines)),))


def transfer_in(explanation: Explanation, telling: Telling) -> Slip:
    """From whom, lot by lot: each keeps its last day."""
    sender = _("From member %(member)s") % {"member": isolated(str(explanation.get("from") or ""))}
    parts = by_lot(explanation.get("lots") or [], sender, telling)
    return Slip(tuple(parts), tuple(sums.debt_paid(explanation)))


def merge_out(explanation: Explanation, telling: Telling) -> Slip:
    """The other card took it all."""
    into = isolated(str(explanation.get("into") or ""))
    note = _("All that this member had is now member %(member)s's.") % {"member": into}
    return Slip(_moved(explanation, telling, -1), (note,))


def merge_in(explanation: Explanation, telling: Telling) -> Slip:
    """All of the other card's is here now."""
    member = isolated(str(explanation.get("member") or ""))
    note = _("All that member %(member)s had is now here.") % {"member": member}
    return Slip(_moved(explanation, telling, 1), (note, *sums.debt_paid(explanation)))


def unmerge_out(explanation: Explanation, telling: Telling) -> Slip:
    """The two were not one: what had come along goes."""
    member = isolated(str(explanation.get("member") or ""))
    note = _("The merge was undone: what member %(member)s had brought along went back.") % {"member": member}
    return Slip((), (note, *sums.forfeited(explanation, telling)))


def unmerge_in(explanation: Explanation, telling: Telling) -> Slip:
    """It comes back to whose it was."""
    member = isolated(str(explanation.get("from") or ""))
    note = _("The merge was undone: what is left of what had gone over to member %(member)s came back.")
    return Slip((), (note % {"member": member},))


def _moved(explanation: Explanation, telling: Telling, sign: int) -> tuple[Part, ...]:
    names = {"available": _("Available"), "pending": _("Pending"), "held": _("On hold"), "debt": _("Owed")}
    figures = {name: int(explanation.get(name) or 0) for name in names}
    lines = [
        # What is owed weighs the other way.
        Line(names[name], (-sign if name == "debt" else sign) * points, "", telling.measure)
        for name, points in figures.items()
        if points
    ]
    qualifying = counted_line(sign * int(explanation.get("qualifying") or 0), telling)
    lines += [qualifying] if qualifying else []
    return (Part(tuple(lines)),) if lines else ()
