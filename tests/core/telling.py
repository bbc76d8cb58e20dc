"""Outcomes and wallets as short texts, so that a scenario reads aloud and a difference shows at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.core.world import World
from wafa.core.commands import RecordPurchase
from wafa.core.earning.reading import Award
from wafa.core.ledger.wallet import Lot
from wafa.core.outcomes import Accepted, Duplicate, Expired, Outcome, Refused

_TAKEN = {"own_lot": "own", "already_expired": "expired", "other_lots": "others", "debt": "owed"}


def told(outcome: Outcome) -> str:
    """`+125: base 25, welcome 100`, `-10: own 8, owed 2`, `refused member_unknown`, `again +125`."""
    if isinstance(outcome, Refused):
        return f"refused {outcome.refusal}"
    if isinstance(outcome, Duplicate):
        return f"again {outcome.first.points:+d}"
    if isinstance(outcome, Expired):
        return f"{-outcome.points:+d}"
    if outcome.document.member_id is None:
        return f"anonymous {outcome.slip.anonymous_reason}".strip()
    is_purchase = isinstance(outcome.document.command, RecordPurchase)
    parts = (_of_purchase if is_purchase else _of_return)(outcome.slip.explanation)
    return f"{outcome.slip.points:+d}: {', '.join(parts)}" if parts else f"{outcome.slip.points:+d}"


def _of_purchase(explanation: dict[str, Any]) -> list[str]:
    parts = [f"{award['rule']} {award['points']}" for award in explanation["awards"]]
    parts += [f"{name} {explanation[key]}" for key, name in _SETTLED.items() if explanation[key]]
    return parts + ([explanation["reason"]] if explanation["reason"] else [])


_SETTLED = {"debt_paid": "debt paid", "lapsed": "lapsed"}


def _of_return(explanation: dict[str, Any]) -> list[str]:
    taken: Counter[str] = Counter()
    for receipt in explanation["receipts"]:
        taken.update(receipt["taken"])
    parts = [f"{name} {taken[key]}" for key, name in _TAKEN.items() if taken[key]]
    return parts + [f"unmatched {_quantity(each)}" for each in explanation["unmatched"]]


def _quantity(unmatched: dict[str, Any]) -> str:
    whole, rest = divmod(unmatched["quantity_milli"], 1000)
    return f"{unmatched['item']}×{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")


def seen(world: World, member: str, asked: str) -> str:
    """Of a member's wallet what the scenario asks about, in its words: `available 5, lots 1:5, tier bronze`."""
    wallet = world.wallet(member)
    lots = [f"{lot.number}:{lot.remaining}" for lot in sorted(wallet.lots, key=Lot.drawing_order) if lot.remaining]
    figures: dict[str, object] = {
        "available": wallet.available,
        "debt": wallet.debt,
        "qualifying": wallet.qualifying,
        "purchases": wallet.eligible_purchases,
        "tier": wallet.tier or "none",
        "lots": " ".join(lots) or "none",
    }
    names = [part.split()[0] for part in asked.split(", ")]
    return ", ".join(f"{name} {figures[name]}" for name in names)


def slip_of(outcome: Outcome) -> Accepted:
    """The outcome, which must be that the document counts."""
    assert isinstance(outcome, Accepted), told(outcome)
    return outcome


def awards_told(awards: Iterable[Award]) -> str:
    """`base 25, welcome 100`; `-` where there is none."""
    return ", ".join(f"{award.rule} {award.points}" for award in awards) or "-"
