"""Job or no job: whether what is due happens on time or only when the wallet is next touched comes out the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core import verbs
from tests.core.programmes import first_purchase, per_amount, programme_with
from tests.core.telling import told
from tests.core.world import LONDON, World
from wafa.core.commands import Settle
from wafa.core.outcomes import Posted

RULES = programme_with(
    per_amount(),
    first_purchase(50, expiry={"kind": "days", "days": 2}),
    available={"kind": "after_days", "days": 1},
    expiry={"kind": "days", "days": 4},
    holds={"minutes": 600, "least": 1, "most": 6000},
    transfers={},
)
START = datetime(2011, 3, 25, 9, tzinfo=LONDON)  # two days before the clocks change

Step = tuple[str, ...]
Asked = tuple[int, Step]
"""How many hours after the one before it; the verb, and what is asked."""

AMOUNTS = st.integers(1, 60)
MEMBERS = st.sampled_from(("ann", "bob"))
NUMBERS = st.integers(0, 7).map(str)
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("buy"), MEMBERS, AMOUNTS.map(lambda amount: f"A×2 {amount}.00")),
    st.tuples(st.just("back"), MEMBERS, st.sampled_from(("A", "A×2", "A×3"))),
    st.tuples(st.just("redeem"), MEMBERS, AMOUNTS.map(str)),
    st.tuples(st.just("hold"), MEMBERS, st.tuples(AMOUNTS, st.integers(1, 6000)).map("{0[0]} for {0[1]}".format)),
    st.tuples(st.just("capture"), NUMBERS, AMOUNTS.map(str)),
    st.tuples(st.just("release"), NUMBERS),
    st.tuples(st.just("cancel"), NUMBERS),
    st.tuples(st.just("give"), st.sampled_from(("ann to bob", "bob to ann")), AMOUNTS.map(str)),
    st.tuples(st.just("adjust"), MEMBERS, AMOUNTS.map(str)),
)
HISTORIES = st.lists(st.tuples(st.integers(0, 40), STEPS), max_size=14)


def due_instants(world: World, since: datetime, until: datetime) -> list[datetime]:
    """All instants between two at which something is due, as far as is known yet: holds, pending lots, last days."""
    snapshot, due = world.snapshot, set()
    for wallet in snapshot.wallets.values():
        due |= {hold.expires_at for hold in wallet.holds if hold.is_open}
        due |= {lot.available_at for lot in wallet.lots if lot.pending and lot.available_at}
        due |= {snapshot.first_instant(lot.expires_on + timedelta(days=1)) for lot in wallet.lots if lot.expires_on}
    return sorted(instant for instant in due if since < instant <= until)


def live(history: list[Asked], with_job: bool) -> tuple[World, list[str]]:
    """A world after a history, and what came of each step."""
    world, at, came = World(RULES), START, []
    for place, (hours, (verb, *columns)) in enumerate([*history, (200, ("settle",))]):
        before, at = at, (at.astimezone(UTC) + timedelta(hours=hours)).astimezone(LONDON)
        if with_job:
            for instant in due_instants(world, before, at):
                world.post(Settle(at=instant))
        key = [] if verb == "settle" else [str(place)]
        command = verbs.command(verb, [*key, f"{at:%Y-%m-%d %H:%M}", *columns], LONDON, world.named)
        [outcome] = world.post(command)
        if isinstance(outcome, Posted):
            world.named[str(place)] = outcome.slip.id
        if verb != "settle":
            came.append(told(outcome))
    return world, came


def standing(world: World) -> object:
    """Figures and lots of all wallets, lots told by what they are and not by their ids."""
    return [
        (
            wallet.figures(),
            wallet.qualifying,
            sorted((lot.number, lot.points, lot.remaining, lot.held, lot.expired, lot.answered) for lot in wallet.lots),
        )
        for wallet in world.snapshot.wallets.values()
    ]


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_all_comes_out_the_same(history: list[Asked]) -> None:
    (on_time, came), (late, came_late) = live(history, True), live(history, False)
    assert came == came_late
    assert standing(on_time) == standing(late)
