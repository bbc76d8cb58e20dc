"""Prices of which a part of a penny is left: what remains after a return is worth quantity x price again."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.demo import oracle
from wafa.jobs.demo.merchant import ensure_merchant
from wafa.jobs.imports.run import import_receipts
from wafa.queries.balances import balances
from wafa.queries.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)

HEADING = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
# 23 x 0.095 is 2.185, even: 2.18. Two come back; 21 x 0.095 is 1.995, even: 2.00, 2 points. Its share is 1.99: 1.
# 3 x 0.335 is 1.005: 1.00, 1 point. One comes back, and 2 x 0.335 is 0.67: none.
ROWS = """\
540001,A,Tea,23,2011-01-04 10:00:00,0.095,1,France
C540002,A,Tea,-2,2011-01-05 10:00:00,0.095,1,France
540003,B,Cup,3,2011-01-06 10:00:00,0.335,2,France
C540004,B,Cup,-1,2011-01-07 10:00:00,0.335,2,France
540005,C,Jam,10,2011-01-08 10:00:00,1.255,3,France
C540006,C,Jam,-3,2011-01-09 10:00:00,1.255,3,France
C540007,C,Jam,-2,2011-01-10 10:00:00,1.255,3,France
"""


def test_what_is_left_is_worth_its_quantity_times_the_price(tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    file.write_text(f"{HEADING}\n{ROWS}")
    merchant = ensure_merchant()
    import_receipts(merchant, file, "online-retail", replay=True, rejects=tmp_path / "rejects.csv")
    found = {balance.member: asdict(balance) for balance in balances(merchant)}
    expected = oracle.balances(csv.DictReader(io.StringIO(file.read_text())))
    assert found["1"]["qualifying"] == 2
    assert found["2"]["qualifying"] == 0
    for member, balance in expected.items():
        shown = {
            name: value for name, value in found[member].items() if name in ("qualifying", "clawed_back", "accrued")
        }
        assert shown == {name: getattr(balance, name) for name in shown}
    assert [difference for check in verify(merchant) for difference in check.differences] == []
