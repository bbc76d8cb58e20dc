"""Receipts, lived through again: credited by the rules in force, taken back by what came back, moved."""

from collections import Counter
from datetime import date, datetime, timedelta

from wafa.core.decide.standing import counting
from wafa.core.earning.reading import Award, Facts
from wafa.core.ledger import accounts
from wafa.core.ledger import entry as kinds
from wafa.core.ledger.receipt import HeldAward, Receipt, SoldLine, share_out
from wafa.core.ledger.wallet import Progress
from wafa.core.programme import Terms
from wafa.core.values.availability import AFTER_DAYS, ON_EVENT
from wafa.queries.verify.replay.contexts import check_facts
from wafa.queries.verify.replay.grants import hold_grants, note_grants, split, still_granted
from wafa.queries.verify.replay.matching import check_matches
from wafa.queries.verify.replay.reading import EntryRow
from wafa.queries.verify.replay.slips import Change, Part, check_accrual, check_parts, check_qualifying
from wafa.queries.verify.replay.standing import fall, reached, rise
from wafa.queries.verify.replay.state import NO_ID, Checks, Credited, Group, Sold, Wallet, World


def credit(world: World, checks: Checks, group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """A receipt is credited: when it is bought, or when it is claimed, or has been moved."""
    sold = _sold(group, wallet, entry)
    subject = f"receipt {sold.receipt.number} of {wallet.name}"
    version = world.versions.in_force(entry.occurred_at)
    checks.slips.expect(subject, "programme version", entry.version_id, version and version.id)
    sold.programme = world.versions.find(entry.version_id)
    sold.facts = Facts.from_json(entry.context) if entry.context else None
    lines = sold.receipt.lines_left()
    evaluated = sold.programme.evaluate(sold.facts, lines) if sold.programme and sold.facts and lines else []
    awards, grants = split(evaluated)
    check_accrual(checks.slips, subject, entry, awards, sold.programme is not None and sold.facts is not None)
    if sold.programme and sold.facts is None:
        checks.contexts.expect(subject, "kept facts", "none", "those that its rules read")
    sold.receipt.awards = [
        HeldAward(NO_ID, award.rule, award.qualifying, award.points, award.points, None) for award in awards
    ]
    wallet.put(sold)
    wallet.credited.append(
        Credited(subject, sold.programme, sold.receipt.awards, {award[0]: award[1:] for award in entry.awards})
    )
    if sold.programme and sold.facts:
        check_facts(world, checks, wallet, entry, sold.programme, sold.facts, subject)
        _check_lots(world, checks, wallet, entry, sold, subject)
        _count(world, checks, wallet, entry, sold, awards, subject)
        note_grants(world, checks, wallet, entry, sold, grants)
    else:
        check_qualifying(checks.slips, subject, entry.legs, {})


def take_back(world: World, checks: Checks, group: Group, wallet: Wallet, entry: EntryRow, *, settles: bool) -> None:
    """What came back, or is with the customer again: each receipt stands at what is still earned."""
    ladder = world.versions.ladder(entry.posted_at)
    if ladder.tiers:
        wallet.tier = wallet.tier or ladder.tiers[0].code
    before = reached(world, wallet, entry.posted_at)
    check_matches(checks, group, wallet, entry)
    matched = _matched(checks, group, wallet, entry)
    parts: dict[str, Part] = {}
    qualifying: dict[str, int] = {}
    lost = Losses(wallet, entry)
    for sold, found in matched:
        if sold.programme is None:
            _bring_back(found)
            continue
        was = counting(sold.programme, sold.receipt, sold.facts)
        _bring_back(found)
        left = sold.receipt.lines_left()
        gave = {award.rule for award in sold.receipt.awards}
        earned = sold.programme.evaluate(sold.facts, left, gave) if left and sold.facts else []
        still = {award.rule: award.points for award in earned}
        holds = {award.rule: min(award.first_points, still.get(award.rule, 0)) for award in sold.receipt.awards}
        parts[sold.document] = lost.hold(world, sold, holds)
        still_granted(world, wallet, sold)
        qualifying[sold.document] = _recount(wallet, sold, was, counting(sold.programme, sold.receipt, sold.facts))
    if settles:
        fall(world, wallet, entry, before)
    subject = wallet.entry(entry)
    check_parts(checks.slips, subject, entry, parts)
    check_qualifying(checks.slips, subject, entry.legs, qualifying)
    unmatched = [] if entry.kind == kinds.REINSTATEMENT else _unmatched(entry)
    checks.slips.expect(subject, "what matched nothing by its slip", entry.slip.get("unmatched"), unmatched)
    lost.settle(checks)


def reverse(world: World, checks: Checks, group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """A receipt is moved to another member: all that it holds is taken back here."""
    subject = wallet.entry(entry)
    sold = group.sold.get(entry.document_id or "")
    if sold is None or sold.wallet is not wallet:
        checks.slips.expect(subject, "its receipt", entry.document_id, "one that is credited here")
        return
    before = reached(world, wallet, entry.posted_at)
    lost = Losses(wallet, entry)
    parts = {sold.document: Part(sold.receipt.number, [], 0)}
    qualifying = {}
    if sold.programme:
        was = counting(sold.programme, sold.receipt, sold.facts)
        parts[sold.document] = lost.hold(world, sold, {award.rule: 0 for award in sold.receipt.awards})
        hold_grants(world, wallet, sold, {})
        qualifying[sold.document] = _recount(wallet, sold, was, Progress())
        fall(world, wallet, entry, before)
    wallet.take_out(sold)
    check_parts(checks.slips, subject, entry, parts)
    check_qualifying(checks.slips, subject, entry.legs, qualifying)
    lost.settle(checks)


class Losses:
    """What each lot loses by an entry: what no posting took for it, its expired points have answered for."""

    def __init__(self, wallet: Wallet, entry: EntryRow) -> None:
        self._wallet, self._entry = wallet, entry
        self._lots: Counter[str] = Counter()
        self._taken: Counter[str] = Counter()
        for leg in entry.legs:
            lot = leg.for_lot or leg.lot
            if leg.account == accounts.CLAWED_BACK and lot:
                self._taken[lot] += leg.points

    def hold(self, world: World, sold: Sold, holds: dict[str, int]) -> Part:
        """Let each award hold so much; answers the receipt's part."""
        changes = []
        lots: Counter[str] = Counter()
        for award in sold.receipt.awards:
            after = holds[award.rule]
            if after == award.held_points:
                continue
            changes.append(Change(award.rule, award.first_points, award.held_points, after))
            lots[sold.lot_of.get(award.rule, "")] += award.held_points - after
            if sold.facts and world.counts(award.rule):
                self._wallet.count_capped(award.rule, sold.facts.occurred_on, after - award.held_points)
            award.held_points = after
        self._lots.update(lots)
        answered = sum(points - self._taken[lot] for lot, points in lots.items())
        return Part(sold.receipt.number, changes, answered)

    def settle(self, checks: Checks) -> None:
        """Note what has answered, each point once; and that nothing was taken beyond what was lost."""
        subject = self._wallet.entry(self._entry)
        for lot_id in self._lots.keys() | self._taken.keys():
            lot = self._wallet.lots.get(lot_id)
            answered = self._lots[lot_id] - self._taken[lot_id]
            if lot is None or lot_id not in self._lots:
                checks.slips.expect(subject, f"points taken for lot {lot_id}", self._taken[lot_id], self._lots[lot_id])
                continue
            lot.answered += answered
            if not 0 <= lot.answered <= lot.expired:
                what = f"expired points of lot {lot_id} that have answered"
                checks.slips.expect(subject, what, lot.answered, f"0 to {lot.expired}")


def _sold(group: Group, wallet: Wallet, entry: EntryRow) -> Sold:
    """The receipt with its lines; one that was moved keeps what has come back of it."""
    document = entry.document_id or entry.id
    lots = {award[0]: award[4] for award in entry.awards if award[4]}
    sold = group.sold.get(document)
    if sold is None:
        receipt = Receipt(
            id=NO_ID,
            number=entry.document.number if entry.document else document,
            member_id=None,
            occurred_at=entry.occurred_at,
            sequence=entry.sequence,
            version_id=None,
            context=None,
            lines=[SoldLine.of(line) for line in entry.lines],
            awards=[],
        )
        if entry.document:
            share_out(receipt.lines, entry.document.tax_minor, entry.document.discount_minor)
        branch = entry.document.branch if entry.document else ""
        sold = group.sold[document] = Sold(receipt, document, branch, None, None, wallet, lots, wallet.row.id)
        for line in receipt.lines:
            group.line_of[line.id] = sold
    sold.receipt.sequence = entry.sequence
    sold.lot_of = lots
    sold.credited_in = wallet.row.id
    return sold


def _check_lots(world: World, checks: Checks, wallet: Wallet, entry: EntryRow, sold: Sold, subject: str) -> None:
    """By the terms of its rules: from when on the points can be spent, and until which day at first."""
    if sold.programme is None or sold.facts is None:
        return
    occurred_on = sold.facts.occurred_on
    rows = {row.id: row for row in entry.lots}
    of_lot: dict[str, Terms] = {}
    for rule, lot_id in sold.lot_of.items():
        terms = sold.programme.terms_of(rule)
        if lot_id in of_lot:  # Awards of the same dates share a lot.
            checks.awards.expect(subject, f"lot of the points of {rule}", terms == of_lot[lot_id], True)
            continue
        of_lot[lot_id] = terms
        lot, row = wallet.lots.get(lot_id), rows.get(lot_id)
        if lot is None or row is None:
            checks.awards.expect(subject, f"lot of the points of {rule}", lot_id, "one that its entry opened")
            continue
        lot.name = f"lot of {subject}"
        lot.expires_on = world.last_day(terms.expiry, occurred_on)
        lot.idle_months = terms.expiry.idle_months
        checks.awards.expect(lot.name, "months without activity", row.idle_months, lot.idle_months)
        available_at = datetime.fromisoformat(row.available_at) if row.available_at else None
        expected: datetime | None = entry.posted_at
        if terms.available.kind == ON_EVENT:
            expected = None
        elif terms.available.kind == AFTER_DAYS:
            expected = _first_instant(world, occurred_on + timedelta(days=terms.available.days))
        if not _same_instant(available_at, expected, terms.available.kind == AFTER_DAYS):
            checks.awards.expect(lot.name, "when it becomes available", available_at, expected)
        pending = available_at is None or available_at > entry.posted_at
        checks.awards.expect(lot.name, "whether it was pending at first", lot.pending, pending)


def _count(
    world: World, checks: Checks, wallet: Wallet, entry: EntryRow, sold: Sold, awards: list[Award], subject: str
) -> None:
    if sold.programme is None or sold.facts is None:
        return
    wallet.tier = wallet.tier or sold.facts.tier
    progress = counting(sold.programme, sold.receipt, sold.facts)
    check_qualifying(checks.slips, subject, entry.legs, {sold.document: progress.qualifying})
    wallet.count(sold.facts.occurred_on, progress)
    for award in awards:
        if world.counts(award.rule):
            wallet.count_capped(award.rule, sold.facts.occurred_on, award.points)
    rise(world, wallet, entry)


def _recount(wallet: Wallet, sold: Sold, was: Progress, now: Progress) -> int:
    if sold.facts:
        wallet.count(sold.facts.occurred_on, now.less(was))
    return now.qualifying - was.qualifying


Found = list[tuple[SoldLine, int]]


def _matched(checks: Checks, group: Group, wallet: Wallet, entry: EntryRow) -> list[tuple[Sold, Found]]:
    """The wallet's receipts that an entry is about, each with how much of which lines; in the order of finding."""
    by_receipt: dict[str, tuple[Sold, Found]] = {}
    void = group.sold.get(entry.document.names or "") if entry.document and entry.document.kind == "void" else None
    if void and void.wallet is wallet:
        by_receipt[void.document] = (void, [])  # It is told even where nothing was left of it.
    for _, _, _, matches in entry.returned:
        for line_id, quantity in matches or ():
            sold = group.line_of.get(line_id)
            if sold is None or sold.wallet is not wallet:
                # What a cancelled return was about may be several members' by now: each has an entry of its own.
                if entry.kind != kinds.REINSTATEMENT:
                    checks.slips.expect(
                        wallet.entry(entry), "line that came back", line_id, "one of a receipt that is credited here"
                    )
                continue
            line = next(each for each in sold.receipt.lines if each.id == line_id)
            by_receipt.setdefault(sold.document, (sold, []))[1].append((line, quantity))
    return list(by_receipt.values())


def _bring_back(found: Found) -> None:
    for line, quantity in found:
        line.returned_milli += quantity


def _unmatched(entry: EntryRow) -> list[dict[str, object]]:
    unmatched: list[dict[str, object]] = []
    for _, item, quantity, matches in entry.returned:
        left = quantity - sum(found for _, found in matches or ())
        if left > 0:
            unmatched.append({"item": item, "quantity_milli": left})
    return unmatched


def _first_instant(world: World, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=world.zone)


def _same_instant(stands: datetime | None, expected: datetime | None, of_a_day: bool) -> bool:
    """The first instant of a day was another one while the merchant was in another time zone."""
    if stands is None or expected is None or not of_a_day:
        return stands == expected
    return abs(stands - expected) <= timedelta(days=1)
