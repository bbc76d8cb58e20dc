"""Activities: points for what a member did that is no purchase, once in each period (core.earning.activities)."""

from wafa.core.commands import RecordActivity
from wafa.core.decide.adjustment import bring, new_lot
from wafa.core.decide.checks import AHEAD_OF_CLOCK, answer_request, inactive_member, unknown_branch
from wafa.core.decide.posting import take_up
from wafa.core.decide.settle import told
from wafa.core.earning.activities import Activity
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import REWARD
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import Snapshot


def decide_activity(snapshot: Snapshot, request: RecordActivity) -> Posted | Duplicate | Refused:
    """By the rules in force when it happened; what counted in the same period before is refused."""
    content, answer = answer_request(snapshot, request)
    answer = answer or _fault(snapshot, request)
    if answer:
        return answer
    member, version = snapshot.members[request.member], snapshot.versions.in_force(request.occurred_at)
    activity = _known(snapshot, request)
    if version is None or activity is None:
        return Refused(Refusal.ACTIVITY_UNKNOWN, {"activity": request.activity})
    happened_on = snapshot.day(request.occurred_at)
    period = activity.period(happened_on, request.subject)
    if (member.id, activity.code, period) in snapshot.activities:
        return Refused(Refusal.ACTIVITY_COUNTED_ALREADY, {"activity": activity.code, "period": period})

    wallet = snapshot.points_wallet(member.id)
    desk = take_up(snapshot, request, content, wallet)
    today = snapshot.day(desk.at)
    entry = desk.open(wallet, REWARD)
    entry.occurred_at, entry.version_id = request.occurred_at, version.id
    policy = version.programme.terms_of(activity.code).expiry
    lot = new_lot(snapshot, entry, activity.points, policy.last_day(happened_on, snapshot.calendars))
    lot.idle_months = policy.idle_months
    lot.issuing_branch_id = snapshot.branches[request.branch] if request.branch else None
    debt_paid, lapsed = bring(entry, lot, accounts.ISSUED, today)
    snapshot.activities.add((member.id, activity.code, period))
    said = {"activity": activity.code, "kind": activity.kind, "period": period, "subject": request.subject}
    desk.close((entry, {**said, "debt_paid": debt_paid, "lapsed": lapsed, "lots": [told(lot, lot.points)]}))
    return desk.posted()


def _fault(snapshot: Snapshot, request: RecordActivity) -> Refused | None:
    if request.occurred_at > request.at + AHEAD_OF_CLOCK:
        return Refused(Refusal.OCCURRED_IN_FUTURE, {"occurred_at": request.occurred_at.isoformat()})
    unknown = unknown_branch(snapshot, request.branch) if request.branch else None
    return unknown or inactive_member(snapshot, request.member)


def _known(snapshot: Snapshot, request: RecordActivity) -> Activity | None:
    """The programme's activity of that code, if it holds on the day."""
    version = snapshot.versions.in_force(request.occurred_at)
    activity = version.programme.activities.get(request.activity) if version else None
    return activity if activity and activity.during.holds(snapshot.day(request.occurred_at)) else None
