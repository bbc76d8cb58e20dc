"""What a preview reads: as a batch of one purchase would, but nothing is claimed and nothing locked."""

from uuid import UUID

from wafa.core.commands import RecordPurchase
from wafa.core.programme import Programme
from wafa.core.snapshot import Snapshot, Version, Versions
from wafa.store import budgets
from wafa.store.ids import new_id
from wafa.store.loading import wallets
from wafa.store.loading.asked import Asked
from wafa.store.loading.counting import load_counters, load_what_rules_read
from wafa.store.loading.names import load_names
from wafa.store.loading.world import World, load_merchant


def load_for_preview(merchant_id: UUID, command: RecordPurchase, instead: Programme | None) -> Snapshot:
    """By the versions in force, or as though there were only one other programme, such as a draft."""
    asked = Asked.of([command])
    snapshot = load_merchant(merchant_id)
    if instead:
        snapshot.versions = Versions([Version(new_id(), min(command.occurred_at, command.at), instead)])
    snapshot.claimed = {command.key: new_id()}
    load_names(merchant_id, snapshot, asked)
    world = World(merchant_id, [command], asked, snapshot)
    member = snapshot.members.get(command.member) if command.member else None
    if member:
        wallets.read(merchant_id, snapshot, wallets.Wanted({member.id}))
    world.wallets = {wallet.id: wallet for wallet in snapshot.wallets.values()}
    load_counters(world)
    load_what_rules_read(world)
    for rules in snapshot.versions:
        snapshot.budgets |= rules.budgets()
    snapshot.budgets |= budgets.left(merchant_id)
    return snapshot
