"""A few small years: each seed's is another. Larger ones: `make simulate SEED=7`."""

from __future__ import annotations

import pytest

from tests.db import transactional_db
from tests.simulation.shop import Size
from tests.simulation.year import Year

__all__ = ["transactional_db"]

SMALL = Size(branches=8, members=40, commands=350)


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("seed", [11, 12, 13, 14])
def test_nothing_is_lost_doubled_or_wrong(seed: int) -> None:
    report = Year(seed, SMALL).run()
    assert report.faults == []
    assert report.differences == []
    assert report.answers["counted"] > 100
    assert report.answers["duplicate"] > 0
    assert report.killed > 0
