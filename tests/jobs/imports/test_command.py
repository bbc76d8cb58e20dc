"""`wafa import receipts` as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.jobs.imports.shop import MAPPING, Shop, open_shop
from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.import_receipts import imports

pytestmark = pytest.mark.django_db(transaction=True)

SALE = "1,2026-06-01 09:00,MLK,Milk,1,10,77,Olaya"


def run(*arguments: str | Path) -> str:
    """Its report; raises what it complains of."""
    result = CliRunner().invoke(imports, ["receipts", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def till(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The till's mapping, in the folder that the person is in."""
    monkeypatch.chdir(shop.folder)
    path = shop.folder / "till.toml"
    path.write_text(MAPPING, "utf-8")
    return path


def test_the_report(shop: Shop, till: Path) -> None:
    file = shop.file(SALE, SALE.replace("1,", "2,", 1).replace("77", ""), SALE.replace(",1,", ",x,"))

    lines = run(file, "--mapping", till).splitlines()

    assert lines[:7] == [
        "Rows read: 3",
        "Receipts and returns counted: 2",
        "of these without a member: 1",
        "Counted before: 0",
        "Rows rejected: 1",
        "Documents refused: 0",
        "Returned lines that match no receipt: 0",
    ]
    assert lines[7].endswith(" receipts/s")
    assert lines[8] == f"What was not counted, and why: {shop.folder / 'till.csv.rejects.csv'}"
    assert (shop.folder / "till.csv.rejects.csv").exists()


def test_in_the_language_of_the_shopkeeper(shop: Shop, till: Path) -> None:
    file = shop.file(SALE, SALE.replace(",1,", ",x,"))

    english = run(file, "--mapping", till).splitlines()
    english_reason = (shop.folder / "till.csv.rejects.csv").read_text("utf-8-sig").splitlines()[1]
    for language in ("ar", "fa"):
        lines = run(file, "--mapping", till, "--lang", language).splitlines()
        reason = (shop.folder / "till.csv.rejects.csv").read_text("utf-8-sig").splitlines()[1]
        assert not set(lines) & set(english)
        assert reason != english_reason
        assert reason.startswith("3,1,")
        assert "“x”" in reason or "«x»" in reason


def test_which_merchant(shop: Shop, till: Path) -> None:
    file = shop.file(SALE)
    open_shop(shop.folder, clock_at=shop.merchant.clock_at, code="other")

    with pytest.raises(UsageError, match="several merchants: say which one by --merchant CODE"):
        run(file, "--mapping", till)
    with pytest.raises(UsageError, match="no merchant “shopp”"):
        run(file, "--mapping", till, "--merchant", "shopp")
    assert shop.has_nothing()
    assert "counted: 1\n" in run(file, "--mapping", till, "--merchant", "shop")


def test_no_merchant_yet() -> None:
    with pytest.raises(UsageError, match="no merchant yet"):
        run("till.csv", "--mapping", "online-retail")


def test_a_language_that_is_not_spoken(shop: Shop, till: Path) -> None:
    with pytest.raises(UsageError, match="--lang must be one of en, ar, fa"):
        run(shop.file(SALE), "--mapping", till, "--lang", "de")
