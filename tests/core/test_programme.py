"""Reading a programme from its JSON: every fault has a name and a place, and nothing is guessed."""

from __future__ import annotations

import ast
import copy
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import wafa.core
from tests.core.programmes import (
    body,
    demo_body,
    first_purchase,
    multiplier,
    per_amount,
    per_unit,
    tier_percentage,
)
from tests.core.scenarios import table
from wafa.core.earning.rules import KINDS
from wafa.core.expiry.policy import AfterMonths
from wafa.core.programme import Programme, ProgrammeInvalidError

SOUND = body(
    per_amount(during="2011-01-01 2011-12-31"),
    multiplier("1.5"),
    tier_percentage({"silver": 25}),
    per_unit("A", cap_per_receipt=12),
    first_purchase(),
    tiers="bronze 0, silver 100",
    items=["POST"],
    patterns=["gift_*"],
)

PROBLEMS = """
    where                   | json                            | problem
    -                       | []                              | not_an_object
    -                       | "x"                             | not_an_object
    tiers.0                 | 3                               | not_an_object
    rules.0                 | null                            | not_an_object
    exclusions              | ["POST"]                        | not_an_object
    rules.0.during          | "2011-11"                       | not_an_object
    expiry                  | "months"                        | not_an_object
    tiers                   |                                 | missing
    expiry                  |                                 | missing
    rules                   |                                 | missing
    tiers.0.code            |                                 | missing
    tiers.0.from            |                                 | missing
    tiers.0.name            |                                 | missing
    expiry.kind             |                                 | missing
    expiry.months           |                                 | missing
    rules.0.kind            |                                 | missing
    rules.0.code            |                                 | missing
    rules.0.name            |                                 | missing
    rules.0.points          |                                 | missing
    rules.0.per_minor       |                                 | missing
    rules.1.of              |                                 | missing
    rules.1.factor          |                                 | missing
    rules.2.percent         |                                 | missing
    rules.3.items           |                                 | missing
    rules.4.points          |                                 | missing
    colour                  | "red"                           | unknown_field
    tiers.0.colour          | "red"                           | unknown_field
    rules.0.factor          | "2"                             | unknown_field
    rules.0.during.on       | "2011-01-01"                    | unknown_field
    exclusions.colours      | []                              | unknown_field
    expiry.days             | 30                              | unknown_field
    tiers                   | {}                              | not_a_list
    rules                   | {"base": {}}                    | not_a_list
    tiers.0.from            | "0"                             | not_a_whole_number
    tiers.0.from            | false                           | not_a_whole_number
    rules.0.points          | 1.0                             | not_a_whole_number
    rules.0.points          | true                            | not_a_whole_number
    rules.3.cap_per_receipt | "12"                            | not_a_whole_number
    rules.0.points          | 0                               | out_of_bounds
    rules.0.points          | -1                              | out_of_bounds
    rules.0.per_minor       | 0                               | out_of_bounds
    rules.0.per_minor       | 1000000000001                   | out_of_bounds
    rules.3.cap_per_receipt | 0                               | out_of_bounds
    rules.4.points          | 0                               | out_of_bounds
    tiers.0.from            | -1                              | out_of_bounds
    expiry.months           | 0                               | out_of_bounds
    expiry.months           | 1201                            | out_of_bounds
    rules.0.code            | ""                              | not_a_text
    rules.0.code            | "  "                            | not_a_text
    rules.0.code            | 7                               | not_a_text
    rules.0.code            | "a\\u0000b"                     | not_a_text
    tiers.0.code            | "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddX" | not_a_text
    rules.1.of              | ["base"]                        | not_a_text
    rules.0.qualifying      | 1                               | not_true_or_false
    rules.0.qualifying      | "yes"                           | not_true_or_false
    rules.0.qualifying      | null                            | not_true_or_false
    rules.3.items           | "A"                             | not_a_list_of_texts
    rules.3.items           | []                              | not_a_list_of_texts
    rules.3.items           | ["A", 5]                        | not_a_list_of_texts
    exclusions.items        | [""]                            | not_a_list_of_texts
    exclusions.patterns     | "gift_*"                        | not_a_list_of_texts
    rules.0.name            | "Base"                          | not_names_by_language
    rules.0.name            | {}                              | not_names_by_language
    rules.0.name            | {"ar": "x"}                     | not_names_by_language
    rules.0.name            | {"en": ""}                      | not_names_by_language
    rules.0.name            | {"en": "x", "xx": "x"}          | not_names_by_language
    rules.0.during.from     | "1 November"                    | not_a_day
    rules.0.during.from     | "2011-02-29"                    | not_a_day
    rules.0.during.to       | 20111130                        | not_a_day
    rules.1.factor          | "one and a half"                | not_a_ratio
    rules.1.factor          | 1.5                             | not_a_ratio
    rules.1.factor          | 2                               | not_a_ratio
    rules.1.factor          | "0"                             | not_a_ratio
    rules.1.factor          | "-2"                            | not_a_ratio
    rules.1.factor          | "1000.1"                        | not_a_ratio
    rules.1.factor          | "1.0000000000000000001"         | not_a_ratio
    rules.1.factor          | "nan"                           | not_a_ratio
    rules.1.factor          | "1/0"                           | not_a_ratio
    rules.1.factor          | "0.9"                           | below_one
    rules.2.percent         | 25                              | not_percentages_by_tier
    rules.2.percent         | {"silver": "25"}                | not_percentages_by_tier
    rules.2.percent         | {"silver": 2.5}                 | not_percentages_by_tier
    rules.2.percent         | {"silver": true}                | not_percentages_by_tier
    rules.2.percent         | {"silver": 0}                   | not_percentages_by_tier
    rules.2.percent         | {"silver": 10001}               | not_percentages_by_tier
    rules.0.during.to       | "2010-12-31"                    | before_from
    rules.0.kind            | "magic"                         | unknown_kind
    expiry.kind             | "weeks"                         | unknown_kind
"""

