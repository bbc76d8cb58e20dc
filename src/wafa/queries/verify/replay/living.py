"""Living through the entries of wallets, one by one, and comparing at the end what they made of them."""

from uuid import UUID

from wafa.core.ledger import accounts
from wafa.core.ledger import entry as kinds
from wafa.core.ledger.entry import CREDITING
from wafa.core.ledger.receipt import HeldAward
from wafa.core.ledger.wallet import POINTS
from wafa.core.tiers.qualification import Tier
from wafa.queries.verify.replay import merges, points, receipts, slips
from wafa.queries.verify.replay.grants import check_grant, check_revocation
from wafa.queries.verify.replay.order import in_order
from wafa.queries.verify.replay.reading import Book, EntryRow
from wafa.queries.verify.replay.rewards import check_reward
from wafa.queries.verify.replay.standing import fall, look_at, reached, rise
from wafa.queries.verify.replay.state import Checks, Counted, Credited, Group, Wallet, World

TAKING_BACK = (kinds.CLAWBACK, kinds.REINSTATEMENT)
EXCHANGE = "exchange"


def live_through(world: World, checks: Checks, books: list[Book]) -> None:
    """Wallets that belong together, from their first entry to how they stand."""
    group = Group({book.wallet.id: Wallet(book.wallet) for book in books})
    exchanges = _Exchanges(books)
    for wallet_id, entry in in_order(books):
        wallet = group.wallets[wallet_id]
        checks.slips.looked_at += 1
        checks.tiers.looked_at += 1
        if entry.lots:
            points.open_lots(wallet, entry)
        if entry.kind in _BEFORE:
            _before(world, checks, group, wallet, entry, exchanges)
        if entry.kind == kinds.GRANT:
            points.note_activity(wallet, world.day(entry.occurred_at), entry.lots)
        points.move(world, checks, wallet, entry)
        if entry.kind not in CREDITING:
            _after(world, checks, group, wallet, entry)
        if entry.document_id:
            _own(group, wallet, entry)
        if entry.tier != wallet.tier:
            checks.tiers.expect(wallet.entry(entry), "tier afterwards", entry.tier, wallet.tier)
    for book in books:
        _finish(checks, group.wallets[book.wallet.id], book)
    for counted in group.documents.values():
        checks.owners.looked_at += 1
        if counted.owner and counted.document.member != counted.owner.row.member_id:
            subject = f"{counted.document.kind} {counted.document.number}"
            checks.owners.expect(subject, "member", counted.document.member, counted.owner.row.member_id)


class _Exchanges:
    """What an exchange took back is settled with what it sold: the tier moves once, by both together (law 11)."""

    def __init__(self, books: list[Book]) -> None:
        self._both = {
            (book.wallet.id, entry.document_id)
            for book in books
            for entry in book.entries
            if entry.kind == kinds.ACCRUAL and entry.document and entry.document.kind == EXCHANGE
        }
        self._before: dict[tuple[UUID, str | None], list[Tier]] = {}

    def is_open(self, wallet: Wallet, entry: EntryRow) -> bool:
        """Whether the same member buys something too."""
        return (wallet.row.id, entry.document_id) in self._both

    def begin(self, wallet: Wallet, entry: EntryRow, before: list[Tier]) -> None:
        """Remember what the progress supported before either part."""
        self._before[wallet.row.id, entry.document_id] = before

    def end(self, wallet: Wallet, entry: EntryRow) -> list[Tier] | None:
        """What it supported before either part; None: there was no first one."""
        return self._before.pop((wallet.row.id, entry.document_id), None) if self._before else None


_BEFORE = (*CREDITING, *TAKING_BACK, kinds.REVERSAL, kinds.MERGE_IN)
"""Kinds that are worked out on the wallet as it is before their postings."""


def _before(world: World, checks: Checks, group: Group, wallet: Wallet, entry: EntryRow, exchanges: _Exchanges) -> None:
    if entry.kind in CREDITING:
        receipts.credit(world, checks, group, wallet, entry)
        points.note_activity(wallet, world.day(entry.occurred_at), entry.lots)
        before = exchanges.end(wallet, entry)
        if before is not None:
            fall(world, wallet, entry, before)
    elif entry.kind in TAKING_BACK:
        is_open = exchanges.is_open(wallet, entry)
        if is_open:
            exchanges.begin(wallet, entry, reached(world, wallet, entry.posted_at))
        receipts.take_back(world, checks, group, wallet, entry, settles=not is_open)
    elif entry.kind == kinds.REVERSAL:
        receipts.reverse(world, checks, group, wallet, entry)
    else:
        merges.arrive(group, wallet, entry)


