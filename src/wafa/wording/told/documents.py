"""Receipts and returns: what was earned, what was taken back, what was given again."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording.awards import clause
from wafa.wording.figures import number, quantity
from wafa.wording.languages import isolated
from wafa.wording.telling import Explanation, Line, Part, Slip, Telling
from wafa.wording.told import sums
from wafa.wording.told.taken import taken_notes


def accrual(explanation: Explanation, telling: Telling) -> Slip:
    """What a receipt earned, rule by rule."""
    awards = explanation.get("awards") or []
    lines = tuple(award_line(award, telling) for award in awards)
    notes = []
    if explanation.get("reason") == "no_programme":
        notes.append(_("No programme was in force, so nothing was earned."))
    elif not awards:
        notes.append(_("Nothing on this receipt earns points."))
    notes += sums.debt_paid(explanation)
    lapsed = int(explanation.get("lapsed") or 0)
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


def grant(explanation: Explanation, telling: Telling) -> Slip:
    """What a receipt gave in stamps or money, rule by rule."""
    lines = tuple(award_line(award, telling) for award in explanation.get("awards") or [])
    part = Part(lines, (), str(explanation.get("number") or ""), str(explanation.get("document") or ""))
    return Slip((part,), (*sums.lapsed(explanation, telling), *sums.debt_paid(explanation)))


def claim(explanation: Explanation, telling: Telling) -> Slip:
    """A receipt that came to this member later."""
    earned = accrual(explanation, telling)
    # Only a receipt that had no member says whom it comes from: nobody.
    if "from" in explanation:
        how = _("The receipt had been recorded without a member, and was claimed later.")
    else:
        how = _("The receipt had been credited to another member.")
    return Slip(earned.parts, (how, *earned.notes))


def award_line(award: Explanation, telling: Telling) -> Line:
    """What one rule gave."""
    points = int(award["points"])
    reason = clause(str(award.get("kind")), points, award.get("figures") or {}, telling.currency, telling.measure)
    return Line(_label(award, telling), points, reason, telling.measure)


def _label(award: Explanation, telling: Telling) -> str:
    """The rule's name; a tier's award is better known by the tier: "Gold, half as much again"."""
    tier = (award.get("figures") or {}).get("tier")
    if award.get("kind") == "tier_percentage" and tier:
        return telling.names.tier(str(tier), telling.version)
    return telling.names.rule(str(award.get("rule", "")), telling.version)


def clawback(explanation: Explanation, telling: Telling) -> Slip:
    """What went back with goods that came back."""
    parts = _parts(explanation, telling, lambda: _("What came back had earned nothing."))
    notes = [
        _("%(quantity)s × %(item)s matched no earlier receipt, so nothing was taken for it.")
        % {"quantity": quantity(int(left["quantity_milli"])), "item": isolated(str(left["item"]))}
        for left in explanation.get("unmatched") or []
    ]
    if not parts and not notes:
        notes.append(_("What came back had earned nothing."))
    return Slip(parts, (*notes, *sums.forfeited(explanation, telling)))


def reinstatement(explanation: Explanation, telling: Telling) -> Slip:
    """What a cancelled return had taken, and gives again."""

    def nothing() -> str:
        return _("What is the customer's again had earned nothing.")

    parts = _parts(explanation, telling, nothing)
    notes = [] if parts else [nothing()]
    return Slip(parts, (*notes, *sums.forfeited(explanation, telling)))


def reversal(explanation: Explanation, telling: Telling) -> Slip:
    """What a receipt had earned goes with it to the member whose it is."""
    parts = _parts(explanation, telling, lambda: _("The receipt had earned nothing."))
    to = isolated(str(explanation.get("to") or ""))
    return Slip(parts, (_("The receipt belongs to member %(member)s now.") % {"member": to},))


def _parts(explanation: Explanation, telling: Telling, nothing: Callable[[], str]) -> tuple[Part, ...]:
    return tuple(_part(receipt, telling, nothing) for receipt in explanation.get("receipts") or [])


def _part(receipt: Explanation, telling: Telling, nothing: Callable[[], str]) -> Part:
    lines = tuple(_change(award, telling) for award in receipt.get("awards") or [])
    notes = taken_notes(receipt.get("taken") or {})
    if not lines:
        notes.append(nothing())
    return Part(lines, tuple(notes), str(receipt.get("number", "")), str(receipt.get("document", "")))


def _change(award: Explanation, telling: Telling) -> Line:
    left = _("%(after)s of %(before)s left") % {
        "before": number(int(award["before"])),
        "after": number(int(award["after"])),
    }
    if int(award["points"]) > 0:
        left = _("%(after)s of %(first)s again") % {
            "first": number(int(award.get("first", award["after"]))),
            "after": number(int(award["after"])),
        }
    return Line(telling.names.rule(str(award["rule"]), telling.version), int(award["points"]), left)