BETWEEN = """
    where                   | json                            | problem
    tiers                   | []                              | tiers: first_not_from_zero
    tiers.0.from            | 1                               | tiers: first_not_from_zero
    tiers.1.from            | 0                               | tiers: not_ascending
    tiers.1.code            | "bronze"                        | tiers: code_used_twice
    rules.3.code            | "base"                          | rules[3].code: code_used_twice
    rules.1.of              | "bass"                          | rules[1].of: not_a_per_amount_rule
    rules.1.of              | "double"                        | rules[1].of: not_a_per_amount_rule
    rules.1.of              | "welcome"                       | rules[1].of: not_a_per_amount_rule
    rules.2.of              | "double"                        | rules[2].of: not_a_per_amount_rule
    rules.2.percent         | {"gold": 50}                    | rules[2].percent: tier_unknown
    debt                    | "refuse"                        | debt: needs_redemption_worth
"""


def changed(where: str, value: str) -> object:
    """The sound programme with another value (JSON) in one place, or with nothing there at all."""
    if where == "-":
        return json.loads(value)
    found: Any = copy.deepcopy(SOUND)
    *path, last = [int(step) if step.isdigit() else step for step in where.split(".")]
    inner = found
    for step in path:
        inner = inner[step]
    if value:
        inner[last] = json.loads(value)
    else:
        del inner[last]
    return found


def problems(of: object) -> list[str]:
    """What is wrong with a programme, as texts."""
    try:
        Programme.read(of)
    except ProgrammeInvalidError as error:
        return [f"{path}: {code}" for path, code in error.problems]
    return []


def shown_path(where: str) -> str:
    """`rules.0.code` as it is reported: `rules[0].code`."""
    steps = [f"[{step}]" if step.isdigit() else f".{step}" for step in where.split(".") if step != "-"]
    return "".join(steps).strip(".")


