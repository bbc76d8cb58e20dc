"""Reading a condition: a leaf of some kind, or others together; what can never hold is refused."""

from collections.abc import Iterable

from wafa.core.earning.conditions.amounts import Amount, Quantity
from wafa.core.earning.conditions.base import Condition, Leaf
from wafa.core.earning.conditions.goods import Bundle, Items
from wafa.core.earning.conditions.history import (
    FirstAtBranch,
    NewMember,
    NotSeen,
    NthPurchase,
    Referred,
    Spent,
    Visits,
)
from wafa.core.earning.conditions.one_of import Branch, Channel, Currency, MemberTag, Payment, SingleOf, Tag, Tier
from wafa.core.earning.conditions.person import Age, Anniversary, Birthday
from wafa.core.earning.conditions.season import Season
from wafa.core.earning.conditions.times import Dates, Hours, Weekday
from wafa.core.earning.conditions.together import AllOf, AnyOf, Not
from wafa.core.earning.line_filter import DEPTH_MOST
from wafa.core.earning.lists import each_of
from wafa.core.values.fields import Fields

CONDITIONS: dict[str, type[Leaf]] = {
    kind.kind: kind
    for kind in (
        *(Items, Bundle, Amount, Quantity),
        *(Branch, Channel, Payment, Currency, Tag),
        *(Weekday, Hours, Dates, Season),
        *(Tier, MemberTag, Age, Birthday, Anniversary),
        *(NthPurchase, FirstAtBranch, NotSeen, NewMember, Visits, Spent, Referred),
    )
}
"""Every kind of leaf by its name."""


def read_condition(fields: Fields, depth: int = 1) -> Condition | None:
    """{"all": [...]}, {"any": [...]}, {"not": {...}} or a leaf with its kind; None, and a problem, where it is none."""
    if depth > DEPTH_MOST:
        fields.problem("", "too_deep")
        return None
    if fields.has("all"):
        return _several(fields, "all", depth)
    if fields.has("any"):
        return _several(fields, "any", depth)
    if fields.has("not"):
        of = read_condition(fields.inner("not"), depth + 1)
        fields.done()
        return Not(of) if of else None
    kind = fields.one_of("kind", CONDITIONS)
    if kind is None:
        return None
    leaf = CONDITIONS[kind].read(fields)
    fields.done()
    return leaf


def _several(fields: Fields, name: str, depth: int) -> Condition | None:
    read = each_of(fields, name, lambda inner: read_condition(inner, depth + 1))
    fields.done()
    of = tuple(condition for condition in read if condition)
    if not read:
        fields.problem(name, "empty")
    if not of:
        return None
    if name == "any":
        return AnyOf(of)
    shared: dict[str, frozenset[str]] = {}
    for one in _singles(of):
        shared[one.kind] = shared.get(one.kind, one.of) & one.of
    if not all(shared.values()):
        fields.problem(name, "never_holds")
    return AllOf(of)


def _singles(of: Iterable[Condition]) -> list[SingleOf]:
    """Leaves of which a receipt has one and no more, as far as all of them must hold."""
    nested = [each for one in of if isinstance(one, AllOf) for each in _singles(one.of)]
    return [one for one in of if isinstance(one, SingleOf) and one.of] + nested
