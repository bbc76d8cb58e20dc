"""The verbs of stories: what each line asks for, as a command.

Documents, `NUMBER  WHEN  WHOSE  WHAT`:

    buy       1    2011-01-05          ann             A×2 20.00, B 5.50      `-` is nobody
    back      C1   2011-01-06 10:30    ann of 1        A  withheld 5.00       `of 1` names the receipt
    swap      X1   2011-01-07          ann of 1        B 7.00 for A           sells B, takes back A
    void      V1   2011-01-08          1               withheld 5.00
    unback    U1   2011-01-08          C1                                     cancels the return

Requests, `KEY  WHEN  WHAT`; what R1 or H1 made is named by its key:

    redeem    R1   2011-01-05          ann [in stamps] 50 [as gift]
    cancel    K1   2011-01-06          R1
    hold      H1   2011-01-05          ann             50 [for 30]            minutes
    capture   P1   2011-01-05 12:10    H1              [30]
    release   L1   2011-01-05 12:10    H1
    adjust    J1   2011-01-05          ann             +50 [until 2011-02-01]
    did       A1   2011-01-05          ann             review [of TEA]
    give      T1   2011-01-05          ann to bob      50
    merge     M1   2011-01-05          bob into ann
    unmerge   N1   2011-01-06          M1
    close     Z1   2011-01-06          ann
    open      O1   2011-01-06          ann             100 until 2011-06-01, 50, qualifying 300
    activate  E1   2011-01-06          1
    move      W1   2011-01-06          1 to bob
    claim     D1   2011-01-06          1 by ann

And what happens by the clock: `settle  WHEN`, `review  WHEN  ann`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from tests.core.goods import goods, instant, scaled, times
from tests.core.world import exchange, goods_back, key_of, purchase
from wafa.core import commands as ask
from wafa.core.commands import Command
from wafa.core.ledger.wallet import POINTS

Named = Mapping[str, UUID]
"""What earlier requests of the story made, by their keys."""

NOBODY = UUID(int=0)
"""An id that nothing has."""


def command(line: str, columns: list[str], zone: tzinfo, named: Named | None = None) -> Command:
    """The command of a story's line, its verb and columns given."""
    return _COMMANDS[line](_Said(zone, named or {}), *columns)


class _Said:
    """What a line's words mean: instants by the merchant's clock, and names of earlier requests."""

    def __init__(self, zone: tzinfo, named: Named) -> None:
        self.zone = zone
        self.named = named

    def at(self, text: str) -> datetime:
        return instant(text, self.zone)

    def id(self, key: str) -> UUID:
        return self.named.get(key, NOBODY)

    def till(self, key: str, when: str) -> dict[str, Any]:
        return {"key": key, "at": self.at(when), "branch": "main", "till": "till 1", "cashier": "Dana"}


def _buy(said: _Said, number: str, when: str, whose: str, what: str) -> Command:
    return purchase(number, *goods(what), **times(when, said.zone), member=_member(whose))


def _back(said: _Said, number: str, when: str, whose: str, what: str, withheld: str = "") -> Command:
    names = {**_of_receipt(whose), **_withheld(withheld)}
    return goods_back(number, *goods(what), **times(when, said.zone), **names)


def _swap(said: _Said, number: str, when: str, whose: str, what: str, withheld: str = "") -> Command:
    sold, _, returned = what.partition(" for ")
    names = {**_of_receipt(whose), **_withheld(withheld)}
    return exchange(number, *goods(sold), returned=goods(returned), **times(when, said.zone), **names)


def _void(said: _Said, number: str, when: str, receipt: str, withheld: str = "") -> Command:
    at = said.at(when)
    document = {"at": at, "occurred_at": at, "source": "till", "branch": "main", "currency": "GBP", "number": number}
    return ask.VoidReceipt(**document, annulled=key_of(receipt), **_withheld(withheld))


def _unback(said: _Said, number: str, when: str, returned: str) -> Command:
    at = said.at(when)
    document = {"at": at, "occurred_at": at, "source": "till", "branch": "main", "currency": "GBP", "number": number}
    return ask.CancelReturn(**document, annulled=key_of(returned))


def _redeem(said: _Said, key: str, when: str, whose: str, points: str) -> Command:
    points, _, purpose = points.partition(" as ")
    told = {**_in_unit(whose), **({"purpose": purpose} if purpose else {})}
    return ask.Redeem(**said.till(key, when), **told, points=int(points))


def _cancel(said: _Said, key: str, when: str, redeemed: str) -> Command:
    return ask.CancelRedemption(**said.till(key, when), redemption=said.id(redeemed))


