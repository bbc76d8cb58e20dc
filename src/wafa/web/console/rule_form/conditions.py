"""A rule's condition as rows: all of them or any of them, each perhaps with "not"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wafa.web.console.rule_form.fields import CONDITIONS
from wafa.web.console.rule_form.objects import Body, read_object, stripped, write_object
from wafa.web.console.rule_form.types import Given, Inputs, Setting, UnshowableError

ALL, ANY = MODES = ("all", "any")
MODE, PREFIX = "match", "c"
ROWS_MOST = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A condition as it was chosen: its number among the inputs, its kind ("" is none yet), whether it is negated."""

    number: int
    kind: str
    negated: bool

    @property
    def prefix(self) -> str:
        """What the names of its inputs begin with."""
        return f"{PREFIX}.{self.number}."


@dataclass(frozen=True, slots=True)
class Read:
    """A condition that was read; `places` says where in the JSON each row stands, relative to the rule."""

    value: Body | None
    places: dict[int, str]


def rows_of(given: Given) -> list[Row]:
    """The rows that are there, in their order."""
    numbers = {
        int(parts[1])
        for name in given
        if (parts := name.split("."))[0] == PREFIX and len(parts) > 2 and parts[1].isdecimal() and len(parts[1]) < 4
    }
    rows = []
    for number in sorted(numbers)[:ROWS_MOST]:
        kind = _last(given, f"{PREFIX}.{number}.kind")
        negated = bool(_last(given, f"{PREFIX}.{number}.not"))
        rows.append(Row(number, kind if kind in CONDITIONS else "", negated))
    return rows


def mode_of(given: Given) -> str:
    """Whether all of them must hold, or any."""
    return ANY if _last(given, MODE) == ANY else ALL


def read_when(given: Given, setting: Setting) -> Read:
    """The condition that the rows say; None where no kind has been chosen."""
    rows = [row for row in rows_of(given) if row.kind]
    leaves = [_read_row(row, given, setting) for row in rows]
    if not rows:
        return Read(None, {})
    inner = ["when.not" if row.negated else "when" for row in rows]
    if len(rows) == 1:
        return Read(leaves[0], {rows[0].number: inner[0]})
    mode = mode_of(given)
    places = {row.number: f"when.{mode}[{place}]{'.not' if row.negated else ''}" for place, row in enumerate(rows)}
    return Read({mode: leaves}, places)


def write_when(when: Any, setting: Setting) -> Inputs:
    """The rows of a condition; raises UnshowableError where it is nested, or says what no row can."""
    mode, leaves = _flat(when)
    inputs: Inputs = {MODE: [mode]}
    for number, leaf in enumerate(leaves):
        negated = isinstance(leaf, dict) and leaf.keys() == {"not"}
        leaf = leaf["not"] if negated else leaf
        if not _is_leaf(leaf):
            raise UnshowableError
        prefix = f"{PREFIX}.{number}."
        inputs |= {f"{prefix}kind": [leaf["kind"]], f"{prefix}not": ["1"] if negated else []}
        own = {key: value for key, value in leaf.items() if key != "kind"}
        inputs |= write_object(CONDITIONS[leaf["kind"]].fields, own, prefix, setting)
    return inputs


def plain(when: Any) -> Any:
    """The same condition without what could as well be left out."""
    mode, leaves = _flat(when)
    told = [_plain_leaf(leaf) for leaf in leaves]
    return told[0] if len(told) == 1 else {mode: told}


def _flat(when: Any) -> tuple[str, list[Any]]:
    if isinstance(when, dict):
        for mode in MODES:
            if when.keys() == {mode} and isinstance(when[mode], list) and 0 < len(when[mode]) <= ROWS_MOST:
                return mode, when[mode]
    return ALL, [when]


def _is_leaf(leaf: Any) -> bool:
    """One of a kind that there is."""
    return isinstance(leaf, dict) and isinstance(leaf.get("kind"), str) and leaf["kind"] in CONDITIONS


def _plain_leaf(leaf: Any) -> Any:
    if isinstance(leaf, dict) and leaf.keys() == {"not"}:
        return {"not": _plain_leaf(leaf["not"])}
    if _is_leaf(leaf):
        return stripped(CONDITIONS[leaf["kind"]].fields, leaf)
    return leaf


def _read_row(row: Row, given: Given, setting: Setting) -> Body:
    kind = CONDITIONS[row.kind]
    own = read_object(kind.fields, given, row.prefix, setting)
    leaf: Body = {"kind": row.kind, **{key: {} for key in kind.always}, **own}
    return {"not": leaf} if row.negated else leaf


def _last(given: Given, name: str) -> str:
    values = given.get(name) or [""]
    return values[-1]
