"""`wafa bench bulk`: the shop that it makes has its books in order, before and after what is measured in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.config.processes import wafa

SMALL = ("bench", "bulk", "--members", "7", "--lots", "30", "--postings", "120", "--check")


@pytest.mark.parametrize(
    ("kind", "jobs", "says"),
    [
        ("expiry", ("all lots expire: 30 lots",), "points expired, 0 lots left"),
        ("requalify", ("grace begins: 7 members", "tiers fall: 7 members"), "7 entries"),
        ("requalify", ("nothing changes: 7 members",), "0 entries"),
        ("verify", ("everything is worked out again: 120 postings",), "0 differences"),
    ],
)
def test_each_kind_does_what_it_says_in_a_shop_that_is_sound(
    tmp_path: Path, kind: str, jobs: tuple[str, ...], says: str
) -> None:
    done = wafa(*SMALL, "--kind", kind, home=tmp_path)
    assert done.returncode == 0, done.stderr
    for job in jobs:
        assert re.search(rf"^  {job} in [\d.]+ s, [\d,]+/s; peak memory \d+ MB.*{says}$", done.stdout, re.MULTILINE)
    assert "  verify afterwards: 0 differences\n" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_measured(tmp_path: Path) -> None:
    done = wafa("bench", "bulk", "--kind", "miracles", home=tmp_path)
    assert done.returncode == 2
    assert "miracles is none of expiry, requalify, verify" in done.stderr
