"""Where, how and with what it was bought, and by whom: one of those that are named."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Self

from wafa.core.earning import facts
from wafa.core.earning.conditions.base import Leaf
from wafa.core.earning.reading import Reading
from wafa.core.values.fields import Fields

GROUP = "group:"
"""Before the code of a group of branches, where branches are named."""


@dataclass(frozen=True, slots=True)
class OneOf(Leaf):
    """What there is of its kind on the receipt is among those that are named."""

    of: frozenset[str]

    @classmethod
    def key_of(cls, code: str) -> str:
        """By which a receipt with it finds the rules that want it: "channel:online"."""
        return f"{cls.kind}:{code}"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"of": ["online", "app"]}"""
        return cls(frozenset(fields.texts("of", least=1)))

    def present(self, reading: Reading) -> list[str]:
        """What there is on the receipt."""
        raise NotImplementedError

    def holds(self, reading: Reading) -> bool:
        """One of them is there."""
        return not self.of.isdisjoint(self.present(reading))

    def miss(self, reading: Reading) -> dict[str, Any]:
        """What is named and what there is."""
        return {"of": sorted(self.of), "is": sorted(self.present(reading))}

    def needs(self) -> frozenset[str]:
        """One of them."""
        return frozenset(map(self.key_of, self.of))


class SingleOf(OneOf):
    """The same of which a receipt has one and no more: two that name nothing in common never hold together."""

    __slots__ = ()


class Branch(OneOf):
    """It was bought in one of the branches, or in a branch of one of the groups: "group:riyadh"."""

    __slots__ = ()
    kind: ClassVar[str] = "branch"

    def present(self, reading: Reading) -> list[str]:
        """The branch, and its groups where some are named."""
        more = reading.facts.more
        return branch_names(more[facts.BRANCH], more[facts.BRANCH_GROUPS] if _name_groups(self.of) else ())

    def facts_read(self) -> frozenset[str]:
        """The branch, and its groups where some are named."""
        return frozenset({facts.BRANCH, facts.BRANCH_GROUPS} if _name_groups(self.of) else {facts.BRANCH})


@lru_cache(maxsize=4096)
def _name_groups(codes: frozenset[str]) -> bool:
    """Asked for each receipt, of the same few."""
    return any(code.startswith(GROUP) for code in codes)


class Channel(SingleOf):
    """It came by one of the channels: store, online, app."""

    __slots__ = ()
    kind: ClassVar[str] = "channel"

    def present(self, reading: Reading) -> list[str]:
        """The channel."""
        return [reading.facts.more[facts.CHANNEL]]

    def facts_read(self) -> frozenset[str]:
        """The channel."""
        return frozenset({facts.CHANNEL})


class Currency(SingleOf):
    """It was paid in one of the currencies."""

    __slots__ = ()
    kind: ClassVar[str] = "currency"

    def present(self, reading: Reading) -> list[str]:
        """The currency."""
        return [reading.facts.more[facts.CURRENCY]]

    def facts_read(self) -> frozenset[str]:
        """The currency."""
        return frozenset({facts.CURRENCY})


class Payment(OneOf):
    """Some of it was paid by one of the methods."""

    __slots__ = ()
    kind: ClassVar[str] = "payment"

    def present(self, reading: Reading) -> list[str]:
        """The methods by which something was paid."""
        return [method for method, minor in reading.facts.more[facts.PAYMENTS].items() if minor > 0]

    def facts_read(self) -> frozenset[str]:
        """The payments."""
        return frozenset({facts.PAYMENTS})


class Tag(OneOf):
    """The receipt has one of the tags; a cashier or the till put it there."""

    __slots__ = ()
    kind: ClassVar[str] = "tag"

    def present(self, reading: Reading) -> list[str]:
        """The receipt's tags."""
        tags: list[str] = reading.facts.more[facts.TAGS]
        return tags

    def facts_read(self) -> frozenset[str]:
        """The tags."""
        return frozenset({facts.TAGS})

    @classmethod
    def key_of(cls, code: str) -> str:
        """Not to be mistaken for a tag of goods."""
        return f"receipt_tag:{code}"


class Tier(SingleOf):
    """The member held one of the tiers before the receipt."""

    __slots__ = ()
    kind: ClassVar[str] = "tier"

    def present(self, reading: Reading) -> list[str]:
        """The tier."""
        return [reading.facts.tier]

    def tiers_named(self) -> frozenset[str]:
        """All of them."""
        return self.of


class MemberTag(OneOf):
    """The member has one of the tags, or is in one of the segments."""

    __slots__ = ()
    kind: ClassVar[str] = "member_tag"

    def present(self, reading: Reading) -> list[str]:
        """The member's tags."""
        tags: list[str] = reading.facts.more[facts.MEMBER_TAGS]
        return tags

    def facts_read(self) -> frozenset[str]:
        """The member's tags."""
        return frozenset({facts.MEMBER_TAGS})


def branch_names(branch: str, groups: Iterable[str]) -> list[str]:
    """As branches are named in programmes: the branch's code, and its groups'."""
    return [branch, *(GROUP + group for group in groups)]
