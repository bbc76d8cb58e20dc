"""Facts kept with receipts, against what the history before them says."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wafa.core.decide.facts import days_from
from wafa.core.earning import facts as names
from wafa.core.earning.caps import window_of
from wafa.core.earning.reading import Facts
from wafa.core.programme import Programme
from wafa.core.values.calendars.gregorian import GREGORIAN
from wafa.queries.verify.replay.reading import EntryRow
from wafa.queries.verify.replay.state import Checks, Wallet, World, within


def check_facts(
    world: World, checks: Checks, wallet: Wallet, entry: EntryRow, programme: Programme, facts: Facts, subject: str
) -> None:
    """What the wallet's history says, and that nothing else is kept than what the rules read."""
    check = checks.contexts
    check.looked_at += 1
    tiers = world.versions.ladder(entry.posted_at).tiers
    check.expect(subject, "kept tier", facts.tier, wallet.tier or (tiers[0].code if tiers else ""))
    check.expect(subject, "kept number of earlier purchases", facts.earlier_purchases, wallet.purchases)
    # The merchant's time zone may have changed since, so the kept day need only be next to the instant's.
    if abs((facts.occurred_on - entry.occurred_at.date()).days) > 1:
        check.expect(subject, "kept day", facts.occurred_on, entry.occurred_at.date())
    allowances, periods, read, budgets = world.reads[id(programme)]
    headroom = {each.key: each.headroom(wallet.holds_of(programme, each, facts.occurred_on)) for each in allowances}
    kept = {key: points for key, points in facts.headroom.items() if key not in budgets}
    check.expect(subject, "kept headroom of caps", kept, headroom)
    spend = {on: counted.spend_minor for on, counted in wallet.progress.items()} if periods else {}
    spent = {per: within(spend, window_of(facts.occurred_on, per)) for per in periods}
    check.expect(subject, "kept spend of periods", facts.spent, spent)
    if not read and not facts.more:
        return
    check.expect(subject, "names of other kept facts", sorted(facts.more), sorted(read))
    for name in read & _KNOWN.keys() & facts.more.keys():
        expected = _KNOWN[name](wallet, entry, facts.occurred_on)
        check.expect(subject, f"kept {name}", facts.more[name], expected)


def _visits(per: str) -> Callable[[Wallet, EntryRow, date], int]:
    def count(wallet: Wallet, entry: EntryRow, day: date) -> int:
        return within({on: counted.visits for on, counted in wallet.progress.items()}, window_of(day, per))

    return count


def _visited(wallet: Wallet) -> list[date]:
    return [on for on, counted in wallet.progress.items() if counted.visits > 0]


def _since_last(wallet: Wallet, entry: EntryRow, day: date) -> int | None:
    last = max((on for on in _visited(wallet) if on <= day), default=None)
    return (day - last).days if last else None


def _first_purchase_in(wallet: Wallet, entry: EntryRow, day: date) -> int | None:
    return days_from(GREGORIAN, min(_visited(wallet), default=None), day)


def _at_branch(wallet: Wallet, entry: EntryRow, day: date) -> int:
    branch = entry.document.branch if entry.document else ""
    others = (sold for sold in wallet.receipts.values() if sold.document != entry.document_id)
    return sum(sold.branch == branch and sold.receipt.has_goods_left() for sold in others)


_KNOWN: dict[str, Callable[[Wallet, EntryRow, date], Any]] = {
    **{names.visits(per): _visits(per) for per in names.PERIODS},
    names.SINCE_LAST: _since_last,
    names.FIRST_PURCHASE_IN: _first_purchase_in,
    names.AT_BRANCH: _at_branch,
}
"""Facts that the ledger tells. What catalogue, profiles and branches were then, only the context still knows."""
