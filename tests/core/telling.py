"""Outcomes and wallets as short texts, so that a scenario reads aloud and a difference shows at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.core.world import World
from wafa.core.earning.reading import Award
from wafa.core.ledger.entry import ACCRUAL, CLAIM, CLAWBACK, REINSTATEMENT, REVERSAL, Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.wallet import POINTS, Wallet
from wafa.core.outcomes import Accepted, Duplicate, Outcome, Posted, Refused, Reviewed, Settled

_TAKEN = {
    "own_lot": "own",
    "already_expired": "expired",
    "other_lots": "others",
    "debt": "owed",
    "forgiven": "forgiven",
    "withheld": "withheld",
}
_FIGURES = {
    "worth_minor": "worth",
    "fee": "fee",
    "captured": "captured",
    "forfeited": "forfeited",
    "forgiven": "forgiven",
    "lapsed": "lapsed",
    "debt_paid": "debt paid",
}


def told(outcome: Outcome) -> str:
    """`+125: base 25, welcome 100`, `-10: own 8, owed 2`, `refused member_unknown`, `again +125`."""
    match outcome:
        case Refused():
            return f"refused {outcome.refusal}"
        case Duplicate():
            return f"again {outcome.first.points:+d}"
        case Settled():
            return f"{-outcome.expired:+d}"
        case Reviewed():
            return ", ".join(_of_review(entry) for entry in outcome.entries) or "nothing"
        case Posted():
            kinds = [entry.id for entry in outcome.entries]
            return "; ".join(map(_of_entry, outcome.entries[kinds.index(outcome.slip.id) :]))
    return _of_document(outcome)


def _of_document(outcome: Accepted) -> str:
    if "waits_for" in outcome.slip.explanation:
        return f"waits for {outcome.slip.explanation['waits_for']}"
    own = [entry for entry in outcome.entries if entry.document_id]
    if not own:
        return f"anonymous {outcome.slip.anonymous_reason}".strip()
    return "; ".join(map(_of_entry, own))


def _of_entry(entry: Entry) -> str:
    said = entry.explanation
    if entry.kind in (ACCRUAL, CLAIM):
        parts = [f"{award['rule']} {award['points']}" for award in said["awards"]]
        parts += _figures(said) + ([said["reason"]] if said["reason"] else [])
    elif entry.kind in (CLAWBACK, REINSTATEMENT, REVERSAL):
        parts = _of_return(said)
    else:
        lots = " ".join(f"{each['number'] or '-'}:{each['points']}" for each in said.get("lots", ()))
        parts = ([f"lots {lots}"] if lots else []) + _figures(said)
        parts += [f"back {said['released']['points']}"] if said.get("released", {}).get("points") else []
    return f"{entry.points:+d}: {', '.join(parts)}" if parts else f"{entry.points:+d}"


def _figures(said: dict[str, Any]) -> list[str]:
    released = said.get("released", {})
    figures = {name: said.get(key) or released.get(key) for key, name in _FIGURES.items()}
    return [f"{name} {figure}" for name, figure in figures.items() if figure]


def _of_return(said: dict[str, Any]) -> list[str]:
    taken: Counter[str] = Counter()
    for receipt in said["receipts"]:
        taken.update(receipt["taken"])
    parts = [f"{name} {taken[key]}" for key, name in _TAKEN.items() if taken[key]]
    parts += [f"forfeited {said['forfeited']}"] if said.get("forfeited") else []
    return parts + [f"unmatched {_quantity(each)}" for each in said.get("unmatched", ())]


def _of_review(entry: Entry) -> str:
    said = entry.explanation
    grace = f" below since {said['below_since']}" if said["below_since"] else ""
    return (f"{said['from']} to {said['to']}" if said["from"] != said["to"] else said["to"]) + grace


def _quantity(unmatched: dict[str, Any]) -> str:
    whole, rest = divmod(unmatched["quantity_milli"], 1000)
    return f"{unmatched['item']}×{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")


def seen(world: World, whose: str, asked: str) -> str:
    """Of a member's wallet what the scenario asks about, in its words: `available 5, lots 1:5, tier bronze`.

    `ann in stamps` is her wallet of that unit. `lots` and `days` are in drawing order; `covers 1:2:30` says that
    lot 2 has given 30 in place of lot 1.
    """
    member, _, unit = whose.partition(" in ")
    wallet = world.wallet(member, unit or POINTS)
    figures = wallet.figures() | {"qualifying": wallet.qualifying, "purchases": wallet.eligible_purchases}
    texts = {
        "tier": wallet.tier,
        "below_since": str(wallet.below_since or ""),
        "status": world.snapshot.members[member].status,
        "lots": _lots(wallet, lambda lot: lot.remaining),
        "holds": _lots(wallet, lambda lot: lot.held),
        "days": _days(wallet),
        "covers": _covers(wallet),
    }
    names = [part.split()[0] for part in asked.split(", ")]
    return ", ".join(f"{name} {figures[name] if name in figures else texts[name] or 'none'}" for name in names)


def _in_order(wallet: Wallet) -> list[Lot]:
    return sorted(wallet.lots, key=Lot.drawing_order)


def _lots(wallet: Wallet, figure: Any) -> str:
    return " ".join(f"{lot.number or '-'}:{figure(lot)}" for lot in _in_order(wallet) if figure(lot))


def _days(wallet: Wallet) -> str:
    lots = [lot for lot in _in_order(wallet) if lot.remaining or lot.held]
    return " ".join(f"{lot.number or '-'}:{lot.expires_on or 'never'}" for lot in lots)


def _covers(wallet: Wallet) -> str:
    given: Counter[str] = Counter()
    for cover in wallet.covers:
        given[f"{cover.lot.number}:{(cover.by.number or '-') if cover.by else cover.account}"] += cover.points
    return " ".join(f"{between}:{points}" for between, points in given.items())


def slip_of(outcome: Outcome) -> Accepted:
    """The outcome, which must be that the document counts."""
    assert isinstance(outcome, Accepted), told(outcome)
    return outcome


def awards_told(awards: Iterable[Award]) -> str:
    """`base 25, welcome 100`; `-` where there is none."""
    return ", ".join(f"{award.rule} {award.points}" for award in awards) or "-"