def test_the_programme_that_the_faults_are_put_into_has_none() -> None:
    assert problems(SOUND) == []


@table(PROBLEMS)
def test_a_fault_is_named_with_its_place(where: str, json: str, problem: str) -> None:
    assert f"{shown_path(where)}: {problem}" in problems(changed(where, json))


@table(BETWEEN)
def test_a_fault_between_fields(where: str, json: str, problem: str) -> None:
    assert problem in problems(changed(where, json))


def test_every_fault_is_named_not_only_the_first() -> None:
    found = problems(changed("tiers", '[{"code": 1, "from": -1, "name": []}]'))
    assert set(found) >= {"tiers[0].code: not_a_text", "tiers[0].from: out_of_bounds"}
    assert "tiers[0].name: not_names_by_language" in found


def test_the_order_of_rules_does_not_matter() -> None:
    assert problems(body(multiplier("2"), per_amount())) == []


def test_the_tables_hold_every_code_that_there_is() -> None:
    tried = {line.split("|")[-1].split(":")[-1].strip() for line in (PROBLEMS + BETWEEN).splitlines() if "|" in line}
    elsewhere = "".join(path.read_text("utf-8") for path in (Path(__file__).parent / "earning").rglob("test_*.py"))
    core = Path(wafa.core.__file__).parent
    written = {code for path in core.rglob("*.py") for code in _codes(ast.parse(path.read_text("utf-8")))}
    assert tried - {"problem"} <= written
    assert {code for code in written - tried if not re.search(rf"\b{code}\b", elsewhere)} == set()


def _codes(tree: ast.AST) -> list[str]:
    """Codes as they are written: `.problem(name, CODE)`, `._wrong(name, value, CODE, instead)`, `yield path, CODE`."""
    codes: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CODE_AT:
            codes.append(node.args[_CODE_AT[node.func.attr]])
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            codes.append(node.value.elts[-1])
    return [code.value for code in codes if isinstance(code, ast.Constant) and isinstance(code.value, str)]


_CODE_AT = {"problem": 1, "_wrong": 2}


def test_what_may_be_left_out() -> None:
    least = {"tiers": SOUND["tiers"], "expiry": {"kind": "never"}, "rules": [per_amount(qualifying=False)]}
    del least["rules"][0]["qualifying"]
    read = Programme.read(least)
    assert read.rules[0].qualifying is False
    assert not read.exclusions.exclude("POST")
    assert all(read.rules[0].during.holds(day) for day in (date.min, date.max))
    assert read.terms.expiry.last_day(date.max) is None


def test_a_programme_may_have_no_rules() -> None:
    assert problems({**SOUND, "rules": []}) == []


def test_the_demo_reads_as_it_is_written() -> None:
    written = demo_body()
    read = Programme.read(written)
    assert [(tier.code, tier.threshold, tier.names) for tier in read.tiers] == [
        (tier["code"], tier["from"], tier["name"]) for tier in written["tiers"]
    ]
    assert [(rule.code, rule.kind, rule.names) for rule in read.rules] == [
        (rule["code"], rule["kind"], rule["name"]) for rule in written["rules"]
    ]
    assert [rule.code for rule in read.rules if rule.qualifying] == ["base"]
    assert read.terms.expiry == AfterMonths(6)
    assert all(read.exclusions.exclude(item) for item in written["exclusions"]["items"])
    assert read.exclusions.exclude("gift_0001_20")
    assert {read.kind_of(rule.code) for rule in read.rules} == set(KINDS) - {"spend_reached", "fixed", "cashback"}


def test_reading_neither_changes_the_json_nor_depends_on_the_order_of_its_fields() -> None:
    written = demo_body()
    once = copy.deepcopy(written)
    backwards = json.loads(json.dumps(once), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    read, again = Programme.read(written), Programme.read(backwards)
    assert written == once
    assert (read.ladder, read.terms, read.rules) == (again.ladder, again.terms, again.rules)
