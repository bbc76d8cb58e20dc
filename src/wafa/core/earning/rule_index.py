"""Which rules a receipt can match: found by what is on it, so that the others cost it nothing.

A rule that names goods, branches, channels and the like is found by a key: "item:85123A", "category:dairy",
"channel:online". The days on which rules hold part all time into spans; each span has an index of its own, made when a
receipt first asks for it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from wafa.core.earning.conditions.one_of import OneOf
from wafa.core.earning.conditions.together import rarity
from wafa.core.earning.facts import LABELS
from wafa.core.earning.line_filter import TAG
from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule

WORTH_IT = 8
"""Of fewer rules it takes less to ask each."""
ITEM = "item:"
GOODS = ("category:", "brand:", "supplier:", TAG)


@dataclass(slots=True)
class _Span:
    """Of the rules that hold on some days: those that any receipt may match, and the others by their keys."""

    any_receipt: list[int] = field(default_factory=list)
    by_item: dict[str, list[int]] = field(default_factory=dict)
    by_key: dict[str, list[int]] = field(default_factory=dict)


class RuleIndex:
    """Over rules in the order in which they are evaluated; that order is kept in what is found."""

    __slots__ = ("_asked", "_begins", "_by_label", "_needs", "_rules", "_spans")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._needs = _needs(rules)
        self._begins = sorted(set(_changes(rules)))
        self._spans: dict[int, _Span] = {}
        keys = frozenset().union(*(needs for needs in self._needs if needs))
        self._by_label = any(key.startswith(GOODS) for key in keys)
        self._asked = _asked(rules, keys)

    def candidates(self, reading: Reading) -> Iterable[Rule]:
        """The rules that the receipt may match, in order."""
        span = self._span(reading.facts.occurred_on)
        places = set(span.any_receipt)
        if span.by_item:
            by_item = span.by_item
            for line in reading.all_lines:
                if line[0] in by_item:
                    places.update(by_item[line[0]])
        if span.by_key:
            by_key = span.by_key
            for key in self._keys(reading):
                if key in by_key:
                    places.update(by_key[key])
        return [self._rules[place] for place in sorted(places)]

    def _keys(self, reading: Reading) -> Iterable[str]:
        """Those of the receipt, but for its items. Labels of what has come back find more than needed, never less."""
        keys = [asked.key_of(code) for asked in self._asked for code in asked.present(reading)]
        if self._by_label:
            for labels in reading.facts.more[LABELS].values():
                keys += labels
            keys += [TAG + tag for line in reading.all_lines for tag in line.tags]
        return keys

    def _span(self, day: date) -> _Span:
        number = bisect_right(self._begins, day.toordinal())
        span = self._spans.get(number)
        if span is None:
            span = _Span()
            for place, (rule, needs) in enumerate(zip(self._rules, self._needs, strict=True)):
                if not rule.during.holds(day):
                    continue
                if needs is None:
                    span.any_receipt.append(place)
                for key in needs or ():
                    of_item = key.removeprefix(ITEM)
                    found = span.by_item if of_item != key else span.by_key
                    found.setdefault(of_item, []).append(place)
            self._spans[number] = span
        return span


def _needs(rules: Sequence[Rule]) -> list[frozenset[str] | None]:
    """What each rule needs: of its goods and its condition the rarer; what builds on a base needs what that does."""
    found: dict[str, frozenset[str] | None] = {}
    for rule in rules:
        base = rule.builds_on()
        own = [rule.goods(), rule.when.needs() if rule.when else None, found.get(base) if base else None]
        known = [needs for needs in own if needs is not None]
        found[rule.code] = min(known, key=rarity) if known else None
    return [found[rule.code] for rule in rules]


def _changes(rules: Iterable[Rule]) -> Iterable[int]:
    """The days on which some rule begins to hold, or holds no longer."""
    for rule in rules:
        if rule.during.first:
            yield rule.during.first.toordinal()
        if rule.during.last:
            yield rule.during.last.toordinal() + 1


def _asked(rules: Iterable[Rule], keys: frozenset[str]) -> list[OneOf]:
    """A leaf of each kind by which rules are found, naming all that theirs name."""
    named: dict[type[OneOf], frozenset[str]] = {}
    for rule in rules:
        for leaf in rule.leaves():
            if isinstance(leaf, OneOf) and leaf.needs() & keys:
                named[type(leaf)] = named.get(type(leaf), frozenset()) | leaf.of
    return [kind(of) for kind, of in named.items()]
