"""Spending at a till: redemptions, holds, and what undoes them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from wafa.wording.figures import money
from wafa.wording.languages import isolated
from wafa.wording.measures import POINTS
from wafa.wording.telling import Explanation, Part, Slip, Telling, by_lot
from wafa.wording.told import sums


def redemption(explanation: Explanation, telling: Telling) -> Slip:
    """What for, what it was worth, and which lots gave it."""
    lots = by_lot(explanation.get("lots") or [], _("Redeemed"), telling, -1)
    return Slip((Part(notes=_what_for(explanation, telling)), *lots), _at_the_till(explanation))


def capture(explanation: Explanation, telling: Telling) -> Slip:
    """The same, of points that had been on hold; what was not needed went back."""
    spent = redemption(explanation, telling)
    back = explanation.get("released") or {}
    rest = int(back.get("points") or 0)
    notes = [_("The rest went back: %(amount)s.") % {"amount": telling.measure.amount(rest)}] if rest else []
    notes += [*sums.lapsed(back, telling), *sums.debt_paid(back)]
    return Slip(spent.parts, (*_held_since(telling), *notes, *spent.notes))


def cancellation(explanation: Explanation, telling: Telling) -> Slip:
    """The very lots have their points back."""
    when = [_("Redeemed on %(when)s.") % {"when": telling.moment(telling.of_at)}] if telling.of_at else []
    return Slip(_given_back(explanation, telling), (*when, *_after_giving_back(explanation, telling)))


def hold(explanation: Explanation, telling: Telling) -> Slip:
    """Until when, and which lots."""
    lots = by_lot(explanation.get("lots") or [], _("On hold"), telling, signed=False)
    until = telling.moment(datetime.fromisoformat(str(explanation["expires_at"])))
    return Slip((Part(notes=(_("On hold until %(when)s.") % {"when": until},)), *lots), _at_the_till(explanation))


def release(explanation: Explanation, telling: Telling) -> Slip:
    """What was on hold is back where it was."""
    ran_out = explanation.get("reason") == "time"
    why = _("The time of the hold ran out.") if ran_out else _("It was released at the till.")
    notes = (why, *_held_since(telling), *_after_giving_back(explanation, telling))
    return Slip(_given_back(explanation, telling), notes)


def _given_back(explanation: Explanation, telling: Telling) -> tuple[Part, ...]:
    signed = telling.points != 0
    return tuple(by_lot(explanation.get("lots") or [], _("Given back"), telling, signed=signed))


def _after_giving_back(explanation: Explanation, telling: Telling) -> tuple[str, ...]:
    said = [*sums.lapsed(explanation, telling), *sums.debt_paid(explanation), *sums.forfeited(explanation, telling)]
    return (*said, *_at_the_till(explanation))


def _held_since(telling: Telling) -> tuple[str, ...]:
    return (
        (_("It had been on hold since %(when)s.") % {"when": telling.moment(telling.of_at)},) if telling.of_at else ()
    )


def _what_for(explanation: Explanation, telling: Telling) -> tuple[str, ...]:
    reference = isolated(str(explanation.get("reference") or ""))
    worth = explanation.get("worth_minor")
    match explanation.get("purpose"):
        case "reward":
            return (_("For the reward %(name)s.") % {"name": reference} if reference else _("For a reward."),)
        case "gift":
            return (_("For the gift %(name)s.") % {"name": reference} if reference else _("For a gift."),)
        case "money_off":
            # Only points are worth something else than they are.
            worth = worth if telling.measure == POINTS else None
            amount = isolated(money(int(worth), telling.currency)) if worth is not None else ""
            what_for = (
                _("For %(amount)s off the price.") % {"amount": amount} if amount else _("For money off the price.")
            )
            return (what_for, _("Reference: %(name)s.") % {"name": reference}) if reference else (what_for,)
        case _:
            return ()


def _at_the_till(explanation: Explanation) -> tuple[str, ...]:
    till, cashier = (isolated(str(explanation.get(name) or "")) for name in ("till", "cashier"))
    if till and cashier:
        return (_("Till %(till)s, cashier %(cashier)s.") % {"till": till, "cashier": cashier},)
    if till:
        return (_("Till %(till)s.") % {"till": till},)
    return (_("Cashier %(cashier)s.") % {"cashier": cashier},) if cashier else ()
