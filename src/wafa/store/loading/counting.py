"""What counts of the wallets that a batch is about, and what its rules read besides."""

from datetime import date

from wafa.core.commands import RecordActivity, RecordExchange, RecordPurchase
from wafa.core.ledger.wallet import POINTS
from wafa.store import budgets
from wafa.store.loading import counters
from wafa.store.loading.facts import load_facts, progress_needed
from wafa.store.loading.world import World


def load_counters(world: World) -> None:
    """Progress where the ladder, a rule or a merge reads it; what capped rules gave; what was passed on this month."""
    snapshot, merchant_id = world.snapshot, world.merchant_id
    if not world.wallets:
        return
    days = [snapshot.day(document.occurred_at) for document in world.asked.documents]
    days += [snapshot.day(receipt.occurred_at) for receipt in snapshot.receipts.values()]
    since = _progress_since(world, days)
    if since is not None:
        counters.load_progress(merchant_id, world.wallets, since)
    _load_capped(world, days)
    transfers = world.asked.transfers()
    if transfers:
        month = snapshot.day(transfers[0].at).replace(day=1)
        counters.load_sent(merchant_id, snapshot, world.wallets, month)


def _load_capped(world: World, days: list[date]) -> None:
    """What caps and limits of any version count, over all the days that they count for these ones."""
    allowances = {allowance for rules in world.snapshot.versions for allowance in rules.allowances()}
    windows = [allowance.window(day) for allowance in allowances for day in days]
    if not windows:
        return
    rules = None if any(each.rule is None for each in allowances) else {each.rule for each in allowances if each.rule}
    firsts, lasts = [window.first for window in windows], [window.last for window in windows]
    counters.load_capped(
        world.merchant_id,
        world.snapshot,
        rules,
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
    )


def load_what_rules_read(world: World) -> None:
    """Of receipts that are sold now, and of those that may pass to another member."""
    snapshot = world.snapshot
    documents = [each for each in world.asked.documents if isinstance(each, RecordPurchase | RecordExchange)]
    passing = list(snapshot.receipts.values()) if world.asked.moves_receipts() else []
    instants = {each.occurred_at for each in documents} | {each.occurred_at for each in passing}
    in_force = {version.id: version.programme for each in instants if (version := snapshot.versions.in_force(each))}
    load_facts(
        world.merchant_id,
        snapshot,
        in_force.values(),
        items={line.item for each in documents for line in each.lines}
        | {line.item for each in passing for line in each.lines},
        branches={each.branch for each in documents} | {each.sale.branch for each in passing},
        wallets=[wallet for (_, unit), wallet in snapshot.wallets.items() if unit == POINTS],
    )
    activities = [each for each in world.asked.requests if isinstance(each, RecordActivity)]
    if activities:
        counters.load_activities(world.merchant_id, snapshot, {each.activity for each in activities})


def lock_budgets(world: World) -> None:
    """As much of each budget as the receipts of the batch can need. Last of all locks, and whoever waits holds none."""
    snapshot = world.snapshot
    sold = [each for each in world.asked.documents if isinstance(each, RecordPurchase | RecordExchange)]
    lines = [
        (each.occurred_at, [(line.item, line.quantity_milli, line.amount_minor, False) for line in each.lines])
        for each in sold
        if each.member is not None
    ]
    if world.asked.moves_receipts():
        lines += [(receipt.occurred_at, receipt.lines_left()) for receipt in snapshot.receipts.values()]
    needed: dict[str, int] = {}
    for occurred_at, of_receipt in lines:
        version = snapshot.versions.in_force(occurred_at)
        if version and version.programme.budgets():
            for rule, points in version.programme.at_most(of_receipt).items():
                needed[rule] = needed.get(rule, 0) + points
    budgets.lock(world.merchant_id, snapshot, needed)


def _progress_since(world: World, days: list[date]) -> date | None:
    """The earliest day whose progress may be read; None: lifetime figures say it all."""
    if world.asked.merges():
        return date.min
    if len(world.asked.settles) == len(world.commands):
        return None  # What is due happens whatever counts for tiers.
    snapshot = world.snapshot
    needed = list(progress_needed(snapshot.versions, days))
    for instant in (world.commands[0].at, *(wallet.posted_at for wallet in world.wallets.values())):
        if instant is not None:
            ladder = snapshot.versions.ladder(instant)
            since = ladder.days_needed(snapshot.day(instant), snapshot.calendars) if ladder.tiers else None
            needed += [since] if since else []
    return min(needed, default=None)
