"""Sentences about parts of a movement, whatever it was: what paid debt, what had run out."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.wording.figures import number
from wafa.wording.telling import Explanation, Telling


def debt_paid(explanation: Explanation) -> list[str]:
    """How many of the points went to what the member owed; nothing is said where none did."""
    paid = int(explanation.get("debt_paid") or 0)
    text = ngettext(
        "%(n)s of these points paid off what was owed.", "%(n)s of these points paid off what was owed.", paid
    )
    return [text % {"n": number(paid)}] if paid else []


def lapsed(explanation: Explanation, telling: Telling) -> list[str]:
    """How much came back, or came in, after its last day."""
    points = int(explanation.get("lapsed") or 0)
    text = _("Of these, %(amount)s expired at once: the last day had passed.")
    return [text % {"amount": telling.measure.amount(points)}] if points else []


def forfeited(explanation: Explanation, telling: Telling) -> list[str]:
    """How much came back to a member who had left, and was given up at once."""
    points = int(explanation.get("forfeited") or 0)
    text = _("Forfeited at once, since the member had left: %(amount)s.")
    return [text % {"amount": telling.measure.amount(points)}] if points else []
