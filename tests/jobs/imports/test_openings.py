"""Opening balances out of a file: each once, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.jobs.imports.shop import Shop
from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports import openings
from wafa.jobs.imports.openings import OpeningsSummary, import_openings
from wafa.operations.enrol import NewMember, enrol
from wafa.store.models import Entry, ImportRun, Lot, Member, ProgrammeVersion, Wallet

pytestmark = pytest.mark.django_db(transaction=True)

HEADING = "member,points,expires_on"
STAMPS = {"code": "stamps", "kind": "stamps", "card": 10, "expiry": {"kind": "never"}, "name": {"en": "Stamps"}}


@pytest.fixture
def members(shop: Shop) -> Iterator[None]:
    """Two who have joined."""
    enrol(shop.merchant.id, [NewMember(number, shop.merchant.now()) for number in ("77", "78")])
    return None


def bring(shop: Shop, *rows: str | Path, heading: str = HEADING, **options: Any) -> OpeningsSummary:
    """Bring a file of these rows."""
    path = rows[0] if rows and isinstance(rows[0], Path) else shop.file(*map(str, rows), heading=heading)
    options = {"enrol_missing": False, "rejects": shop.rejects, "calendar": "gregorian"} | options
    return import_openings(shop.merchant, path, **options)


def lots(shop: Shop, member: str, unit: str = "points") -> list[tuple[int, date | None]]:
    """Size and last day of a member's lots."""
    found = Lot.objects.of(shop.merchant).filter(wallet__member__number=member, wallet__unit=unit)
    return list(found.order_by("expires_on", "points").values_list("points", "expires_on"))


def test_lots_with_their_own_last_days(shop: Shop, members: None) -> None:
    rows = ["77,100,2026-12-31", '78,"1,200",', "77,50,2027-06-30", "77,20,2026-12-31"]
    summary = bring(shop, *rows)
    assert (summary.rows_read, summary.brought, summary.points, summary.rows_rejected) == (4, 2, 1370, 0)
    assert lots(shop, "77") == [(120, date(2026, 12, 31)), (50, date(2027, 6, 30))]
    assert lots(shop, "78") == [(1200, None)]
    assert (shop.points("77"), shop.points("78")) == (170, 1200)
    assert not shop.rejects.exists()


def test_the_same_file_again_changes_nothing(shop: Shop, members: None) -> None:
    rows = ["77,100,2026-12-31", "78,30,", "77,50,"]
    bring(shop, *rows)
    before = shop.entries()
    for again in (rows, rows[::-1]):
        summary = bring(shop, *again)
        assert (summary.brought, summary.points, summary.brought_before, summary.refused) == (0, 0, 2, 0)
    assert shop.entries() == before
    assert not shop.rejects.exists()


def test_another_balance_for_the_same_member_is_refused(shop: Shop, members: None) -> None:
    bring(shop, "77,100,2026-12-31")
    summary = bring(shop, "77,100,2026-12-30", "78,5,")
    assert (summary.brought, summary.refused, summary.rows_rejected) == (1, 1, 1)
    assert shop.rejected() == [(2, "another balance has been brought for this member already")]
    assert shop.points("77") == 100


def test_each_unit_is_brought_once(shop: Shop, members: None) -> None:
    _have_stamps(shop)
    heading = "member,unit,points,expires_on"
    assert bring(shop, "77,,100,", "77,stamps,3,", heading=heading).brought == 2
    assert bring(shop, "77,points,100,", "77,stamps,4,", heading=heading).refused == 1
    assert (lots(shop, "77"), lots(shop, "77", "stamps")) == ([(100, None)], [(3, None)])


def test_what_counts_for_the_tier(shop: Shop, members: None) -> None:
    _have_stamps(shop)
    heading = "member,points,expires_on,qualifying,unit"
    bring(shop, "77,100,,250,", "77,,,50,", "78,0,,7,", "78,2,,1,stamps", heading=heading)
    assert (shop.wallet("77").qualifying, shop.wallet("77").available) == (300, 100)
    points = Wallet.objects.of(shop.merchant).get(member__number="78", unit="points")
    assert (points.qualifying, points.available, lots(shop, "78")) == (7, 0, [])
    assert shop.rejected() == [(5, "what qualifies for a tier is counted in points alone")]


def test_members_who_have_not_joined(shop: Shop, members: None) -> None:
    summary = bring(shop, "77,100,", "99,5,")
    assert (summary.brought, summary.refused, summary.joined) == (1, 1, 0)
    [(line, reason)] = shop.rejected()
    assert (line, "99" in reason) == (3, True)
    summary = bring(shop, "77,100,", "99,5,", enrol_missing=True)
    assert (summary.brought, summary.brought_before, summary.joined) == (1, 1, 1)
    assert shop.points("99") == 5
    assert not shop.rejects.exists(), "it was of an earlier run"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",5,", "there is no member"),
        (f"{'7' * 61},5,", "the member's number is longer than 60 characters"),
        ("77,,", "there are no points"),
        ("77,0,", "there are no points"),
        ("77,-5,", "“-5” is no whole number of points"),
        ("77,5.5,", "“5.5” is no whole number of points"),
        ("77,many,", "“many” is no whole number of points"),
        ("77,1000000000000000000,", "“1000000000000000000” is no whole number of points"),
        ("77,5,31/12/2026", "the day “31/12/2026” cannot be read; it should look like “2012-03-31”"),
        ("77,5,2026-02-30", "the day “2026-02-30” cannot be read; it should look like “2012-03-31”"),
        ("77,5,2026-02-03T10:00", "the day “2026-02-03T10:00” cannot be read; it should look like “2012-03-31”"),
        ("77,5", "it has not as many cells as the heading"),
        ('77,"5,', 'the quotation marks (") of this row are not in pairs'),
    ],
)
def test_a_row_that_cannot_be_used_says_why(shop: Shop, members: None, row: str, reason: str) -> None:
    summary = bring(shop, "78,1,", row)
    assert (summary.brought, summary.rows_rejected) == (1, 1)
    assert shop.rejected() == [(3, reason)]


