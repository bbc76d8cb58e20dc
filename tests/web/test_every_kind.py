"""Whatever happens to points is shown on the pages, with what it belongs to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.jobs.commands.typed import typed
from tests.people import hired, signed_in
from tests.web.bazaar import Bazaar
from tests.web.reading import said
from tests.world import PLAIN, World, line
from wafa.core.ledger.entry import KINDS
from wafa.queries.console.programme import programme_of
from wafa.store.models import Entry, Role, Staff
from wafa.web.console.access import Viewer
from wafa.web.console.shown import shown
from wafa.wording.measures import Measures
from wafa.wording.names import Names


@pytest.fixture
def bazaar(db: None) -> Bazaar:
    return Bazaar()


@pytest.fixture
def owner(bazaar: Bazaar) -> Client:
    return signed_in(hired(bazaar.world, "huda", Role.OWNER))


def member(client: Client, bazaar: Bazaar, number: str, query: str = "") -> str:
    """A member's page, as it reads."""
    place = reverse("console:member", args=[bazaar.world.member(number).id])
    return said(client.get(place + query, follow=True).content.decode())


def document(client: Client, bazaar: Bazaar, number: str) -> str:
    """A document's page, as it reads."""
    return said(client.get(reverse("console:receipt", args=[bazaar.document(number).id])).content.decode())


def test_every_kind_of_entry_has_happened_and_the_books_agree(bazaar: Bazaar) -> None:
    assert bazaar.kinds() == set(KINDS)
    assert bazaar.world.differences() == []


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
@pytest.mark.parametrize("unit", ["points", "credit", "stamps"])
def test_the_command_line_tells_every_entry_in_the_same_words(bazaar: Bazaar, unit: str, language: str) -> None:
    hired(bazaar.world, "huda", Role.OWNER)
    viewer = Viewer(Staff.objects.of(bazaar.merchant).get(role=Role.OWNER))
    programme = programme_of(bazaar.merchant, bazaar.merchant.now())
    names, measures = Names(programme.versions), Measures(programme.units(), bazaar.merchant.currency)
    entries = (
        Entry.objects.of(bazaar.merchant).filter(wallet__unit=unit).select_related("wallet__member", "document", "of")
    )
    told: dict[str, str] = {}
    for each in entries:
        number = each.wallet.member.number
        told[number] = told.get(number) or typed(bazaar.world, "statement", number, "--unit", unit, "--lang", language)
        with translation.override(language):
            words = str(shown([each], viewer, names, measures)[0].slip)
        assert words in told[number], each.kind
    assert told


def test_what_a_member_holds_besides_available_points(bazaar: Bazaar, owner: Client) -> None:
    text = member(owner, bazaar, "amal")
    assert "Available points 970 Pending 60 On hold 120 until 21 August 2011, 15:45 120" in text
    assert "21 October 2011 830 1 June 2012 100 No expiry 40 No expiry 60 Pending, without a day yet" in text
    assert "Store credit SAR 84.50 Next to expire SAR 84.50 · 1 June 2012" in text
    assert "Coffee card 3 of 10 Full cards 2" in text
    assert "100 more qualifying points to Silver 900 qualifying points so far · counted since 1 August 2011" in text


def test_pending_points_say_from_which_day_on(bazaar: Bazaar, owner: Client) -> None:
    bazaar.world.enrol("jamil")
    bazaar.buy("N-30", line("TEA", 100), member="jamil")
    text = member(owner, bazaar, "jamil")
    assert "Available points 100 Pending 100" in text
    assert "21 August 2012 100 Pending, available from 4 September 2011" in text
    assert "100 pending, available from 4 September 2011 · last day 21 August 2012" in document(owner, bazaar, "N-30")


def test_debt_is_owed_and_named(bazaar: Bazaar, owner: Client) -> None:
    assert "Available points 0 Owed 175" in member(owner, bazaar, "hani")


