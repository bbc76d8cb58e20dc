"""The review of all tiers asks the database whom it would change: that must be just those whom the law changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.db import guards_away, query
from tests.world import NOON, PLAIN, World
from wafa.core.commands import ReviewTiers
from wafa.core.values.calendars import CALENDARS
from wafa.operations import requalify_tiers as job
from wafa.operations.requalify_tiers import requalify_tiers
from wafa.store.ids import new_id
from wafa.store.models import Wallet
from wafa.store.programmes import load_versions

TODAY = NOON.date()
CODES = ["bronze", "silver", "gold"]

windows = st.one_of(
    st.just({"kind": "lifetime"}),
    st.builds(
        lambda calendar: {"kind": "calendar_year", "calendar": calendar},
        st.sampled_from(CALENDARS),
    ),
    st.builds(lambda months: {"kind": "rolling_months", "months": months}, st.integers(1, 14)),
)
ladders = st.fixed_dictionaries(
    {
        "measure": st.just("points"),
        "window": windows,
        "grace_days": st.sampled_from([0, 1, 30]),
        "soft_landing": st.booleans(),
    }
)
days_ago = st.integers(-2, 800)
members = st.fixed_dictionaries(
    {
        "tier": st.sampled_from([*CODES, "platinum", ""]),
        "below_since": st.none() | st.sampled_from([0, 1, 2, 29, 30, 31]),
        "lifetime": st.sampled_from([0, 99, 100, 101, 299, 300, 1000]),
        "progress": st.dictionaries(days_ago, st.sampled_from([1, 49, 50, 100, 250]), max_size=4),
        "posted": st.sampled_from([-1, 0, 0, 0, 40]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(qualification=ladders, shop=st.lists(members, min_size=1, max_size=8))
def test_whom_the_law_changes(qualification: dict[str, Any], shop: list[dict[str, Any]]) -> None:
    with guards_away():
        world = World(programme(qualification), members=[f"m{place}" for place in range(len(shop))])
        wallets = {wallet(world, f"m{place}", state): state for place, state in enumerate(shop)}
        named = {id for batch in job._batches(world.merchant, ladder(world), NOON) for id in batch}
        (reviewed,) = world.post(ReviewTiers(at=NOON, wallets=tuple(wallets)))
        changed = {entry.wallet.id for entry in reviewed.entries}
        # Where the wallet is ahead of the clock, its review is as of then: these are left to the law.
        ahead = {id for id, state in wallets.items() if state["posted"] > 0 and state["tier"]}
        assert changed <= named
        assert named - ahead == changed - ahead
        assert ahead <= named


def test_all_of_them_in_batches(monkeypatch: Any) -> None:
    monkeypatch.setattr(job, "WALLETS_A_BATCH", 2)
    state = {"tier": "gold", "below_since": None, "lifetime": 0, "progress": {}, "posted": -1}
    with guards_away():
        world = World(programme({"measure": "points", "window": {"kind": "lifetime"}, "grace_days": 3}))
        world.enrol(*(f"m{place}" for place in range(5)))
        for place in range(5):
            wallet(world, f"m{place}", state)
        assert requalify_tiers(world.merchant) == 5
        assert requalify_tiers(world.merchant) == 0
        world.stand_at(NOON + timedelta(days=3))
        assert requalify_tiers(world.merchant) == 5
        assert set(Wallet.objects.of(world.id).filter(sequence__gt=0).values_list("tier", flat=True)) == {"bronze"}


def test_who_is_not_open_is_left_alone() -> None:
    state = {"tier": "gold", "below_since": None, "lifetime": 0, "progress": {}, "posted": -1}
    with guards_away():
        world = World(programme({"measure": "points", "window": {"kind": "lifetime"}, "grace_days": 3}))
        query(
            "UPDATE wallet SET status = 'closed' WHERE merchant_id = %s AND id = %s",
            world.id,
            wallet(world, "amal", state),
        )
        assert requalify_tiers(world.merchant) == 0


def programme(qualification: dict[str, Any]) -> dict[str, Any]:
    """Bronze, silver from 100, gold from 300."""
    tiers = [
        {"code": code, "from": first, "name": {"en": code}} for code, first in zip(CODES, (0, 100, 300), strict=True)
    ]
    return PLAIN | {"tiers": tiers, "qualification": qualification}


def ladder(world: World) -> Any:
    """The one in force."""
    return load_versions(world.id).ladder(NOON)


def wallet(world: World, number: str, state: dict[str, Any]) -> UUID:
    """Put a member's wallet into a state, behind the guards' backs; answers its id."""
    id = world.wallet(number).id
    since = None if state["below_since"] is None else TODAY - timedelta(days=state["below_since"])
    posted: datetime = NOON + timedelta(days=state["posted"])
    query(
        "UPDATE wallet SET tier = %s, below_since = %s, qualifying = %s, posted_at = %s "
        "WHERE merchant_id = %s AND id = %s",
        *(state["tier"], since, state["lifetime"], posted, world.id, id),
    )
    for ago, units in state["progress"].items():
        day: date = TODAY - timedelta(days=ago)
        query(
            "INSERT INTO progress (merchant_id, id, wallet_id, day, qualifying, spend_minor, visits) "
            "VALUES (%s, %s, %s, %s, %s, 0, 0)",
            *(world.id, new_id(), id, day, units),
        )
    return id
