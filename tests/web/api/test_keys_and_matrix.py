"""Who may call what: each call with each scope, at its own branch, at another, at another merchant, without a key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.web.api.till import Till, sold
from tests.web.shop import Shop
from wafa.operations.api_keys import KeyRefusedError, KeyTerms, create_key, revoke_key, rotate_key
from wafa.store.models import ApiKey, Scope
from wafa.web.api import rates
from wafa.web.api.access import Needs, forget_callers
from wafa.web.api.app import api

pytestmark = pytest.mark.django_db
NOWHERE = "01a20c92-0000-7000-8000-000000000000"


def calls() -> list[tuple[str, str, str]]:
    """Method, path and scope of every call that there is."""
    found = []
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                needs = next((auth for auth in operation.auth_callbacks if isinstance(auth, Needs)), None)
                for method in operation.methods:
                    found.append((method, path, needs.scope if needs else ""))
    return sorted(set(found))


CALLS = calls()


def concrete(path: str) -> str:
    """A path with ids that nobody has."""
    import re

    return re.sub(
        r"\{[^}]*(number|code|digits)[^}]*\}",
        "987654",
        re.sub(r"\{[^}]*(id|redemption|waiting|merge)\}", NOWHERE, path),
    )


def unchanged(shop: Shop, act: Any) -> Any:
    """What came of it; no row of either merchant is another than before, but for when keys were used."""

    def rows() -> list[dict[str, set[str]]]:
        return [
            {table: rows for table, rows in world.rows().items() if table != "api_key"}
            for world in (shop.world, shop.elsewhere)
        ]

    before = rows()
    answer = act()
    assert rows() == before
    return answer


def test_every_call_names_the_scope_that_it_needs() -> None:
    assert len(CALLS) > 15
    assert [call for call in CALLS if not call[2]] == []


@pytest.mark.parametrize(("method", "path", "scope"), CALLS)
def test_a_call_needs_a_key_that_is_good_and_has_its_scope(shop: Shop, method: str, path: str, scope: str) -> None:
    all_others = [each for each in Scope.values if each != scope]
    without, other, revoked = Till(shop.merchant), Till(shop.merchant, *all_others), Till(shop.merchant)
    revoke_key(shop.merchant.id, revoked.key.id)
    stranger = Till(shop.merchant)
    stranger.token = "wafa_" + "A" * 54
    where = concrete(path)

    def check() -> None:
        missing = without.ask(method, where, {}, Authorization="")
        assert (missing.status, missing.code) == (401, "not_signed_in")
        for till in (revoked, stranger):
            answer = till.ask(method, where, {})
            assert (answer.status, answer.code) == (401, "key_not_valid"), answer
            assert answer.headers["WWW-Authenticate"]
        answer = other.ask(method, where, {})
        assert (answer.status, answer.code) == (403, "scope_missing"), answer
        assert answer.json["figures"] == {"scope": scope}

    unchanged(shop, check)


@pytest.mark.parametrize(("method", "path", "scope"), [call for call in CALLS if "{" in call[1]])
def test_an_id_that_is_not_there_is_not_found_or_refused(shop: Shop, method: str, path: str, scope: str) -> None:
    answer = unchanged(shop, lambda: Till(shop.merchant).ask(method, concrete(path), {}, Idempotency_Key="k"))
    assert answer.status in (400, 404, 409, 412, 422, 428), answer


def test_a_key_bound_to_a_branch_writes_for_no_other(shop: Shop) -> None:
    bound = Till(shop.merchant, branches=["airport"])
    spent = {"member": {"external_id": "amal"}, "points": 1}
    bodies = [
        ("/purchases", sold()),
        ("/returns", sold()),
        ("/previews", sold()),
        ("/redemptions", spent | {"branch": "olaya"}),
        ("/holds", spent | {"branch": "olaya"}),
        (f"/holds/{NOWHERE}/release", {"branch": "olaya"}),
        ("/adjustments", spent | {"reason": "r", "note": "n"}),
    ]

    def check() -> None:
        for path, body in bodies:
            answer = bound.post(path, body)
            assert (answer.status, answer.code) == (403, "branch_not_allowed"), (path, answer)
        [item] = bound.post("/purchases:batch", {"items": [sold()]}).json["results"]
        assert item["problem"]["code"] == "branch_not_allowed"

    unchanged(shop, check)
    assert bound.post("/purchases", sold(branch="airport")).status == 201


def test_a_key_bound_to_a_till_sends_for_no_other(shop: Shop) -> None:
    bound = Till(shop.merchant, till="till-9")
    assert bound.post("/purchases", sold()).code == "till_not_allowed"
    assert bound.post("/purchases", sold(source="till-9")).status == 201


def test_another_merchants_members_are_not_there(shop: Shop) -> None:
    theirs = Till(shop.elsewhere.merchant)

    def check() -> None:
        for name in ({"external_id": "amal"}, {"id": str(shop.amal.id)}, {"phone": "+966501234567"}):
            answer = theirs.post("/purchases", sold(member=name))
            assert (answer.status, answer.code) == (422, "member_unknown"), answer

    unchanged(shop, check)


def test_a_revoked_key_stops_at_once_also_where_it_was_seen_a_moment_ago(shop: Shop, till: Till) -> None:
    assert till.post("/purchases", sold()).status == 201
    revoke_key(shop.merchant.id, till.key.id)
    answer = unchanged(shop, lambda: till.post("/purchases", sold()))
    assert (answer.status, answer.code) == (401, "key_not_valid")


def test_a_rotated_key_goes_on_for_the_overlap_only(shop: Shop, till: Till) -> None:
    made = rotate_key(shop.merchant.id, till.key.id, timedelta(hours=1))
    assert made
    assert till.post("/purchases", sold()).status == 201
    old = till.token
    till.token = made[1]
    assert till.post("/purchases", sold()).status == 201
    till.token = old
    ApiKey.objects.of(shop.merchant).filter(id=till.key.id).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert till.post("/purchases", sold()).code == "key_not_valid"
    assert rotate_key(shop.merchant.id, till.key.id, timedelta(hours=1)) is None


def test_only_a_hash_of_a_token_is_kept(shop: Shop, till: Till) -> None:
    kept = " ".join(shop.world.rows()["api_key"])
    assert till.token not in kept
    assert till.token.removeprefix("wafa_")[22:] not in kept


def test_when_a_key_was_last_used_is_known(shop: Shop, till: Till) -> None:
    forget_callers()
    till.post("/purchases", sold())
    used = ApiKey.objects.of(shop.merchant).get(id=till.key.id).last_used_at
    assert used
    assert timezone.now() - used < timedelta(minutes=1)


def test_who_asks_too_often_is_told_when_to_come_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(rates.time, "monotonic", lambda: clock[0])
    limited = Till(shop.merchant, requests_a_minute=2)
    assert [limited.post("/previews", sold()).status for _ in range(2)] == [200, 200]
    answer = limited.post("/previews", sold())
    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (429, "asked_too_often", "30")
    clock[0] += 30
    assert limited.post("/previews", sold()).status == 200


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"name": "x", "scopes": ["everything"]}, "scopes"),
        ({"name": "x", "branches": ["nowhere"]}, "branches"),
        ({"name": "x", "till": "x" * 61}, "till"),
        ({"name": "x", "adjusts_most": -1}, "adjusts_most"),
        ({"name": "x", "requests_a_minute": 0}, "requests_a_minute"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(shop: Shop, terms: dict[str, Any], field: str) -> None:
    with pytest.raises(KeyRefusedError) as refused:
        create_key(shop.merchant.id, KeyTerms(**terms))
    assert refused.value.field == field
