"""How many statements a page takes: a fixed number, however long the history behind it.

The first look at the overview in a while may take more (it adds the ledger up and keeps the sums); every look
after it takes these.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.people import signed_in
from tests.web.shop import Shop, accepted
from tests.world import line

WHO = 3
"""The session, the user, and their place with its merchant and branch."""

STATEMENTS = {
    # versions, lapsed; days kept and the fresh ones; latest entry and member, standing kept; entries; ahead kept
    "overview": WHO + 9,
    # versions, members, wallets, lapsed
    "members": WHO + 4,
    "members by points": WHO + 3,
    # + the ways of finding, together
    "members found": WHO + 5,
    # member, wallets, open lots, merged cards, versions, entries
    "member": WHO + 6,
    # branches, months, documents, what became of them
    "receipts": WHO + 4,
    "receipts found": WHO + 5,
    # document, versions, entries, awards, links and their documents, lines, lots, what annuls it
    "receipt": WHO + 9,
    "return": WHO + 7,
}


def addresses(shop: Shop) -> dict[str, str]:
    """Where each page is."""
    members, receipts = reverse("console:members"), reverse("console:receipts")
    return {
        "overview": reverse("console:overview"),
        "members": members,
        "members by points": f"{members}?sort=points",
        "members found": f"{members}?q=0501234567",
        "member": reverse("console:member", args=[shop.amal.id]),
        "receipts": receipts,
        "receipts found": f"{receipts}?q=N-OLAYA",
        "receipt": reverse("console:receipt", args=[shop.receipt("N-OLAYA").id]),
        "return": reverse("console:receipt", args=[shop.receipt("R-OLAYA").id]),
    }


def statements(client: Client, place: str) -> int:
    """How many statements a page takes once its sums are kept."""
    client.get(place)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(place).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", STATEMENTS)
def test_statements_a_page(shop: Shop, page: str) -> None:
    owner, place = signed_in(shop.cast.huda), addresses(shop)[page]
    assert statements(owner, place) == STATEMENTS[page]
    for day in range(1, 8):
        shop.world.stand_at(shop.world.now + timedelta(days=day))
        shop.world.enrol(*(f"{page}-{day}-{n}" for n in range(6)))
        for n in range(3):
            accepted(shop.world.buy(line("TEA", 30, 3), member="amal", number=f"{page}-{day}-{n}"))
        accepted(shop.world.bring_back(line("TEA", 10, 1), number=f"R-{day}", of="N-OLAYA" if day == 1 else None))
    assert statements(owner, place) == STATEMENTS[page]


def test_the_first_look_at_the_overview_is_bounded_too(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    with CaptureQueriesContext(connection) as queries:
        owner.get(reverse("console:overview"))
    assert len(queries) <= 45