def test_other_units_have_a_statement_of_their_own(bazaar: Bazaar, owner: Client) -> None:
    text = member(owner, bazaar, "amal", "?unit=credit")
    assert "Statement of Store credit Back to the points" in text
    assert "Redemption 1 June 2011, 16:05 · Olaya For money off the price. Redeemed −SAR 40.50" in text
    assert "−SAR 40.50 SAR 84.50 available" in text
    assert "Adjustment" in member(owner, bazaar, "amal", "?unit=stamps")
    assert "Statement Hold" in member(owner, bazaar, "amal", "?unit=nothing")


def test_a_merged_number_leads_to_whoever_took_over(bazaar: Bazaar, owner: Client) -> None:
    text = member(owner, bazaar, "ehsan-2")
    assert text.startswith("Members Ehsan Bronze Member ehsan")
    assert "Merged with ehsan-2 Before the merge" in text
    assert "Number ehsan-2 was merged into this member and goes on working." in text
    before = member(owner, bazaar, "ehsan", "?card=ehsan-2&before=1")
    assert "Statement of ehsan-2 before the merge Back to the points" in before
    assert "Purchase N-11" in before
    assert "was merged into this member" not in member(owner, bazaar, "ehsan", "?card=amal")


def test_who_was_merged_is_found_but_not_listed(bazaar: Bazaar, owner: Client) -> None:
    def numbers(query: str) -> list[str]:
        text = owner.get(reverse("console:members") + query).content.decode()
        return re.findall(r'<bdi class="code">(.*?)</bdi>', text)

    for order in ("number", "name", "newest", "points"):
        listed = numbers(f"?sort={order}")
        assert "ehsan" in listed
        assert "ehsan-2" not in listed
        assert sorted(numbers(f"?sort={order}&q=ehsan")) == ["ehsan", "ehsan-2"]
    assert "Merged" in said(owner.get(reverse("console:members") + "?q=ehsan").content.decode())


def test_receipts_are_found_by_a_merged_number(bazaar: Bazaar, owner: Client) -> None:
    text = owner.get(reverse("console:receipts") + "?q=ehsan-2").content.decode()
    assert "N-11" in text


def test_the_list_says_what_became_of_each(bazaar: Bazaar, owner: Client) -> None:
    text = said(owner.get(reverse("console:receipts")).content.decode())
    for row in (
        "V-4 Voiding 2 June 2011 15:00 Amal Olaya −SAR 70.00",
        "N-4 Voided 2 June 2011 15:00 Amal Olaya SAR 70.00",
        "X-1 Exchange 2 June 2011 15:00 Amal Olaya −SAR 410.00",
        "C-2 Cancelled return 2 June 2011 15:00 Amal Olaya R-2 Return Cancelled",
        "R-8 Return Waits for its receipt 2 June 2011 15:00 Olaya −SAR 20.00",
        "R-7 Return 2 June 2011 15:00 Amal Olaya −SAR 30.00",
    ):
        assert row in text
    for kind, number in (("exchange", "X-1"), ("void", "V-4"), ("cancel_return", "C-2")):
        listed = owner.get(f"{reverse('console:receipts')}?kind={kind}").content.decode()
        assert re.findall(r'<bdi class="strong code">(.*?)</bdi>', listed) == [number]


DOCUMENTS = [
    (
        "X-1",
        "What was sold and what came back Item Quantity Amount COFFEE 1 SAR 90.00 CARPET Came back 1 −SAR 500.00",
    ),
    ("X-1", "Points +90 Rule First awarded Held now Base points 1 point for each full SAR 1.00 of SAR 90.00 90"),
    ("X-1", "Other entries Amal · Exchange: goods returned 2 June 2011, 15:00 · Olaya Receipt N-2"),
    ("X-1", "Receipts behind it N-2 1 June 2011 1 × CARPET"),
    ("N-2", "Returns Exchange X-1 2 June 2011 1 × CARPET"),
    ("V-4", "Voiding V-4"),
    ("V-4", "Receipts behind it N-4 2 June 2011 1 × VASE"),
    ("N-4", "This receipt has been voided: V-4 · 2 June 2011"),
    ("C-2", "It cancels this return; what came back is the customer's again: R-2 · 2 June 2011"),
    ("C-2", "Points +100 Receipt N-1 Base points +100 500 of 700 again"),
    ("R-2", "This return has been cancelled: C-2 · 2 June 2011"),
    ("N-1", "Returns R-2 2 June 2011 Cancelled: nothing came back after all R-1 2 June 2011 2 × TEA"),
    ("R-8", "R-8 2 June 2011, 15:00 Olaya It came before receipt N-8 , and counts as soon as that arrives."),
    ("R-7", "It came before its receipt, and was counted when that arrived."),
    ("N-5", "The receipt had been recorded without a member, and was claimed later."),
    ("N-6", "Other entries Badr · Purchase"),
    ("N-6", "Badr · Receipt moved away 2 June 2011, 15:00 · Olaya Receipt N-6"),
    ("N-21", "60 pending, without a day yet"),
]


