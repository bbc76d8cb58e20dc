"""The statement over HTTP: every entry with its reasons, page by page, merged cards included."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.web.api.till import Till
from tests.web.bazaar import Bazaar
from tests.web.shop import Shop
from tests.world import line
from wafa.core.commands import MergeMembers
from wafa.core.ledger.entry import KINDS

pytestmark = pytest.mark.django_db


def paged(till: Till, path: str, limit: int) -> list[dict[str, Any]]:
    """All entries, read by pages."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = till.get(f"{path}{'&' if '?' in path else '?'}limit={limit}&cursor={cursor}").json
        assert len(page["entries"]) <= limit
        found += page["entries"]
        if page["next"] is None:
            return found
        cursor = page["next"]


def test_an_entry_is_told_with_its_reasons(shop: Shop, till: Till) -> None:
    told = till.get(f"/members/{shop.amal.id}/statement").json
    assert (told["member"], told["merged_into"], told["next"]) == (str(shop.amal.id), None, None)
    back, second, first = told["entries"]
    document = shop.receipt("N-OLAYA")
    assert first == {
        "id": first["id"],
        "kind": "accrual",
        "external_id": "amal",
        "unit": "points",
        "points": 350,
        "occurred_at": "2011-06-01T12:00:00+00:00",
        "posted_at": "2011-06-01T12:00:00+00:00",
        "document": {"id": str(document.id), "source": "till", "period": "", "number": "N-OLAYA"},
        "awards": first["awards"],
        "text": " ".join(award["text"] for award in first["awards"]),
        "balance": {"available": 350, "pending": 0, "held": 0, "debt": 0},
    }
    assert {award["rule"]: award["points"] for award in first["awards"]} == {"base": 250, "welcome": 100}
    assert (second["points"], back["points"], back["kind"]) == (100, -125, "clawback")
    assert "N-OLAYA" in back["text"]
    assert back["balance"]["available"] == 325


def test_it_is_told_in_the_readers_language(shop: Shop, till: Till) -> None:
    path = f"/members/{shop.amal.id}/statement"
    said = {till.get(path, Accept_Language=language).json["entries"][2]["text"] for language in ("en", "ar", "fa")}
    assert len(said) == 3


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
@pytest.mark.parametrize("unit", ["points", "credit", "stamps"])
def test_pages_tell_everything_once(unit: str, limit: int) -> None:
    bazaar = Bazaar()
    till = Till(bazaar.merchant)
    kinds = set()
    for number in ("amal", "badr", "dana", "ehsan", "farah", "ghada", "hani"):
        path = f"/members/{bazaar.world.member(number).id}/statement?unit={unit}"
        whole = till.get(f"{path}&limit=200").json["entries"]
        assert paged(till, path, limit) == whole
        assert len({entry["id"] for entry in whole}) == len(whole)
        posted = [entry["posted_at"] for entry in whole]
        assert posted == sorted(posted, reverse=True)
        kinds |= {entry["kind"] for entry in whole if entry["text"]}
    if unit == "points":
        assert set(KINDS) - kinds <= {"grant", "revocation"}, "every kind has its words"


def test_the_history_of_a_merged_card_is_the_survivors_too(shop: Shop, till: Till) -> None:
    shop.world.buy(line("TEA", 10), member="badr", number="N-BADR")
    shop.world.do(MergeMembers, into="badr")
    path = f"/members/{shop.badr.id}/statement"
    whole = till.get(path).json["entries"]
    assert {entry["external_id"] for entry in whole} == {"amal", "badr"}
    assert {"accrual", "clawback", "merge_out", "merge_in"} == {entry["kind"] for entry in whole}
    for limit in (1, 2, 4):
        assert paged(till, path, limit) == whole
    by_the_old_id = till.get(f"/members/{shop.amal.id}/statement").json
    assert (by_the_old_id["entries"], by_the_old_id["merged_into"]) == (whole, str(shop.badr.id))


def test_entries_are_picked_by_kind_and_time(shop: Shop, till: Till) -> None:
    path = f"/members/{shop.amal.id}/statement"

    def kinds(query: str) -> list[str]:
        return [entry["kind"] for entry in till.get(f"{path}?{query}").json["entries"]]

    assert kinds("kind=clawback") == ["clawback"]
    assert kinds("kind=clawback&kind=accrual") == ["clawback", "accrual", "accrual"]
    assert kinds("from=2011-06-01T13:00:00Z") == ["clawback", "accrual"]
    assert kinds("until=2011-06-01T13:00:00Z") == ["accrual"]
    assert kinds("from=2011-06-01T16:00:00%2B03:00&until=2011-06-01T17:00:00%2B03:00") == ["accrual"]
    assert kinds("unit=stamps") == []
    assert len(paged(till, f"{path}?kind=accrual", 1)) == 2


def test_what_is_posted_between_two_pages_is_not_told_twice(shop: Shop, till: Till) -> None:
    path = f"/members/{shop.amal.id}/statement"
    whole = till.get(path).json["entries"]
    first = till.get(f"{path}?limit=1").json
    shop.world.stand_at(shop.world.now + timedelta(hours=1))
    shop.world.buy()
    rest = till.get(f"{path}?limit=5&cursor={first['next']}").json["entries"]
    assert first["entries"] + rest == whole


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "body_not_valid"),
        ("limit=201", "body_not_valid"),
        ("limit=x", "body_not_valid"),
        ("kind=theft", "body_not_valid"),
        ("from=yesterday", "body_not_valid"),
        ("cursor=x", "cursor_not_valid"),
        ("cursor=e30x", "cursor_not_valid"),
        ("cursor=WzFd", "cursor_not_valid"),
        ("cursor=eyJ4IjoxfQ", "cursor_not_valid"),
    ],
)
def test_what_cannot_be_asked_is_refused(shop: Shop, till: Till, query: str, code: str) -> None:
    answer = till.get(f"/members/{shop.amal.id}/statement?{query}")
    assert (answer.status, answer.code) == (422, code)


def test_a_cursor_of_another_member_opens_nothing_of_theirs(shop: Shop, till: Till) -> None:
    theirs = Till(shop.elsewhere.merchant)
    shop.elsewhere.buy(member="zayd")
    cursor = theirs.get(f"/members/{shop.elsewhere.member('zayd').id}/statement?limit=1").json["next"]
    told = till.get(f"/members/{shop.amal.id}/statement?cursor={cursor}").json["entries"]
    assert {entry["external_id"] for entry in told} == {"amal"}