def _hold(said: _Said, key: str, when: str, whose: str, points: str) -> Command:
    points, _, minutes = points.partition(" for ")
    return ask.PlaceHold(
        **said.till(key, when), **_in_unit(whose), points=int(points), minutes=int(minutes) if minutes else None
    )


def _capture(said: _Said, key: str, when: str, held: str, points: str = "") -> Command:
    return ask.CaptureHold(**said.till(key, when), hold=said.id(held), points=int(points) if points else None)


def _release(said: _Said, key: str, when: str, held: str) -> Command:
    return ask.ReleaseHold(**said.till(key, when), hold=said.id(held))


def _adjust(said: _Said, key: str, when: str, whose: str, points: str) -> Command:
    points, _, until = points.partition(" until ")
    return ask.Adjust(
        at=said.at(when),
        key=key,
        **_in_unit(whose),
        points=int(points),
        reason="goodwill",
        note="They had to wait.",
        expires_on=date.fromisoformat(until) if until else None,
    )


def _did(said: _Said, key: str, when: str, member: str, what: str) -> Command:
    activity, _, subject = what.partition(" of ")
    happened = said.at(when)
    return ask.RecordActivity(
        at=happened, key=key, member=member, activity=activity, occurred_at=happened, subject=subject
    )


def _give(said: _Said, key: str, when: str, whose: str, points: str) -> Command:
    member, _, to = whose.partition(" to ")
    return ask.Transfer(at=said.at(when), key=key, member=member, points=int(points), **_renamed(_in_unit(to), "to"))


def _merge(said: _Said, key: str, when: str, which: str) -> Command:
    member, _, into = which.partition(" into ")
    return ask.MergeMembers(at=said.at(when), key=key, member=member, into=into)


def _unmerge(said: _Said, key: str, when: str, merged: str) -> Command:
    return ask.UndoMerge(at=said.at(when), key=key, merge=said.id(merged))


def _close(said: _Said, key: str, when: str, member: str) -> Command:
    return ask.CloseMember(at=said.at(when), key=key, member=member)


def _open(said: _Said, key: str, when: str, whose: str, what: str) -> Command:
    parts = what.split(", ")
    qualifying = [int(part.split()[1]) for part in parts if part.startswith("qualifying")]
    lots = tuple(_opening(part) for part in parts if not part.startswith("qualifying"))
    return ask.OpenBalance(at=said.at(when), key=key, **_in_unit(whose), lots=lots, qualifying=sum(qualifying))


def _opening(text: str) -> ask.OpeningLot:
    points, _, until = text.partition(" until ")
    return ask.OpeningLot(int(points), date.fromisoformat(until) if until else None)


def _activate(said: _Said, key: str, when: str, receipt: str) -> Command:
    return ask.ActivateReceipt(at=said.at(when), key=key, receipt=key_of(receipt))


def _move(said: _Said, key: str, when: str, what: str) -> Command:
    receipt, _, to = what.partition(" to ")
    return ask.MoveReceipt(at=said.at(when), key=key, receipt=key_of(receipt), to=to)


def _claim(said: _Said, key: str, when: str, what: str) -> Command:
    receipt, _, member = what.partition(" by ")
    return ask.ClaimReceipt(at=said.at(when), key=key, receipt=key_of(receipt), member=member)


def _settle(said: _Said, when: str) -> Command:
    return ask.Settle(at=said.at(when))


def _member(text: str) -> str | None:
    return None if text == "-" else text


def _of_receipt(text: str) -> dict[str, Any]:
    member, _, receipt = text.partition(" of ")
    return {"member": _member(member), "receipt": key_of(receipt) if receipt else None}


def _withheld(text: str) -> dict[str, int]:
    return {"withheld_minor": scaled(text.removeprefix("withheld "), 100)} if text else {}


def _in_unit(text: str) -> dict[str, str]:
    member, _, unit = text.partition(" in ")
    return {"member": member, "unit": unit or POINTS}


def _renamed(told: dict[str, str], name: str) -> dict[str, str]:
    return {name: told["member"], "unit": told["unit"]}


_COMMANDS: dict[str, Callable[..., Command]] = {
    "buy": _buy,
    "back": _back,
    "swap": _swap,
    "void": _void,
    "unback": _unback,
    "redeem": _redeem,
    "cancel": _cancel,
    "hold": _hold,
    "capture": _capture,
    "release": _release,
    "adjust": _adjust,
    "did": _did,
    "give": _give,
    "merge": _merge,
    "unmerge": _unmerge,
    "close": _close,
    "open": _open,
    "activate": _activate,
    "move": _move,
    "claim": _claim,
    "settle": _settle,
}
VERBS = frozenset(_COMMANDS)
