"""Finding the facts that rules read of a receipt: each once, when it is credited, and kept with it (law 6)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wafa.core.earning import facts
from wafa.core.earning.caps import window_of
from wafa.core.earning.reading import Facts
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import Wallet
from wafa.core.programme import Programme
from wafa.core.snapshot import Snapshot
from wafa.core.values.calendars import JALALI, Calendar, day_at
from wafa.core.values.calendars.gregorian import GREGORIAN


def facts_of(snapshot: Snapshot, wallet: Wallet, receipt: Receipt, programme: Programme, tier: str) -> Facts:
    """Exactly what the programme reads, as it stands now."""
    day = snapshot.day(receipt.occurred_at)
    return Facts(
        day,
        tier,
        wallet.eligible_purchases,
        headroom_of(programme, wallet, day) | budgets_of(programme, snapshot),
        spent_of(programme, wallet, day),
        {name: _found(name, snapshot, wallet, receipt, programme) for name in sorted(programme.facts_read())},
    )


def headroom_of(programme: Programme, wallet: Wallet, day: date) -> dict[str, int]:
    """Points that each cap and limit may still give for a receipt of that day."""
    headroom = {}
    for allowance in programme.allowances():
        window = allowance.window(day)
        held = (
            points
            for (code, on), points in wallet.capped.items()
            if programme.counts_in(allowance, code) and window.holds(on)
        )
        headroom[allowance.key] = allowance.headroom(sum(held))
    return headroom


def budgets_of(programme: Programme, snapshot: Snapshot) -> dict[str, int]:
    """Points that each budget may still give, as far as the batch has locked them."""
    if not programme.budgets():
        return {}
    limited = (rule for rule in programme.book.rules if rule.budget is not None)
    return {rule.budget_key(): snapshot.budgets[rule.code] for rule in limited}


def spent_of(programme: Programme, wallet: Wallet, day: date) -> dict[str, int]:
    """Eligible amount of the member's receipts so far, in each period that some rule reads."""
    return {
        per: sum(counted.spend_minor for on, counted in wallet.progress.items() if window_of(day, per).holds(on))
        for per in sorted(programme.windows_read())
    }


def _found(name: str, snapshot: Snapshot, wallet: Wallet, receipt: Receipt, programme: Programme) -> Any:
    if name == facts.LABELS:
        return _labels(snapshot, receipt, programme.labels_read())
    if name in facts.VISITS:
        window = window_of(snapshot.day(receipt.occurred_at), name.partition(":")[2])
        return sum(counted.visits for on, counted in wallet.progress.items() if window.holds(on))
    return _FIND[name](snapshot, wallet, receipt)


def _labels(snapshot: Snapshot, receipt: Receipt, read: frozenset[str]) -> dict[str, list[str]]:
    """Of each item what the rules name of it; items of which they name nothing are left out."""
    found = {line.item: sorted(read.intersection(snapshot.labels.get(line.item, ()))) for line in receipt.lines}
    return {item: labels for item, labels in sorted(found.items()) if labels}


def _minute(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> int:
    local = receipt.occurred_at.astimezone(snapshot.zone)
    return local.hour * 60 + local.minute


def _payments(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> dict[str, int]:
    by_method: dict[str, int] = {}
    for method, minor in receipt.sale.payments:
        by_method[method] = by_method.get(method, 0) + minor
    return by_method


def _jalali(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> list[int]:
    return _day_in(JALALI, snapshot.day(receipt.occurred_at))


def _hijri(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> list[int]:
    day = snapshot.day(receipt.occurred_at)
    return _day_in(snapshot.calendars.named("hijri"), day_at(day.toordinal() + snapshot.hijri_shift))


def _day_in(calendar: Calendar, day: date) -> list[int]:
    """Year, month, day, and the last day of the month."""
    month = calendar.month_of(day)
    first, last = calendar.begins(month), calendar.begins(month + 1) - 1
    return [month // 12, month % 12 + 1, day.toordinal() - first + 1, last - first + 1]


def _age(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> int | None:
    born, day = snapshot.profiles[wallet.member_id].born_on, snapshot.day(receipt.occurred_at)
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _birthday_in(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> int | None:
    profile = snapshot.profiles[wallet.member_id]
    calendar = snapshot.calendars.named(profile.birth_calendar)
    return days_from(calendar, profile.born_on, snapshot.day(receipt.occurred_at))


def _enrolment_in(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> int | None:
    joined = snapshot.day(snapshot.profiles[wallet.member_id].enrolled_at)
    return days_from(GREGORIAN, joined, snapshot.day(receipt.occurred_at))


def _first_purchase_in(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> int | None:
    return days_from(GREGORIAN, min(_visited(wallet), default=None), snapshot.day(receipt.occurred_at))


def days_from(calendar: Calendar, origin: date | None, day: date) -> int | None:
    """Days from the nearest anniversary, below zero before it; None: there is nothing to come round."""
    if origin is None:
        return None
    years = calendar.year_of(day) - calendar.year_of(origin)
    anniversaries = [calendar.months_later(origin, 12 * each) for each in range(max(years - 1, 1), years + 2)]
    return min(((day - each).days for each in anniversaries), key=abs, default=None)


def _enrolled_days(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> int:
    joined = snapshot.day(snapshot.profiles[wallet.member_id].enrolled_at)
    return max(0, (snapshot.day(receipt.occurred_at) - joined).days)


def _since_last(snapshot: Snapshot, wallet: Wallet, receipt: Receipt) -> int | None:
    day = snapshot.day(receipt.occurred_at)
    last = max((on for on in _visited(wallet) if on <= day), default=None)
    return (day - last).days if last else None


def _visited(wallet: Wallet) -> list[date]:
    """Days on which something was bought that the member still has."""
    return [on for on, counted in wallet.progress.items() if counted.visits > 0]


_FIND: dict[str, Callable[[Snapshot, Wallet, Receipt], Any]] = {
    facts.MINUTE: _minute,
    facts.BRANCH: lambda snapshot, wallet, receipt: receipt.sale.branch,
    facts.BRANCH_GROUPS: lambda snapshot, wallet, receipt: list(snapshot.branch_groups.get(receipt.sale.branch, ())),
    facts.CHANNEL: lambda snapshot, wallet, receipt: receipt.sale.channel,
    facts.CURRENCY: lambda snapshot, wallet, receipt: snapshot.currency,
    facts.TAGS: lambda snapshot, wallet, receipt: list(receipt.sale.tags),
    facts.PAYMENTS: _payments,
    facts.TOTAL_MINOR: lambda snapshot, wallet, receipt: sum(line.amount_minor for line in receipt.lines),
    facts.JALALI: _jalali,
    facts.HIJRI: _hijri,
    facts.MEMBER_TAGS: lambda snapshot, wallet, receipt: list(snapshot.profiles[wallet.member_id].tags),
    facts.AGE: _age,
    facts.BIRTHDAY_IN: _birthday_in,
    facts.ENROLMENT_IN: _enrolment_in,
    facts.FIRST_PURCHASE_IN: _first_purchase_in,
    facts.ENROLLED_DAYS: _enrolled_days,
    facts.SINCE_LAST: _since_last,
    facts.REFERRED_PURCHASE: lambda snapshot, wallet, receipt: (
        wallet.eligible_purchases + 1 if snapshot.profiles[wallet.member_id].is_referred else None
    ),
    facts.AT_BRANCH: lambda snapshot, wallet, receipt: (
        wallet.at_branch.get(receipt.branch_id, 0) if receipt.branch_id else 0
    ),
}
