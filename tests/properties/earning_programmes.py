"""Programmes with many rules at random, receipts that match some of them, and exactly the facts that they read."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.core.programmes import Json, body, rule, unit
from tests.properties.programmes import maybe, one_of, together
from wafa.core.earning import facts as names
from wafa.core.earning.reading import Facts, ReceiptLine
from wafa.core.programme import Programme

SHELF = {
    "A": ("category:drinks", "category:tea", "brand:x", "tag:hot"),
    "B": ("category:drinks", "brand:y", "supplier:s"),
    "C": ("category:cakes", "brand:x", "supplier:s", "tag:sweet"),
    "D": (),
}
CODES = {
    "items": ("A", "B", "C", "Z"),
    "categories": ("drinks", "tea", "cakes"),
    "brands": ("x", "y"),
    "suppliers": ("s",),
    "tags": ("hot", "sweet", "gift"),
}
DURING = ({"from": "2011-11-01", "to": "2011-11-15"}, {"from": "2011-11-11"}, {"to": "2011-11-10"})
UNITS = {"stamps": unit("stamps"), "credit": unit("credit", "money")}


def some(*values: str) -> st.SearchStrategy[list[str]]:
    """One or more of these."""
    return st.lists(one_of(*values), min_size=1, max_size=2, unique=True)


named = together(*(maybe(field, some(*codes)) for field, codes in CODES.items()))
plain_filters = together(named, maybe("discounted", st.booleans()))
filters = together(plain_filters, maybe("not", plain_filters.filter(bool)))
pers = one_of(*names.PERIODS)
counts = st.integers(1, 3)
bounds = one_of(*[{"at_least": least} for least in (1, 18)], {"at_most": 25}, {"at_least": 18, "at_most": 25})
arounds = st.fixed_dictionaries({}, optional={"days_before": st.integers(0, 2), "days_after": st.integers(0, 2)})


def leaf(kind: str, fields: st.SearchStrategy[Any] | None = None) -> st.SearchStrategy[Json]:
    """A condition of that kind."""
    return (st.just({}) if fields is None else fields).map(lambda read: {"kind": kind} | read)


def of(*values: str) -> st.SearchStrategy[Json]:
    """One or more of these, named."""
    return some(*values).map(lambda chosen: {"of": chosen})


def with_fields(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """All these fields."""
    return st.fixed_dictionaries(fields)


_leaves = st.one_of(
    leaf("items", together(with_fields(lines=filters), maybe("quantity", one_of("1", "2.5")))),
    leaf("bundle", with_fields(of=st.lists(filters, min_size=2, max_size=3))),
    leaf("amount", one_of({"at_least_minor": 500}, {"at_least_minor": 1000, "with_tax": False})),
    leaf("amount", one_of({"at_most_minor": 2000, "before_discount": True})),
    leaf("quantity", one_of({"at_least": "2"}, {"at_most": "1.5"})),
    leaf("branch", of("olaya", "malaz", "group:riyadh")),
    leaf("channel", of("store", "online")),
    leaf("payment", of("cash", "mada", "points")),
    leaf("currency", of("SAR", "USD")),
    leaf("tag", of("staff", "gift")),
    leaf("weekday", of("friday", "saturday", "sunday")),
    leaf("hours", one_of({"from": "16:00", "to": "18:00"}, {"from": "22:00", "to": "02:00"})),
    leaf("dates", one_of(*DURING)),
    leaf("season", one_of({"calendar": "hijri", "from": [9, 1], "to": [9, 30]})),
    leaf("season", one_of({"calendar": "gregorian", "from": [11, 11], "to": [1, 1]})),
    leaf("tier", of("bronze", "silver")),
    leaf("member_tag", of("vip", "press")),
    leaf("age", bounds),
    leaf("birthday", arounds),
    leaf("anniversary", arounds.map(lambda read: {"of": "enrolment"} | read)),
    leaf("nth_purchase", one_of({"n": 1}, {"n": 2}, {"every": 2})),
    leaf("first_at_branch"),
    leaf("not_seen", with_fields(days=counts)),
    leaf("new_member", with_fields(days=counts)),
    leaf("visits", st.one_of(with_fields(per=pers, n=counts), with_fields(per=pers, at_least=counts))),
    leaf("spent", with_fields(per=pers, at_least_minor=st.integers(1, 2000))),
    leaf("referred", with_fields(n=counts)),
)
conditions = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda of: {"any": of}),
        st.lists(inner, min_size=1, max_size=2).map(lambda of: {"all": of}),
        inner.map(lambda of: {"not": of}),
    ),
    max_leaves=4,
)
per_receipts = one_of({"least": 3}, {"most": 8}, {"least": 2, "most": 12})


def caps(*pers: str) -> st.SearchStrategy[list[Json]]:
    """One or two caps, of different periods."""
    cap = st.builds(lambda points, per: {"points": points, "per": per}, st.integers(1, 15), one_of(*pers))
    return st.lists(cap, min_size=1, max_size=2, unique_by=lambda each: each["per"])


common = together(
    maybe("during", one_of(*DURING)),
    maybe("unless", one_of({"discounted": True}, {"items": ["Z"]}, {"items": ["C"]})),
    maybe("when", conditions, often=2),
    maybe("priority", st.integers(-1, 1)),
    maybe("per_receipt", per_receipts),
    maybe("caps", caps(*names.PERIODS, "lifetime")),
    maybe("cap", caps("day", "month").map(lambda found: found[0])),
    maybe("budget", st.integers(1, 30)),
)
_goods = together(common, maybe("lines", filters, often=2), maybe("group", one_of("one", "two")))
_kinds = st.one_of(
    together(_goods, with_fields(kind=st.just("fixed"), points=st.integers(1, 12))),
    together(_goods, with_fields(kind=st.just("fixed"), points=counts, unit=st.just("stamps"))).map(
        lambda read: {name: value for name, value in read.items() if name != "group"}
    ),
    together(
        common,
        maybe("lines", filters),
        with_fields(kind=st.just("cashback"), percent=one_of("2.5", "10"), unit=st.just("credit")),
    ),
    together(_goods, with_fields(kind=st.just("per_unit"), points=counts, items=some("A", "B", "C"))),
    together(_goods, with_fields(kind=st.just("per_unit"), points=counts, lines=filters)),
    together(_goods, with_fields(kind=st.just("first_purchase"), points=st.integers(1, 12))),
    together(
        common,
        with_fields(
            kind=st.just("spend_reached"), points=counts, minor=st.integers(1, 3000), per=one_of("day", "month")
        ),
    ).map(lambda read: {name: value for name, value in read.items() if name not in ("cap", "caps")}),
    together(_goods, with_fields(kind=st.just("per_amount"), points=counts, per_minor=one_of(100, 250))),
    together(
        _goods,
        with_fields(kind=st.just("per_amount"), points=counts, per_minor=st.just(300), mode=st.just("proportional")),
    ),
    together(common, with_fields(kind=st.just("multiplier"), of=st.just("base"), factor=one_of("1.5", "3"))),
    together(
        common,
        with_fields(kind=st.just("tier_percentage"), of=st.just("base"), percent=one_of({"bronze": 50}, {"silver": 9})),
    ),
)
_bases = together(common, maybe("lines", filters)).map(
    lambda read: rule("per_amount", "base", points=1, per_minor=100) | read
)
limits = together(
    maybe("per_receipt", per_receipts, often=2), maybe("caps", caps(*names.PERIODS, "lifetime"), often=2)
).filter(bool)
exclusions = together(
    maybe("items", some("C", "D")),
    maybe("categories", some("tea", "cakes")),
    maybe("tags", some("gift")),
    maybe("discounted", st.just(True)),
    maybe("tax", st.just(True)),
    maybe("payments", some("points", "gift_card")),
)


def of_a_code(read: Json, number: int) -> Json:
    """The rule, by its place; codes are in no order of kinds."""
    return rule(read["kind"], f"{'qwertyuiopasdfghjkl'[number]}{number}") | read


@st.composite
def bodies(draw: st.DrawFn, least: int = 0, most: int = 12) -> Json:
    """A programme's JSON, with so many rules beside its base."""
    read = draw(st.lists(_kinds, min_size=least, max_size=most))
    rules = [draw(_bases), *(of_a_code(each, number) for number, each in enumerate(read))]
    sections = draw(together(maybe("limits", limits, often=2)))
    made = body(*draw(st.permutations(rules)), tiers="bronze 0, silver 30")
    excluded = draw(exclusions) if draw(st.booleans()) else {}
    return made | {"exclusions": excluded, "units": list(UNITS.values())} | sections


