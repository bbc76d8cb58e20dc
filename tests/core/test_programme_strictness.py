"""Reading guesses nothing: what is null, empty, or nearly right is a problem with a name, as every other fault is."""

from __future__ import annotations

from tests.core.scenarios import table
from tests.core.test_programme import changed, problems


@table("""
    where                   | json
    tiers.0.from            | null
    tiers.0.code            | null
    tiers.0.name            | null
    rules                   | null
    rules.4.code            | null
    rules.0.name            | null
    rules.0.points          | null
    rules.0.per_minor       | null
    rules.1.factor          | null
    rules.3.cap_per_receipt | null     # "no cap" becomes a cap of 1 point
    rules.4.points          | null
    expiry.months           | null     # becomes 1 month
    exclusions.items        | null
""")
def test_null_is_not_a_value(where: str, json: str) -> None:
    assert problems(changed(where, json))


@table("""
    where          | json
    exclusions     | []
    exclusions     | false
    exclusions     | ""
    rules.0.during | 0
    rules.0.during | []
""")
def test_an_object_is_asked_for(where: str, json: str) -> None:
    assert problems(changed(where, json))


@table("""
    where        | json
    rules.0.kind | []
    rules.0.kind | {"is": "per_amount"}
""")
def test_a_kind_is_a_text(where: str, json: str) -> None:
    assert "rules[0].kind: unknown_kind" in problems(changed(where, json))


@table("""
    where          | json
    rules.1.factor | "4/3"       # the slip would show 1.333333333333333333
    rules.1.factor | "1e2"
    rules.1.factor | "1_0"
    rules.1.factor | "1e9999999"     # reading it must not take for ever
    rules.1.factor | "٢"
    rules.1.factor | " 2 "
""")
def test_a_factor_is_an_exact_decimal(where: str, json: str) -> None:
    assert "rules[1].factor: not_a_ratio" in problems(changed(where, json))


@table("""
    where               | json
    rules.0.during.from | "20110101"
    rules.0.during.from | "2011-W01-1"
""")
def test_a_day_is_written_in_one_way(where: str, json: str) -> None:
    assert "rules[0].during.from: not_a_day" in problems(changed(where, json))


@table("""
    where            | json
    rules.0.name.en  | "a\\u0000b"     # PostgreSQL's json cannot hold it
    rules.0.name.en  | "  "
    rules.3.items    | ["a\\u0000b"]
    exclusions.items | ["a\\u0000b"]
""")
def test_texts_inside_lists_and_names_are_usable(where: str, json: str) -> None:
    assert problems(changed(where, json))
