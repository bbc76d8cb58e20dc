"""Living through the history again: entry by entry, wallet by wallet, those that were merged together.

Nothing that is compared is read for the comparison: awards, what receipts still hold, lots, tiers, counters and days
are worked out anew from the entries, their postings and contexts, and from what was sold and came back.
"""

from collections.abc import Iterator

from wafa.queries.verify.findings import Check
from wafa.queries.verify.links import Links
from wafa.queries.verify.replay.living import live_through
from wafa.queries.verify.replay.reading import read_alone, read_groups
from wafa.queries.verify.replay.state import Checks, World
from wafa.store.calendars import calendars
from wafa.store.models import Merchant
from wafa.store.programmes import load_versions

__all__ = ["check_replay"]


def check_replay(merchant: Merchant, links: Links) -> Iterator[Check]:
    """Its checks in one pass over the entries, with one wallet, or one group of wallets, in memory at a time."""
    checks = Checks.new()
    world = World(load_versions(merchant.id), merchant.zone, calendars())
    grants = world.versions.give_units
    for book in read_alone(merchant.id, links.linked, grants=grants):
        live_through(world, checks, [book])
    for books in read_groups(merchant.id, links.groups, grants=grants):
        live_through(world, checks, books)
    yield from (
        checks.balances,
        checks.lots,
        checks.contexts,
        checks.awards,
        checks.slips,
        checks.tiers,
        checks.standing,
        checks.owners,
    )
