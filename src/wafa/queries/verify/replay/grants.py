"""Grants: what receipts gave in other units, as their wallets tell it, and as it is worked out beside the points."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from wafa.core.earning.reading import Award
from wafa.core.ledger import accounts
from wafa.core.ledger.receipt import HeldAward
from wafa.core.ledger.wallet import POINTS
from wafa.queries.verify.replay.reading import EntryRow
from wafa.queries.verify.replay.slips import total
from wafa.queries.verify.replay.state import NO_ID, Checks, Credited, Sold, Wallet, World


def split(awards: Collection[Award]) -> tuple[list[Award], list[Award]]:
    """Points, and what is given in other units."""
    return [each for each in awards if each.unit == POINTS], [each for each in awards if each.unit != POINTS]


def note_grants(world: World, checks: Checks, wallet: Wallet, entry: EntryRow, sold: Sold, awards: list[Award]) -> None:
    """What the rules give beside the points; compared with the rows when all has been lived through."""
    sold.grants = [HeldAward(NO_ID, each.rule, False, each.points, each.points, None) for each in awards]
    for award in sold.grants:
        _count(world, wallet, sold, award, award.held_points)
    if awards or entry.grants:
        subject = f"grants of receipt {sold.receipt.number} of {wallet.name}"
        stored: dict[str, list[object]] = {rule: [False, first, held] for rule, first, held, _ in entry.grants}
        wallet.credited.append(Credited(subject, sold.programme, sold.grants, stored))
        units = {each.rule: each.unit for each in awards}
        checks.awards.expect(subject, "units", {row[0]: row[3] for row in entry.grants}, units)


def still_granted(world: World, wallet: Wallet, sold: Sold) -> None:
    """What of it is still earned by what is left."""
    if not sold.grants or sold.programme is None or sold.facts is None:
        return
    left = sold.receipt.lines_left()
    among = {award.rule for award in sold.grants}
    earned = {each.rule: each.points for each in sold.programme.evaluate(sold.facts, left, among)} if left else {}
    hold_grants(world, wallet, sold, earned)


def hold_grants(world: World, wallet: Wallet, sold: Sold, earned: dict[str, int]) -> None:
    """Let each hold so much, and never more than at first."""
    for award in sold.grants:
        holds = min(award.first_points, earned.get(award.rule, 0))
        _count(world, wallet, sold, award, holds - award.held_points)
        award.held_points = holds


def _count(world: World, wallet: Wallet, sold: Sold, award: HeldAward, change: int) -> None:
    if sold.facts and world.counts(award.rule):
        wallet.count_capped(award.rule, sold.facts.occurred_on, change)


def check_grant(checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    """By its slip the awards are what was issued."""
    given = sum(int(award.get("points") or 0) for award in entry.slip.get("awards") or ())
    checks.slips.expect(wallet.entry(entry), "points of its awards", given, -total(entry.legs, accounts.ISSUED))


def check_revocation(checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    """What each lot loses by its slip was taken by postings, or had expired: each point answers once."""
    subject = wallet.entry(entry)
    lost, taken = Counter[str](), Counter[str]()
    said = Counter[str]()
    for part in entry.slip.get("receipts") or ():
        said.update({name: int(points) for name, points in (part.get("taken") or {}).items()})
        for change in part.get("awards") or ():
            _lose(lost, change)
    for leg in entry.legs:
        lot = leg.for_lot or leg.lot
        if leg.account == accounts.CLAWED_BACK and lot:
            taken[lot] += leg.points
    checks.slips.expect(subject, "points in all by its slip", sum(said.values()), sum(lost.values()))
    answered = {lot: points - taken[lot] for lot, points in lost.items()}
    checks.slips.expect(subject, "expired points by its slip", said["already_expired"], sum(answered.values()))
    checks.slips.expect(subject, "lots that postings take from", sorted(taken.keys() - lost.keys()), [])
    for id, points in answered.items():
        held = wallet.lots.get(id)
        if held is None:
            checks.slips.expect(subject, "lot on its slip", id, "one of its wallet")
            continue
        held.answered += points
        if not 0 <= held.answered <= held.expired:
            what = f"expired points of lot {id} that have answered"
            checks.slips.expect(subject, what, held.answered, f"0 to {held.expired}")


def _lose(lost: Counter[str], change: dict[str, Any]) -> None:
    lost[str(change.get("lot"))] += int(change.get("before") or 0) - int(change.get("after") or 0)
