"""Processes that are killed, or that run at once: nothing is lost, nothing counts twice."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.jobs.imports.processes import start_import
from tests.jobs.imports.shop import MAPPING, Shop, open_shop
from wafa.store.models import Document, DocumentNumber, Entry, Wallet

pytestmark = pytest.mark.django_db(transaction=True)

DOCUMENTS = 4_000
MEMBERS = 300


def half_a_year(shop: Shop) -> Path:
    """Purchases of two rows, every tenth document a return, the rows of neighbours entwined."""
    begins = datetime(2026, 1, 1, 6, tzinfo=UTC)
    rows = []
    for index in range(DOCUMENTS):
        at = f"{begins + timedelta(minutes=40 * index):%Y-%m-%d %H:%M}"
        member = 1000 + index * 7 % MEMBERS
        if index % 10 == 9:
            rows.append((index, f"R{index},{at},MLK,Milk,-1,5.50,{member},Olaya"))
        else:
            rows.append((index, f"{index},{at},MLK,Milk,2,5.50,{member},Olaya"))
            rows.append((index + 2, f"{index},{at},BRD,Bread,1,{index % 90},{member},Olaya"))
    return shop.file(*(row for _place, row in sorted(rows, key=lambda each: each[0])))


def mapping_of(shop: Shop) -> Path:
    """The till's mapping as a file."""
    path = shop.folder / "till.toml"
    path.write_text(MAPPING, "utf-8")
    return path


def history(shop: Shop) -> list[tuple[object, ...]]:
    """All that has happened to all wallets, by member number."""
    entries = Entry.objects.of(shop.merchant).order_by("wallet__member__number", "sequence")
    return list(
        entries.values_list(
            *("wallet__member__number", "sequence", "kind", "posted_at", "points", "available_after", "debt_after")
        )
    )


def counted(shop: Shop) -> int:
    """How many documents count."""
    return Document.objects.of(shop.merchant).count()


def test_killed_twice_and_run_again(new_shop: Shop, tmp_path: Path) -> None:
    file, mapping = half_a_year(new_shop), mapping_of(new_shop)
    options = ("--merchant", "shop", "--replay")
    for more in (500, 2000):
        running = start_import(file, mapping, *options, folder=tmp_path)
        wait_until_counted(new_shop, more, running)
        running.kill()
        running.communicate()
        assert more <= counted(new_shop) < DOCUMENTS
        assert not (tmp_path / "till.csv.rejects.csv").exists()

    last = start_import(file, mapping, *options, folder=tmp_path)
    report, _progress = last.communicate()

    assert last.returncode == 0
    assert f"Rows read: {DOCUMENTS * 19 // 10:,}" in report
    whole = open_shop(tmp_path, clock_at=datetime(2026, 1, 1, tzinfo=UTC), code="whole")
    assert whole.take(file, replay=True).counted == DOCUMENTS
    assert counted(new_shop) == DOCUMENTS
    assert DocumentNumber.objects.of(new_shop.merchant).count() == DOCUMENTS
    assert history(new_shop) == history(whole)
    new_shop.merchant.refresh_from_db()
    whole.merchant.refresh_from_db()
    assert new_shop.merchant.clock_at == whole.merchant.clock_at


def test_two_imports_of_one_file_at_once(shop: Shop, tmp_path: Path) -> None:
    file, mapping = half_a_year(shop), mapping_of(shop)
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()

    running = [start_import(file, mapping, folder=folder) for folder in folders]
    reports = [process.communicate() for process in running]

    assert [process.returncode for process in running] == [0, 0], reports
    new = [int(number_after("Receipts and returns counted: ", report)) for report, _ in reports]
    assert sum(new) == counted(shop) > 0
    alone = open_shop(tmp_path, clock_at=shop.merchant.clock_at, code="alone")
    alone.take(file)
    assert balances(shop) == balances(alone)


def test_two_replays_at_once(new_shop: Shop, tmp_path: Path) -> None:
    file, mapping = half_a_year(new_shop), mapping_of(new_shop)
    first = start_import(file, mapping, "--replay", folder=tmp_path)
    wait_until_counted(new_shop, 1, first)
    os.kill(first.pid, signal.SIGSTOP)  # So that it is there still, however long the second one takes to begin.

    second = start_import(file, mapping, "--replay", folder=tmp_path)
    _report, complaint = second.communicate()

    assert second.returncode == 2
    assert "Another replay for shop is running; wait for it to end." in complaint
    assert first.poll() is None
    os.kill(first.pid, 9)
    first.communicate()
    third = start_import(file, mapping, "--replay", folder=tmp_path)
    third.communicate()
    assert third.returncode == 0
    assert counted(new_shop) == DOCUMENTS


def wait_until_counted(shop: Shop, documents: int, running: subprocess.Popen[str], seconds: float = 60) -> None:
    """Look again and again until so many documents count, or the process has come to its end."""
    deadline = time.monotonic() + seconds
    while counted(shop) < documents and running.poll() is None:
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.005)


def balances(shop: Shop) -> list[tuple[object, ...]]:
    """What each member has."""
    wallets = Wallet.objects.of(shop.merchant).order_by("member__number")
    return list(wallets.values_list("member__number", "available", "debt", "qualifying"))


def number_after(words: str, report: str) -> str:
    """A figure of the report."""
    return report.split(words)[1].split("\n")[0].replace(",", "")
