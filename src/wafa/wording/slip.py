"""The slip: an entry's explanation as a person would tell it, in the reader's language.

"Base: 45. Gold, half as much again: 22." A slip has parts, since a return may touch several receipts; a
part has lines, each a name, its points and the reason; and notes say the rest in whole sentences. Pages
lay the parts out, the command line and messages take them as text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording import dates
from wafa.wording.awards import clause
from wafa.wording.figures import change, number, quantity
from wafa.wording.languages import isolated
from wafa.wording.names import Names

Explanation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One rule's share of the change, or one lot's."""

    label: str
    points: int
    reason: str = ""

    def __str__(self) -> str:
        """ "Gold, half as much again: 22." """
        label = _("%(label)s, %(reason)s") % {"label": self.label, "reason": self.reason} if self.reason else self.label
        points = number(self.points) if self.points >= 0 else change(self.points)
        return _("%(label)s: %(points)s.") % {"label": label, "points": points}


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one receipt; of the entry's own where no other is named."""

    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    receipt: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """Everything that an entry has to say for itself."""

    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The slip in one breath, for the command line and messages."""
        said: list[str] = []
        for part in self.parts:
            if part.receipt:
                said.append(_("Receipt %(number)s.") % {"number": isolated(part.receipt)})
            said += [str(line) for line in part.lines]
            said += part.notes
        return " ".join([*said, *self.notes])


def slip(kind: str, explanation: Explanation, names: Names, version: UUID | None, currency: str) -> Slip:
    """The slip of an entry of some kind; of a kind not known here, an empty one."""
    tell = _TOLD.get(kind)
    return tell(explanation or {}, names, version, currency) if tell else Slip()


def _accrual(explanation: Explanation, names: Names, version: UUID | None, currency: str) -> Slip:
    awards = explanation.get("awards") or []
    lines = tuple(award_line(award, names, version, currency) for award in awards)
    notes = []
    if explanation.get("reason") == "no_programme":
        notes.append(_("No programme was in force, so nothing was earned."))
    elif not awards:
        notes.append(_("Nothing on this receipt earns points."))
    paid, lapsed = int(explanation.get("debt_paid") or 0), int(explanation.get("lapsed") or 0)
    if paid:
        notes.append(
            ngettext(
                "%(n)s of these points paid off what was owed.", "%(n)s of these points paid off what was owed.", paid
            )
            % {"n": number(paid)}
        )
    if lapsed:
        notes.append(
            ngettext(
                "%(n)s point had run out by the time the receipt was recorded.",
                "%(n)s points had run out by the time the receipt was recorded.",
                lapsed,
            )
            % {"n": number(lapsed)}
        )
    return Slip((Part(lines),) if lines else (), tuple(notes))


def award_line(award: Explanation, names: Names, version: UUID | None, currency: str) -> Line:
    """What one rule gave."""
    points = int(award["points"])
    reason = clause(str(award.get("kind")), points, award.get("figures") or {}, currency)
    return Line(_label(award, names, version), points, reason)


def _label(award: Explanation, names: Names, version: UUID | None) -> str:
    """The rule's name; a tier's award is better known by the tier: "Gold, half as much again"."""
    tier = (award.get("figures") or {}).get("tier")
    if award.get("kind") == "tier_percentage" and tier:
        return names.tier(str(tier), version)
    return names.rule(str(award.get("rule", "")), version)


def _clawback(explanation: Explanation, names: Names, version: UUID | None, currency: str) -> Slip:
    parts = tuple(_taken_from(receipt, names, version) for receipt in explanation.get("receipts") or [])
    notes = [
        _("%(quantity)s × %(item)s matched no earlier receipt, so nothing was taken for it.")
        % {"quantity": quantity(int(left["quantity_milli"])), "item": isolated(str(left["item"]))}
        for left in explanation.get("unmatched") or []
    ]
    if not parts and not notes:
        notes.append(_("What came back had earned nothing."))
    return Slip(parts, tuple(notes))


def _taken_from(receipt: Explanation, names: Names, version: UUID | None) -> Part:
    lines = tuple(
        Line(
            names.rule(str(award["rule"]), version),
            int(award["points"]),
            _("%(after)s of %(before)s left")
            % {"before": number(int(award["before"])), "after": number(int(award["after"]))},
        )
        for award in receipt.get("awards") or []
    )
    taken = receipt.get("taken") or {}
    notes = [say(int(taken[name])) for name, say in _TAKEN.items() if taken.get(name)]
    if not lines:
        notes.append(_("What came back had earned nothing."))
    return Part(lines, tuple(notes), str(receipt.get("number", "")), str(receipt.get("document", "")))


def _already_expired(points: int) -> str:
    return ngettext(
        "%(n)s point of these had expired already and was not taken again.",
        "%(n)s points of these had expired already and were not taken again.",
        points,
    ) % {"n": number(points)}


def _other_lots(points: int) -> str:
    return ngettext(
        "%(n)s point of these had been spent and was taken from other points.",
        "%(n)s points of these had been spent and were taken from other points.",
        points,
    ) % {"n": number(points)}


def _debt(points: int) -> str:
    return ngettext(
        "%(n)s point of these had been spent and is now owed.",
        "%(n)s points of these had been spent and are now owed.",
        points,
    ) % {"n": number(points)}


_TAKEN: dict[str, Callable[[int], str]] = {
    "already_expired": _already_expired,
    "other_lots": _other_lots,
    "debt": _debt,
}


def _expiry(explanation: Explanation, names: Names, version: UUID | None, currency: str) -> Slip:
    parts = []
    for lot in explanation.get("lots") or []:
        last = lot.get("expires_on")
        reason = _("last day %(day)s") % {"day": dates.day(date.fromisoformat(last))} if last else ""
        line = Line(_("Expired"), -int(lot["points"]), reason)
        parts.append(Part((line,), (), str(lot.get("number") or ""), str(lot.get("document") or "")))
    return Slip(tuple(parts))


_TOLD: dict[str, Callable[[Explanation, Names, UUID | None, str], Slip]] = {
    "accrual": _accrual,
    "clawback": _clawback,
    "expiry": _expiry,
}
