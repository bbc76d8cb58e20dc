"""Activities, counted again: by the programme of the day on which they happened."""

from wafa.core.ledger import accounts
from wafa.queries.verify.replay.reading import EntryRow
from wafa.queries.verify.replay.slips import total
from wafa.queries.verify.replay.state import Checks, Wallet, World


def check_reward(world: World, checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    """Its points, the period that it counts in, and how long the points last."""
    subject, slip = wallet.entry(entry), entry.slip
    programme = world.versions.find(entry.version_id)
    activity = programme.activities.get(str(slip.get("activity"))) if programme else None
    if programme is None or activity is None:
        checks.slips.expect(subject, "activity", slip.get("activity"), "one of its programme")
        return
    checks.slips.expect(subject, "points of its activity", -total(entry.legs, accounts.ISSUED), activity.points)
    days = [world.day(entry.occurred_at), *world.around(entry.occurred_at)]
    # The merchant's days may have begun at another hour then.
    if slip.get("period") not in [activity.period(day, str(slip.get("subject") or "")) for day in days]:
        period = activity.period(days[0], str(slip.get("subject") or ""))
        checks.slips.expect(subject, "period that it counts in", slip.get("period"), period)
    policy = programme.terms_of(activity.code).expiry
    for row in entry.lots:
        checks.lots.expect(subject, "months without activity", row.idle_months, policy.idle_months)
        told = wallet.lots[row.id].expires_on
        if told not in [world.last_day(policy, day) for day in days]:
            checks.lots.expect(subject, "last day of its points", told, world.last_day(policy, days[0]))
