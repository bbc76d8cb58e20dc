"""What a purchase would earn, rule by rule, and what was near; nothing is written."""

from dataclasses import dataclass
from uuid import UUID

from wafa.core.commands import RecordPurchase
from wafa.core.decide.checks import answer_at_once, inactive_member
from wafa.core.decide.crediting import evaluate
from wafa.core.decide.purchase import sold_receipt
from wafa.core.decide.standing import counting
from wafa.core.earning.judged import Judged
from wafa.core.earning.reading import Facts
from wafa.core.ledger.receipt import HeldAward
from wafa.core.ledger.wallet import POINTS, Progress, Wallet
from wafa.core.outcomes import Duplicate, Refused
from wafa.core.snapshot import Profile, Snapshot
from wafa.core.tiers.ladder import Ahead


@dataclass(frozen=True, slots=True)
class Preview:
    """What each rule would give; the tier held before and supported after it, and what is then `ahead`.

    `version_id` is None, and nothing earned, where no programme was in force.
    """

    version_id: UUID | None
    facts: Facts | None = None
    judged: tuple[Judged, ...] = ()
    tier: str = ""
    tier_after: str = ""
    ahead: Ahead | None = None

    @property
    def points(self) -> int:
        """All awards of points together."""
        awards = [each.award for each in self.judged if each.award]
        return sum(award.points for award in awards if award.unit == POINTS)


def preview(snapshot: Snapshot, command: RecordPurchase) -> Preview | Refused:
    """As though it were counted now; of nobody's receipt, what it would earn somebody who joins with it."""
    _, answer = answer_at_once(snapshot, command)
    if command.member is not None:
        answer = answer or inactive_member(snapshot, command.member)
    if isinstance(answer, Duplicate):
        raise AssertionError("a preview claims no number, so none is taken")
    if answer:
        return answer
    receipt = sold_receipt(snapshot, command)
    wallet = _wallet(snapshot, command)
    evaluated = evaluate(snapshot, wallet, receipt, command.at)
    if evaluated.version is None or evaluated.facts is None:
        return Preview(None)
    programme, facts = evaluated.version.programme, evaluated.facts
    judged = tuple(programme.explain(facts, receipt.lines_left()))
    receipt.awards = [
        HeldAward(snapshot.new_id(), award.rule, award.qualifying, award.points, award.points, None)
        for award in evaluated.awards
    ]
    qualifying = counting(programme, receipt, facts).qualifying
    wallet.count(facts.occurred_on, Progress(qualifying))
    by_day = {day: counted.qualifying for day, counted in wallet.progress.items()}
    ladder, today = snapshot.versions.ladder(command.at), snapshot.day(command.at)
    standing = (wallet.qualifying + qualifying, by_day, today, snapshot.calendars)
    after = ladder.supported(*standing).code
    highest = max(facts.tier, after, key=ladder.rank)
    return Preview(evaluated.version.id, facts, judged, facts.tier, highest, ladder.next(*standing))


def _wallet(snapshot: Snapshot, command: RecordPurchase) -> Wallet:
    if command.member is not None:
        return snapshot.points_wallet(snapshot.members[command.member].id)
    nobody = Wallet(snapshot.new_id(), snapshot.new_id())
    snapshot.profiles[nobody.member_id] = Profile(command.at)
    return nobody