amounts = st.one_of(one_of(250, 1000, 1500), st.integers(0, 1500))
lines = st.builds(
    lambda item, milli, amount, reduced, tax, saved, tags: ReceiptLine(
        item, milli, amount, reduced, amount * tax // 100, saved if reduced else 0, tags
    ),
    one_of(*SHELF, "Z"),
    one_of(1000, 2000, 500, 2500),
    amounts,
    st.booleans(),
    one_of(0, 15),
    one_of(0, 100),
    one_of((), (), ("gift",), ("hot", "gift")),
)
receipts = st.one_of(st.lists(lines, min_size=1, max_size=4), st.lists(lines, min_size=2, max_size=4), st.just([]))
maybe_days = st.one_of(st.none(), st.integers(-2, 2))
counted = st.integers(0, 3)
_FACTS: dict[str, st.SearchStrategy[Any]] = {
    names.MINUTE: one_of(0, 119, 120, 960, 1079, 1080, 1320, 1439),
    names.BRANCH: one_of("olaya", "malaz", ""),
    names.BRANCH_GROUPS: one_of([], ["riyadh"], ["central", "riyadh"]),
    names.CHANNEL: one_of("store", "online", ""),
    names.CURRENCY: one_of("SAR", "USD"),
    names.TAGS: one_of([], ["staff"], ["staff", "gift"]),
    names.PAYMENTS: one_of(
        {}, {"cash": 900}, {"mada": 1, "cash": 0}, {"points": 300}, {"points": 5, "gift_card": 9000}
    ),
    names.TOTAL_MINOR: one_of(0, 300, 2000, 6000),
    names.HIJRI: one_of([1432, 9, 1, 29], [1432, 9, 29, 29], [1432, 10, 1, 30]),
    names.MEMBER_TAGS: one_of([], ["vip"], ["vip", "press"]),
    names.AGE: one_of(None, 0, 18, 25, 40),
    names.BIRTHDAY_IN: maybe_days,
    names.ENROLMENT_IN: maybe_days,
    names.ENROLLED_DAYS: counted,
    names.SINCE_LAST: st.one_of(st.none(), counted),
    names.AT_BRANCH: counted,
    names.REFERRED_PURCHASE: st.one_of(st.none(), st.integers(1, 3)),
    **dict.fromkeys(names.VISITS, counted),
}


@st.composite
def contexts(draw: st.DrawFn, under: Programme, receipt: list[ReceiptLine]) -> Facts:
    """Exactly what the programme reads, as whoever evaluates would bring it."""
    headroom = {each.key: draw(st.integers(0, each.cap.points)) for each in under.allowances()}
    headroom |= {f"{code}/budget": draw(st.integers(0, most)) for code, most in sorted(under.budgets().items())}
    read = under.labels_read()
    labels = {each.item: sorted(read.intersection(SHELF.get(each.item, ()))) for each in receipt}
    more = {name: draw(_FACTS[name]) for name in sorted(under.facts_read() - {names.LABELS})}
    if names.LABELS in under.facts_read():
        more[names.LABELS] = {item: found for item, found in labels.items() if found}
    return Facts(
        draw(one_of(*(date(2011, 11, day) for day in (1, 10, 11, 12, 16)))),
        draw(one_of("bronze", "silver")),
        draw(st.integers(0, 2)),
        headroom,
        {per: draw(st.integers(0, 2500)) for per in sorted(under.windows_read())},
        more,
    )
