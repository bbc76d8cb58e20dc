"""Where points that were taken back came from, beside their own lot; and where they went when they were given again."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import ngettext

from wafa.wording.figures import number
from wafa.wording.telling import Explanation

Say = Callable[[int], str]


def taken_notes(taken: Explanation) -> list[str]:
    """A sentence for each; a figure below zero went back there."""
    notes = []
    for name, (took, gave) in _SAY.items():
        points = int(taken.get(name) or 0)
        if points:
            say = took if points > 0 else gave
            notes.append(say(abs(points)) % {"n": number(abs(points))})
    return notes


def _already_expired(points: int) -> str:
    return ngettext(
        "%(n)s point of these had expired already and was not taken again.",
        "%(n)s points of these had expired already and were not taken again.",
        points,
    )


def _stay_expired(points: int) -> str:
    return ngettext(
        "%(n)s point of these had expired, and stays expired.",
        "%(n)s points of these had expired, and stay expired.",
        points,
    )


def _from_other_lots(points: int) -> str:
    return ngettext(
        "%(n)s point of these had been spent and was taken from other points.",
        "%(n)s points of these had been spent and were taken from other points.",
        points,
    )


def _to_other_lots(points: int) -> str:
    return ngettext(
        "%(n)s point of these went back to other points, from which it had been taken.",
        "%(n)s points of these went back to other points, from which they had been taken.",
        points,
    )


def _owed(points: int) -> str:
    return ngettext(
        "%(n)s point of these had been spent and is now owed.",
        "%(n)s points of these had been spent and are now owed.",
        points,
    )


def _no_longer_owed(points: int) -> str:
    return ngettext(
        "%(n)s point of these is no longer owed.",
        "%(n)s points of these are no longer owed.",
        points,
    )


def _forgiven(points: int) -> str:
    return ngettext(
        "%(n)s point of these had been spent and was forgiven.",
        "%(n)s points of these had been spent and were forgiven.",
        points,
    )


def _not_given_again(points: int) -> str:
    return ngettext(
        "%(n)s point of these had been forgiven, and is not given again.",
        "%(n)s points of these had been forgiven, and are not given again.",
        points,
    )


def _withheld(points: int) -> str:
    return ngettext(
        "%(n)s point of these had been spent; its worth was withheld from the refund.",
        "%(n)s points of these had been spent; their worth was withheld from the refund.",
        points,
    )


def _money_back(points: int) -> str:
    return ngettext(
        "%(n)s point of these had been paid for in money, which is the customer's again.",
        "%(n)s points of these had been paid for in money, which is the customer's again.",
        points,
    )


_SAY: dict[str, tuple[Say, Say]] = {
    "already_expired": (_already_expired, _stay_expired),
    "other_lots": (_from_other_lots, _to_other_lots),
    "debt": (_owed, _no_longer_owed),
    "forgiven": (_forgiven, _not_given_again),
    "withheld": (_withheld, _money_back),
}