def test_a_unit_that_the_programme_does_not_have(shop: Shop, members: None) -> None:
    bring(shop, "77,5,,gold", heading="member,points,expires_on,unit")
    assert shop.rejected() == [(2, "the programme has no unit “gold”")]


def test_a_member_of_whom_one_row_cannot_be_used_waits_until_it_is_put_right(shop: Shop, members: None) -> None:
    bring(shop, "77,100,2026-12-31", "78,5,", "77,x,")
    assert shop.rejected() == [
        (2, "another row of this member cannot be used"),
        (4, "“x” is no whole number of points"),
    ]
    assert lots(shop, "77") == []
    mended = shop.rejects.read_text("utf-8-sig").replace(",x,", ",7,")
    path = shop.folder / "mended.csv"
    path.write_text(mended, "utf-8")
    summary = bring(shop, path)
    assert (summary.brought, summary.rows_rejected) == (1, 0)
    assert lots(shop, "77") == [(100, date(2026, 12, 31)), (7, None)]


def test_points_that_had_run_out_there_have_run_out_here(shop: Shop, members: None) -> None:
    bring(shop, "77,100,2026-06-30", "77,5,2026-07-01")
    assert (shop.points("77"), lots(shop, "77")) == (5, [(100, date(2026, 6, 30)), (5, date(2026, 7, 1))])


def test_a_workbook(shop: Shop, members: None) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Member", "Points", "Expires_on"])
    for row in ([77, 100, date(2026, 12, 31)], [78, 5.5, None], ["99", "٢٠", "2027-01-31"]):
        sheet.append(row)
    path = shop.folder / "balances.xlsx"
    book.save(path)
    summary = bring(shop, path, enrol_missing=True)
    assert (summary.brought, summary.points) == (2, 120)
    assert (lots(shop, "77"), lots(shop, "99")) == ([(100, date(2026, 12, 31))], [(20, date(2027, 1, 31))])
    assert shop.rejected() == [(3, "“5.5” is no whole number of points")]


def test_days_of_the_jalali_calendar(shop: Shop, members: None) -> None:
    bring(shop, "77,100,۱۴۰۵-۱۲-۲۹", calendar="jalali")
    assert lots(shop, "77") == [(100, date(2027, 3, 20))]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_seen_from_the_heading(shop: Shop, members: None, delimiter: str) -> None:
    heading, row = (line.replace(",", delimiter) for line in (HEADING, "77,100,2026-12-31"))
    assert bring(shop, row, heading=heading).brought == 1


def test_a_file_without_what_it_must_have(shop: Shop, members: None) -> None:
    with pytest.raises(UsageError, match="has no column “expires_on”"):
        bring(shop, "77,5", heading="member,points")
    with pytest.raises(UsageError, match="more than one column “unit”"):
        bring(shop, "77,5,,,", heading="member,points,expires_on,unit,Unit")
    with pytest.raises(UsageError, match="cannot be the rejects file"):
        bring(shop, "77,5,", rejects=shop.folder / "till.csv")
    assert not ImportRun.objects.of(shop.merchant).exists()


def test_many_batches_and_the_record_of_the_run(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "BALANCES_A_BATCH", 2)
    rows = [f"{number},{number},2026-12-31" for number in range(1, 8)]
    summary = bring(shop, *rows, "x,none,", enrol_missing=True)
    assert (summary.brought, summary.points, summary.joined) == (7, 28, 7)
    run = ImportRun.objects.of(shop.merchant).get()
    counted = (run.rows_read, run.rows_rejected, run.documents_read, run.counted, run.counted_before, run.refused)
    assert counted == (8, 1, 7, 7, 0, 0)
    assert run.finished_at is not None
    assert Member.objects.of(shop.merchant).count() == 7


def test_stopped_half_way_it_goes_on(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "BALANCES_A_BATCH", 1)
    rows = [f"{number},5," for number in range(4)]
    post_one, posted = openings.open_balances, []

    def stopping(*arguments: Any) -> Any:
        posted.append(arguments)
        if len(posted) == 3:
            raise KeyboardInterrupt
        return post_one(*arguments)

    monkeypatch.setattr(openings, "open_balances", stopping)
    with pytest.raises(KeyboardInterrupt):
        bring(shop, *rows, enrol_missing=True)
    summary = bring(shop, *rows, enrol_missing=True)
    assert (summary.brought, summary.brought_before) == (2, 2)
    assert Entry.objects.of(shop.merchant).filter(kind="opening").count() == 4


def _have_stamps(shop: Shop) -> None:
    version = ProgrammeVersion.objects.of(shop.merchant).get()
    body = version.body | {"units": [STAMPS]}
    starts_at = shop.merchant.now()
    ProgrammeVersion(merchant=shop.merchant, number=2, state="live", starts_at=starts_at, body=body).save()
