"""The bench of rules measures what it says: five rules match, whatever their number."""

from __future__ import annotations

import re

import pytest
import typer
from typer.testing import CliRunner

from wafa.config.bench.rules import LINES, RULES, bench_rules, programme_of, receipt_of

MATCHING = {"base", "double", "item", "category", "branch"}


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("rules", RULES)
def test_five_rules_give_something(rules: int, lines: int) -> None:
    programme, (facts, sold) = programme_of(rules), receipt_of(lines)
    assert len(programme.rules) == rules
    assert {award.rule for award in programme.evaluate(facts, sold)} == MATCHING


def test_it_prints_a_row_for_each_size() -> None:
    app = typer.Typer()
    app.command()(bench_rules)
    told = CliRunner().invoke(app, ["--runs", "1", "--seconds", "0.01"])
    assert told.exit_code == 0, told.output
    rows = re.findall(r"^ +(\d+) +(\d+) +[\d,]+ +([\d.]+)$", told.output, re.MULTILINE)
    assert [(int(rules), int(lines)) for rules, lines, _ in rows] == [(r, n) for n in LINES for r in RULES]
    assert [ratio for rules, _, ratio in rows if rules == "5"] == ["1.00", "1.00"]