def test_each_document_with_what_it_belongs_to(bazaar: Bazaar, owner: Client) -> None:
    for number, says in DOCUMENTS:
        assert says in document(owner, bazaar, number), number


def test_the_overview_counts_points_and_members_alone(bazaar: Bazaar, owner: Client) -> None:
    cache.clear()
    text = said(owner.get(reverse("console:overview")).content.decode())
    # Of eight, Dana has left, and one of Ehsan's cards is the other's. No stamps or riyals are among the points.
    assert "Members 6 enrolled" in text
    held = [bazaar.world.wallet(number) for number in ("amal", "badr", "ehsan", "farah", "ghada", "hani")]
    outstanding = sum(each.available + each.pending + each.held - each.debt for each in held)
    assert f"Outstanding points {outstanding:,}" in text
    assert "Hold 21 August 2011, 15:00 · Olaya On hold until 21 August 2011, 15:45." in text


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_every_page_is_whole_in_every_language(bazaar: Bazaar, language: str) -> None:
    client = signed_in(hired(bazaar.world, "huda", Role.OWNER), language)
    for number in ("amal", "badr", "dana", "ehsan", "farah", "ghada", "hani"):
        text = member(client, bazaar, number)
        assert not re.search(r"%\(|\{\{|None(?! of)", text), text
    for number in ("N-1", "N-6", "X-1", "V-4", "C-2", "R-7", "R-8"):
        assert not re.search(r"%\(|\{\{|None(?! of)", document(client, bazaar, number))


@pytest.mark.parametrize(
    ("measure", "window", "says"),
    [
        ("spend", {"kind": "lifetime"}, "SAR 9.00 more spent to Silver SAR 1.00 spent so far"),
        ("visits", {"kind": "lifetime"}, "999 more visits to Silver 1 visit so far"),
        (
            "points",
            {"kind": "calendar_year", "calendar": "gregorian"},
            "1 qualifying point so far · counted since 1 January",
        ),
    ],
)
def test_progress_in_the_programmes_own_measure(db: None, measure: str, window: dict[str, str], says: str) -> None:
    tiers = [
        {"code": "bronze", "from": 0, "name": {"en": "Bronze"}},
        {"code": "silver", "from": 1000, "name": {"en": "Silver"}},
    ]
    world = World(PLAIN | {"tiers": tiers, "qualification": {"measure": measure, "window": window}})
    world.buy(line(riyals=1))
    owner = signed_in(hired(world, "huda", Role.OWNER))
    assert says in said(owner.get(reverse("console:member", args=[world.member().id])).content.decode())
    units = {"spend": "from SAR 10.00 spent", "visits": "from 1,000 visits", "points": "from 1,000 qualifying points"}
    assert units[measure] in said(owner.get(reverse("console:overview")).content.decode())


def test_a_tier_in_its_days_of_grace_says_until_when(bazaar: Bazaar, owner: Client) -> None:
    world = bazaar.world
    for days in (0, 1):
        world.stand_at(world.now + timedelta(days=days))
        bazaar.buy(f"N-4{days + 1}", line("COPPER", 900), member="farah")
    world.stand_at(world.now + timedelta(days=60))
    bazaar.review()
    assert "Silver is kept until 30 October 2011" in member(owner, bazaar, "farah")
