"""Programmes at random: all kinds of rules, and all that may be done with points."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.core.programmes import Json, body, first_purchase, multiplier, per_amount, per_unit, rule, tier_percentage

ITEMS = ("A", "B", "C", "SALE", "POST", "gift_1")
LADDERS = ("bronze 0", "bronze 0, silver 30", "bronze 0, silver 30, gold 100", "bronze 0, silver 1, gold 2")
DURING = (None, None, None, None, "2011-01-01 2011-03-31", "2012-02-29 2012-02-29", "2011-02-01 2012-12-31")
CALENDARS = ("gregorian", "jalali", "hijri")
SPANS = ("day", "week", "month")
FACTORS = ("1", "1.1", "1.5", "2", "2.75", "3")


def one_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def maybe(name: str, values: st.SearchStrategy[Any], often: int = 1) -> st.SearchStrategy[Json]:
    """A field that may be left out; `often` in four it is there."""
    absent: Json = {}
    return one_of(*[False] * (4 - often), *[True] * often).flatmap(
        lambda there: values.map(lambda value: {name: value}) if there else st.just(absent)
    )


def together(*parts: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """All these fields in one object."""
    return st.tuples(*parts).map(lambda made: {name: value for part in made for name, value in part.items()})


expiries = st.one_of(
    st.just({"kind": "never"}),
    st.builds(lambda months: {"kind": "months", "months": months}, one_of(1, 2, 6)),
    st.builds(lambda days: {"kind": "days", "days": days}, one_of(1, 3, 30)),
    st.builds(
        lambda period, months, calendar: {"kind": "end_of", "period": period, "months": months, "calendar": calendar},
        one_of("month", "quarter", "year"),
        one_of(0, 1, 12),
        one_of(*CALENDARS),
    ),
    st.builds(lambda on: {"kind": "fixed", "on": on}, one_of("2011-04-30", "2012-02-29")),
    st.builds(lambda months: {"kind": "inactivity", "months": months}, one_of(1, 3)),
)
availabilities = st.one_of(
    st.just({"kind": "at_once"}),
    st.builds(lambda days: {"kind": "after_days", "days": days}, one_of(1, 7, 14)),
    st.just({"kind": "on_event"}),
)
caps = st.builds(lambda points, per: {"points": points, "per": per}, one_of(1, 20, 60), one_of(*SPANS))
unlesses = one_of({"discounted": True}, {"items": ["SALE"]}, {"items": ["A", "SALE"], "discounted": True})
windows = st.one_of(
    st.just({"kind": "lifetime"}),
    st.builds(lambda calendar: {"kind": "calendar_year", "calendar": calendar}, one_of(*CALENDARS)),
    st.builds(lambda months: {"kind": "rolling_months", "months": months}, one_of(1, 3, 12)),
)
qualifications = together(
    maybe("measure", one_of("points", "spend", "visits"), often=4),
    maybe("window", windows, often=4),
    maybe("grace_days", one_of(1, 5, 20), often=2),
    maybe("soft_landing", st.booleans()),
)
worths = one_of({"points": 100, "minor": 100}, {"points": 3, "minor": 10})
redemptions = together(
    maybe("worth", worths, often=4),
    maybe("least", one_of(2, 10)),
    maybe("restored", one_of({"kind": "expire"}, {"kind": "grace", "days": 30}), often=2),
)
transfers = together(
    maybe("fee_percent", one_of(10, 33)),
    maybe("least", one_of(2, 5)),
    maybe("most", one_of(20, 1000)),
    maybe("most_a_month", one_of(30, 1500)),
)
policies = together(
    maybe("available", availabilities),
    maybe("qualification", qualifications, often=2),
    maybe("holds", st.just({"minutes": 15, "least": 5, "most": 1440})),
    maybe("redemption", redemptions, often=4),
    maybe("debt", one_of("forgive", "refuse", "refuse"), often=2),
    maybe("transfers", transfers, often=3),
    maybe("merges", one_of({"undo_days": 30}, {"undo_days": 1})),
    maybe("claims", one_of({"days": 30}, {"days": 1})),
)


@st.composite
def programme_bodies(draw: st.DrawFn, monotone: bool = False, plain: bool = False) -> Json:
    """A programme's JSON: one or two bases, whatever builds on them, and what else may be done with points.

    A `plain` one has no policies of its own: what is missing is owed, all points are there at once, one lot a receipt.
    """
    ladder = draw(one_of(*LADDERS))
    tiers = [step.split()[0] for step in ladder.split(", ")]
    bases = ["base", "extra"][: draw(st.integers(1, 2))]
    common = _common(monotone, plain)
    rules = [draw(_bases(code, common)) for code in bases]
    rules += draw(st.lists(st.one_of(_building(tiers, bases, common), _standing(common)), max_size=3))
    for number, each in enumerate(rules[len(bases) :]):
        each["code"] = f"{each['code']}{number}"
    made = body(*rules, tiers=ladder, items=["POST"], patterns=["gift_*"])
    if not plain:
        made |= {"expiry": draw(expiries), "units": [_unit("stamps", draw(expiries)), _unit("credit", draw(expiries))]}
        made |= draw(policies)
        if made.get("debt") == "refuse":
            made["redemption"] = {"worth": {"points": 3, "minor": 10}} | made.get("redemption", {})
    else:
        made["expiry"] = draw(one_of({"kind": "never"}, {"kind": "months", "months": 2}))
    return made


def _unit(code: str, expiry: Json) -> Json:
    is_card = code == "stamps"
    kind: Json = {"kind": "stamps", "card": 10} if is_card else {"kind": "money"}
    return {"code": code, "expiry": expiry, "name": {"en": code.title()}} | kind


def _common(monotone: bool, plain: bool) -> st.SearchStrategy[Json]:
    """Fields of any rule. `expiry` and `available` part a receipt's points into several lots."""
    fields = [st.builds(lambda yes: {"qualifying": yes}, st.booleans())]
    fields.append(one_of(*DURING).map(lambda during: {"during": during} if during else {}))
    fields += [] if monotone else [maybe("unless", unlesses)]
    if not plain:
        fields += [maybe("cap", caps), maybe("expiry", expiries), maybe("available", availabilities)]
    return together(*fields)


