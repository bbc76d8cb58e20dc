"""What is due happens as of when it was due, whenever somebody looks: settling late gives the same as in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import Phase, given, settings

from tests.properties.shop import Shop, told
from tests.properties.walks import Walk, figures, walks
from wafa.core.commands import Command, Settle

MEMBERS = ("ann", "bob", "cem", "eve", "zoe")


def in_time(shop: Shop, command: Command) -> None:
    """Settle at each instant at which something is due before a command, as a job that never sleeps would."""
    while due := [at for at in instants_due(shop) if at <= command.at]:
        shop.take(Settle(at=min(due)))


def instants_due(shop: Shop) -> list[datetime]:
    snapshot = shop.snapshot
    due = []
    for wallet in snapshot.wallets.values():
        due += [hold.expires_at for hold in wallet.holds if hold.is_open]
        due += [lot.available_at for lot in wallet.lots if lot.pending and lot.available_at]
        lasting = [lot for lot in wallet.lots if lot.remaining and lot.expires_on]
        due += [snapshot.first_instant(lot.expires_on + timedelta(days=1)) for lot in lasting if lot.expires_on]
    return due


@settings(phases=[Phase.reuse, Phase.generate])
@given(walks(steady=True))
def test_late_or_in_time(walk: Walk) -> None:
    walk.go(25, sizes=(1, 1, 2))
    end = walk.make("settle", walk.pair.now)
    commands = [each for each in walk.pair.taken if not isinstance(each, Settle)]
    versions = walk.pair.second.versions
    late, timely = (Shop(versions, walk.pair.shop.snapshot.zone) for _ in range(2))
    for command in commands:
        [outcome] = late.take(command)
        in_time(timely, command)
        [other] = timely.take(command)
        assert told(other) == told(outcome)
    for shop in (late, timely):
        in_time(shop, end) if shop is timely else shop.take(end)
    for member in MEMBERS:
        assert figures(timely, member) == figures(late, member)
        assert timely.wallet(member).tier == late.wallet(member).tier
    assert lots_by_number(timely) == lots_by_number(late)


def lots_by_number(shop: Shop) -> list[object]:
    """Every lot of every wallet, in the order in which they were opened."""
    lots = [(wallet.id, lot) for wallet in shop.snapshot.wallets.values() for lot in wallet.lots]
    return [
        (wallet, lot.number, lot.points, lot.remaining, lot.held, lot.expired, lot.answered, lot.expires_on)
        for wallet, lot in sorted(lots, key=lambda each: each[1].id)
    ]