def _after(world: World, checks: Checks, group: Group, wallet: Wallet, entry: EntryRow) -> None:
    _check_version(world, checks, wallet, entry)
    slips.check_told(checks.slips, wallet.entry(entry), entry)
    _check_policies(world, checks, wallet, entry)
    if entry.kind == kinds.REWARD:
        check_reward(world, checks, wallet, entry)
    elif entry.kind == kinds.GRANT:
        check_grant(checks, wallet, entry)
    elif entry.kind == kinds.REVOCATION:
        check_revocation(checks, wallet, entry)
    elif entry.kind == kinds.OPENING:
        wallet.qualifying += slips.total(entry.legs, accounts.QUALIFYING)
        if world.versions.ladder(entry.posted_at).tiers:
            rise(world, wallet, entry)
    elif entry.kind == kinds.REVIEW:
        look_at(world, checks, wallet, entry)
    elif entry.kind == kinds.MERGE_OUT:
        merges.leave(group, wallet, entry)
    elif entry.kind == kinds.MERGE_IN:
        merges.settle(world, checks, group, wallet, entry)
    elif entry.kind == kinds.UNMERGE_OUT:
        merges.part(world, checks, group, wallet, entry)
        merges.settle_survivor(world, group, wallet, entry)
    elif entry.kind == kinds.UNMERGE_IN:
        merges.come_home(checks, group, wallet, entry)
    elif entry.kind == kinds.CLOSURE:
        wallet.status = "closed"


def _check_version(world: World, checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    """The version in force; none for what happens by time alone."""
    by_time = (
        entry.kind == kinds.EXPIRY
        or (entry.kind == kinds.ACTIVATION and "receipt" not in entry.slip)
        or (entry.kind == kinds.RELEASE and entry.slip.get("reason") == "time")
    )
    when = entry.occurred_at if entry.kind in (kinds.REWARD, kinds.GRANT) else entry.posted_at
    version = None if by_time else world.versions.in_force(when)
    checks.slips.expect(wallet.entry(entry), "programme version", entry.version_id, version and version.id)


def _check_policies(world: World, checks: Checks, wallet: Wallet, entry: EntryRow) -> None:
    """What points were worth at the till, and what passing them on cost."""
    rules, subject = world.versions.rules(entry.posted_at), wallet.entry(entry)
    if entry.kind in (kinds.REDEMPTION, kinds.CAPTURE):
        spent, worth = slips.total(entry.legs, accounts.REDEEMED), None
        unit = rules.units.get(wallet.row.unit)
        if entry.slip.get("purpose") == "money_off" and wallet.row.unit == POINTS:
            worth = rules.redemption.worth.of(spent) if rules.redemption.worth else None
        elif entry.slip.get("purpose") == "money_off" and unit and unit.kind == "money":
            worth = spent
        checks.slips.expect(subject, "worth by its slip", entry.slip.get("worth_minor"), worth)
    elif entry.kind == kinds.TRANSFER_OUT and rules.transfers:
        fee = rules.transfers.fee(slips.total(entry.legs, accounts.TRANSFERRED))
        checks.slips.expect(subject, "fee that the programme asks", slips.total(entry.legs, accounts.CHARGED), fee)


def _own(group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """Whose a document is by its entries: the first one's wallet, of an exchange the one who bought."""
    if entry.document is None or entry.document_id is None:
        return
    counted = group.documents.get(entry.document_id)
    if counted is None:
        counted = group.documents[entry.document_id] = Counted(entry.document, wallet.row.id)
    if entry.kind in CREDITING:
        counted.decisive = wallet.row.id
    of_return = entry.kind in TAKING_BACK and entry.turn == 0 and entry.document.kind != EXCHANGE
    if entry.kind in CREDITING or of_return:
        counted.owner = wallet


def _finish(checks: Checks, wallet: Wallet, book: Book) -> None:
    """The wallet as it stands, against what its entries made of it."""
    points.finish(checks, wallet)
    for credited in wallet.credited:
        _finish_awards(checks, credited)
    checks.standing.looked_at += 1
    subject, row = f"wallet of {wallet.name}", wallet.row
    checks.standing.expect(subject, "tier", row.tier, wallet.tier)
    checks.standing.expect(subject, "since when less is supported", row.below_since, wallet.below_since)
    checks.standing.expect(subject, "status", row.status, wallet.status)
    checks.standing.expect(subject, "purchases that still hold an eligible amount", row.purchases, wallet.purchases)
    checks.standing.expect(subject, "qualifying", row.qualifying, wallet.qualifying)
    stands = {day: counted for day, counted in book.progress.items() if any(counted)}
    worked_out = {day: counted for day, counted in wallet.progress.items() if any(counted)}
    if stands != worked_out:
        for day in sorted(stands.keys() | worked_out.keys()):
            told = (tuple(stands.get(day, ())), tuple(worked_out.get(day, ())))
            checks.standing.expect(subject, f"progress of {day} (units, spend, visits)", *told)


def _finish_awards(checks: Checks, credited: Credited) -> None:
    check = checks.awards
    check.looked_at += 1
    subject, stored, awards = credited.subject, credited.stored, credited.awards
    if len(stored) == len(awards) and all(_is_stored(award, stored.get(award.rule)) for award in awards):
        return
    worked_out = {award.rule: award.qualifying for award in awards}
    if stored.keys() == worked_out.keys():
        check.expect(subject, "qualifying awards", {rule: row[0] for rule, row in stored.items()}, worked_out)
    first, holds = ({rule: row[place] for rule, row in stored.items()} for place in (1, 2))
    check.expect(subject, "first points of its awards", first, {each.rule: each.first_points for each in awards})
    check.expect(subject, "points that its awards hold", holds, {each.rule: each.held_points for each in awards})


def _is_stored(award: HeldAward, row: list[object] | None) -> bool:
    return row is not None and row[:3] == [award.qualifying, award.first_points, award.held_points]