def _bases(code: str, common: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.builds(
        lambda points, step, fields: per_amount(code, points=points, per_minor=step, **({"qualifying": True} | fields)),
        st.integers(1, 5),
        one_of(7, 100, 100, 333),
        common,
    )


def _building(tiers: list[str], bases: list[str], common: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    shares = st.dictionaries(st.sampled_from(tiers), one_of(1, 25, 50, 133))
    of = st.sampled_from(bases)
    return st.one_of(
        st.builds(lambda of, factor, fields: multiplier(factor, of=of, **fields), of, one_of(*FACTORS), common),
        st.builds(lambda of, percent, fields: tier_percentage(percent, of=of, **fields), of, shares, common),
    )


def _standing(common: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    items = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3)
    most = maybe("cap_per_receipt", one_of(1, 7, 20), often=2)
    return st.one_of(
        st.builds(
            lambda items, points, most, fields: per_unit(*items, points=points, **most, **fields),
            items,
            st.integers(1, 5),
            most,
            common,
        ),
        st.builds(lambda points, fields: first_purchase(points, **fields), st.integers(1, 100), common),
        st.builds(_spend_reached, st.integers(1, 100), one_of(100, 9_000, 30_000), one_of(*SPANS), common),
    )


def _spend_reached(points: int, minor: int, per: str, fields: Json) -> Json:
    own = {name: value for name, value in fields.items() if name != "cap"}
    return rule("spend_reached", "reached", points=points, minor=minor, per=per, **own)
