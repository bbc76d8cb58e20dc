"""The hash of a document's content outlives releases: what was counted years ago must still be recognised."""

from __future__ import annotations

from tests.core.world import NOON, goods_back, purchase
from wafa.core.commands import Line, Payment, content_hash

PLAIN = purchase("1", Line("A", 1000, 250, "Bread"))
FULL = purchase(
    "2",
    Line("خبز", 1500, 250, "خبز", tax_minor=12, discount_minor=0, tags=("fresh",)),
    Line("A", 1, 0),
    period="2011",
    channel="web",
    tags=("a", "b"),
    payments=(Payment("card", 300), Payment("change", -50)),
    tax_minor=12,
    discount_minor=5,
    occurred_at=NOON.replace(microsecond=1),
)
BACK = goods_back("C1", Line("A", 1000, 250), receipt=("till", "", "1"))


def test_the_hash_stays_what_it_was() -> None:
    # Should one of these have to change, every document that was counted before would be refused when it is sent again.
    hashes = [content_hash(each).hex()[:16] for each in (PLAIN, FULL, BACK)]
    assert hashes == ["75e2206cf62e9fb8", "43a4f9a65678ac14", "d5331d423e7cf687"]


def test_the_key_is_source_period_and_number() -> None:
    assert FULL.key == ("till", "2011", "2")
