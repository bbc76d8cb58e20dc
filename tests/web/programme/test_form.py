"""The form of a rule: whatever it can build is read back equal, and what it cannot show is never lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wafa.core.earning.conditions.tree import CONDITIONS as KNOWN_CONDITIONS
from wafa.core.earning.rules import KINDS
from wafa.core.programme import Programme
from wafa.web.console.rule_form import conditions, form
from wafa.web.console.rule_form.fields import CONDITIONS, OPTIONS, RULES
from wafa.web.console.rule_form.types import Setting

SETTING = Setting(
    "SAR",
    {name: [(code, str(label)) for code, label in listed] for name, listed in OPTIONS.items()}
    | {"tiers": [("silver", "Silver"), ("gold", "Gold")], "bases": [("base", "Base")], "branches": [("olaya", "O")]},
)
NAME = {"en": "A rule", "ar": "قاعدة", "fa": "قاعده"}
ALL_GOODS = {
    "items": ["TEA", "85123A"], "categories": ["dairy"], "brands": ["x"], "suppliers": ["y z"], "tags": ["new"],
    "discounted": False,
}  # fmt: skip
PER_AMOUNT = {"code": "r", "kind": "per_amount", "name": NAME, "points": 1, "per_minor": 1250}
RULE_EXAMPLES: dict[str, list[dict[str, Any]]] = {
    "per_amount": [{"points": 1, "per_minor": 100}, {"points": 10, "per_minor": 1050, "mode": "proportional"}],
    "per_unit": [{"points": 5, "items": ["TEA"], "cap_per_receipt": 100}, {"points": 5, "lines": ALL_GOODS}],
    "fixed": [{"points": 50}, {"points": 1, "unit": "stamps", "lines": {"tags": ["hot"]}}],
    "multiplier": [{"of": "base", "factor": "2"}, {"of": "base", "factor": "1.5"}],
    "tier_percentage": [{"of": "base", "percent": {"silver": 25, "gold": 50}}],
    "first_purchase": [{"points": 100}],
    "spend_reached": [{"points": 500, "minor": 100_000, "per": "month"}],
    "cashback": [{"percent": "2.5", "unit": "credit"}],
}
CONDITION_EXAMPLES: dict[str, list[dict[str, Any]]] = {
    "items": [{"lines": {}}, {"lines": ALL_GOODS, "quantity": "2.5", "amount_minor": 505}],
    "bundle": [{"of": [{"items": ["COFFEE", "TEA"]}, {"categories": ["cakes"]}]}],
    "amount": [
        {"at_least_minor": 10_000}, {"at_most_minor": 5, "with_tax": False},
        {"at_least_minor": 0, "before_discount": True},
    ],
    "quantity": [{"at_least": "3"}, {"at_least": "1.5", "at_most": "10"}],
    "branch": [{"of": ["olaya", "group:riyadh"]}],
    "channel": [{"of": ["online", "app"]}],
    "payment": [{"of": ["mada"]}],
    "currency": [{"of": ["SAR"]}],
    "tag": [{"of": ["staff"]}],
    "weekday": [{"of": ["saturday", "friday"]}],
    "hours": [{"from": "16:00", "to": "24:00"}],
    "dates": [{"from": "2026-11-01"}, {"from": "2026-11-01", "to": "2026-11-30"}],
    "season": [
        {"calendar": "hijri", "from": [9, 1], "to": [9, 30]}, {"calendar": "jalali", "from": [12, 25], "to": [1, 13]},
    ],
    "tier": [{"of": ["gold", "silver"]}],
    "member_tag": [{"of": ["vip"]}],
    "age": [{"at_least": 18, "at_most": 25}],
    "birthday": [{}, {"days_before": 3, "days_after": 3}],
    "anniversary": [{"of": "enrolment"}, {"of": "first_purchase", "days_after": 7}],
    "nth_purchase": [{"n": 3}, {"every": 5}],
    "first_at_branch": [{}],
    "not_seen": [{"days": 60}],
    "new_member": [{"days": 0}, {"days": 30}],
    "visits": [{"per": "month", "n": 3}, {"per": "year", "at_least": 3}],
    "spent": [{"per": "week", "at_least_minor": 100_000}],
    "referred": [{"n": 1}],
}  # fmt: skip
BESIDES: list[dict[str, Any]] = [
    {"qualifying": True}, {"qualifying": False}, {"during": {"from": "2026-11-01", "to": "2026-11-30"}},
    {"unless": {"items": ["SALE"], "discounted": True}}, {"cap": {"points": 5, "per": "day"}},
    {"caps": [{"points": 1000, "per": "lifetime"}, {"points": 5, "per": "day"}]},
    {"per_receipt": {"least": 5, "most": 100}}, {"group": "bonus"}, {"priority": -3}, {"priority": 0},
    {"budget": 100_000}, {"lines": {"items": ["A"]}}, {"expiry": {"kind": "never"}}, {"unit": "points"},
]  # fmt: skip
UNSHOWABLE: list[dict[str, Any]] = [
    {"when": {"all": [{"any": [{"kind": "first_at_branch"}, {"kind": "age", "at_most": 9}]}, {"kind": "birthday"}]}},
    {"when": {"not": {"not": {"kind": "first_at_branch"}}}}, {"when": {"kind": "moon"}}, {"when": 5}, {"when": None},
    {"when": {"kind": "age", "at_least": 18, "colour": "red"}}, {"when": {"all": []}},
    {"when": {"kind": "channel", "of": ["a,b"]}}, {"when": {"kind": "channel", "of": "online"}},
    {"when": {"kind": "bundle", "of": [{"items": ["A"], "tags": ["b"]}, {"items": ["C"]}]}},
    {"lines": {"items": ["A"], "not": {"items": ["B"]}}}, {"lines": {"items": [" A"]}}, {"lines": []},
    {"points": "5"}, {"points": True}, {"points": 1.0}, {"points": None}, {"points": [1]}, {"points": {"a": 1}},
    {"colour": "red"}, {"during": {"from": "2026-11-01", "hour": 5}}, {"name": {"en": "A", "de": "B"}}, {"name": "A"},
    {"caps": [{"points": 1, "per": "day"}, {"points": 2, "per": "day"}]}, {"caps": [{"points": 1, "per": "eon"}]},
    {"qualifying": "yes"}, {"priority": "high "}, {"kind": "from_mars"}, {"kind": 7}, {"code": 5},
]  # fmt: skip


def untouched(rule: dict[str, Any]) -> dict[str, Any]:
    """The rule that the form says when nobody has changed anything."""
    return form.read(form.fill(rule, SETTING).inputs, rule, SETTING).rule


def built(rule: dict[str, Any]) -> dict[str, Any]:
    """The rule that somebody builds anew with the same inputs."""
    filled = form.fill(rule, SETTING)
    assert filled.kept == {}
    return form.read(filled.inputs, None, SETTING).rule


def test_every_kind_is_in_the_form() -> None:
    assert set(RULES) == set(KINDS) == set(RULE_EXAMPLES)
    assert set(CONDITIONS) == set(KNOWN_CONDITIONS) == set(CONDITION_EXAMPLES)


@pytest.mark.parametrize("kind", RULES)
def test_every_kind_of_rule_is_built_and_read_back_equal(kind: str) -> None:
    for own in RULE_EXAMPLES[kind]:
        rule = {"code": "r", "kind": kind, "name": NAME, **own}
        assert built(rule) == rule
        assert untouched(rule) == rule


@pytest.mark.parametrize("kind", CONDITIONS)
def test_every_kind_of_condition_is_built_and_read_back_equal(kind: str) -> None:
    for own in CONDITION_EXAMPLES[kind]:
        leaf = {"kind": kind, **own}
        other = {"kind": "not_seen", "days": 60}
        for when in (leaf, {"not": leaf}, {"all": [other, leaf]}, {"any": [{"not": leaf}, other]}):
            rule = PER_AMOUNT | {"when": when}
            assert untouched(rule) == rule
            again = built(rule)
            assert conditions.plain(again.pop("when")) == conditions.plain(when)
            assert again == PER_AMOUNT


def test_every_example_is_what_a_programme_may_say() -> None:
    tiers = [{"code": c, "from": n, "name": {"en": c}} for c, n in (("bronze", 0), ("silver", 5), ("gold", 9))]
    units = [
        {"code": "stamps", "kind": "stamps", "expiry": {"kind": "never"}, "name": {"en": "S"}, "card": 10},
        {"code": "credit", "kind": "money", "expiry": {"kind": "never"}, "name": {"en": "C"}},
    ]
    base = PER_AMOUNT | {"code": "base"}
    rules = [base] + [{"kind": kind, "name": NAME} | own for kind, all in RULE_EXAMPLES.items() for own in all]
    rules += [PER_AMOUNT | {"when": {"kind": kind} | own} for kind, all in CONDITION_EXAMPLES.items() for own in all]
    body = {"tiers": tiers, "units": units, "expiry": {"kind": "never"}}
    body["rules"] = [base] + [rule | {"code": f"r{place}"} for place, rule in enumerate(rules)]
    Programme.read(body)


@pytest.mark.parametrize("besides", BESIDES, ids=str)
def test_what_every_kind_has_is_read_back_equal(besides: dict[str, Any]) -> None:
    assert untouched(PER_AMOUNT | besides) == PER_AMOUNT | besides
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in besides.items()}
    filled = form.fill(PER_AMOUNT | turned, SETTING)
    assert filled.kept.keys() <= {"expiry"}


@pytest.mark.parametrize("besides", UNSHOWABLE, ids=str)
def test_what_the_form_cannot_show_is_kept_and_named(besides: dict[str, Any]) -> None:
    rule = PER_AMOUNT | {"colour": "blue"} | besides
    filled = form.fill(rule, SETTING)
    assert {*besides, "colour"} <= filled.kept.keys()
    assert untouched(rule) == rule
    changed = form.read(filled.inputs | {"name.en": ["Another name"]}, rule, SETTING).rule
    assert {key: changed[key] for key in filled.kept} == filled.kept


def test_a_condition_of_one_stays_as_it_was_written_until_it_is_changed() -> None:
    rule = PER_AMOUNT | {"when": {"any": [{"kind": "tier", "of": ["gold"]}]}}
    filled = form.fill(rule, SETTING)
    assert untouched(rule) == rule
    changed = form.read(filled.inputs | {"c.0.of": ["silver"]}, rule, SETTING).rule
    assert changed["when"] == {"kind": "tier", "of": ["silver"]}


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("100", 10_000), ("12.5", 1250), ("12.50", 1250), ("۱۲٫۵", 1250), ("1,000", 100_000), ("١٬٠٠٠", 100_000),
        ("12.505", "12.505"), ("a lot", "a lot"), ("-5", "-5"), ("", None), ("1,00", "1,00"),
    ],
)  # fmt: skip
def test_amounts_as_people_type_them(typed: str, minor: object) -> None:
    rule = form.read({"kind": ["per_amount"], "per_minor": [typed]}, None, SETTING).rule
    assert rule.get("per_minor") == minor


@pytest.mark.parametrize(("typed", "value"), [("5", 5), (" ۵ ", 5), ("five", "five"), ("1.5", "1.5"), ("1,500", 1500)])
def test_whole_numbers_as_people_type_them(typed: str, value: object) -> None:
    rule = form.read({"kind": ["fixed"], "points": [typed]}, None, SETTING).rule
    assert rule["points"] == value
    assert type(rule["points"]) is type(value)


def test_another_kind_takes_what_both_have_and_leaves_the_rest() -> None:
    rule = PER_AMOUNT | {"colour": "blue", "when": {"kind": "tier", "of": ["gold"]}}
    read = form.read(form.fill(rule, SETTING).inputs | {"kind": ["fixed"]}, rule, SETTING).rule
    assert read == {
        "code": "r", "kind": "fixed", "name": NAME, "points": 1, "colour": "blue", "when": rule["when"],
    }  # fmt: skip


NAMES = st.sampled_from(["items", "en", "from", "kind", "x", "all"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**6) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
KEYS = [
    "code",
    "kind",
    "name",
    "points",
    "per_minor",
    "mode",
    "lines",
    "when",
    "caps",
    "cap",
    "during",
    "priority",
    "x",
]


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=6), st.sampled_from([*RULES, "x"]))
def test_whatever_a_draft_says_nothing_is_lost(rule: dict[str, Any], kind: str) -> None:
    rule = {"kind": kind} | rule
    assert repr(sorted(untouched(rule).items())) == repr(sorted(rule.items()))
