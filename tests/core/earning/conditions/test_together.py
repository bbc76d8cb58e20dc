"""Conditions together: all, any, not, inside one another."""

from __future__ import annotations

from typing import Any

from tests.core.earning.trying import holds
from tests.core.programmes import Json
from tests.core.scenarios import table

COFFEE: Json = {"kind": "items", "lines": {"items": ["COFFEE"]}}
CAKE: Json = {"kind": "items", "lines": {"items": ["CAKE"]}}
FROM_10: Json = {"kind": "amount", "at_least_minor": 1_000}

NESTED: Json = {"all": [{"any": [COFFEE, {"all": [CAKE, FROM_10]}]}, {"not": {"all": [COFFEE, CAKE]}}]}
"""Coffee, or cake for 10.00 and more; but not both of them."""


@table("""
    receipt                 | every | some | neither
    COFFEE 3.00, CAKE 3.00  | yes   | yes  | no
    COFFEE 3.00             | no    | yes  | no
    CAKE 3.00               | no    | yes  | no
    TEA 3.00                | no    | no   | yes
""")
def test_all_any_and_not(receipt: str, every: str, some: str, neither: str) -> None:
    assert holds({"all": [COFFEE, CAKE]}, receipt) == every
    assert holds({"any": [COFFEE, CAKE]}, receipt) == some
    assert holds({"not": {"any": [COFFEE, CAKE]}}, receipt) == neither
    assert holds({"all": [{"not": COFFEE}, {"not": CAKE}]}, receipt) == neither
    assert holds({"not": {"not": {"all": [COFFEE, CAKE]}}}, receipt) == every


@table("""
    receipt                  | held
    COFFEE 3.00              | yes
    CAKE 9.99                | no
    CAKE 10.00               | yes
    CAKE 9.00, TEA 1.00      | yes
    COFFEE 3.00, CAKE 3.00   | no
    COFFEE 3.00, CAKE 10.00  | no
    TEA 20.00                | no
""")
def test_inside_one_another(receipt: str, held: str) -> None:
    assert holds(NESTED, receipt) == held
    assert holds({"not": NESTED}, receipt) == ("no" if held == "yes" else "yes")


@table("""
    receipt     | held
    COFFEE 3.00 | yes
    CAKE 3.00   | no
""")
def test_one_alone(receipt: str, held: str) -> None:
    assert holds({"all": [COFFEE]}, receipt) == holds({"any": [COFFEE]}, receipt) == held


def test_eight_deep() -> None:
    condition: Any = COFFEE
    for _ in range(7):
        condition = {"not": condition}
    assert holds(condition, "COFFEE 3.00") == "no"
    assert holds(condition, "TEA 3.00") == "yes"


def test_two_of_a_kind_that_share_something() -> None:
    friday = {"all": [{"kind": "weekday", "of": ["friday", "monday"]}, {"kind": "weekday", "of": ["friday"]}]}
    assert holds(friday, on="2011-11-25") == "yes"
    assert holds(friday, on="2011-11-21") == "no"
