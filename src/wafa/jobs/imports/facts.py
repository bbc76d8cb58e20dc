"""What a row says of its document: number, time, member, branch and the rest that all its rows share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from wafa.core.values.money import exponent
from wafa.jobs.imports.cells import Cell, folded, text
from wafa.jobs.imports.mapping import Mapping
from wafa.jobs.imports.times import Moments
from wafa.wording.normalise import clean_reference

PURCHASE, RETURN = "P", "R"

_CURRENCY = re.compile(r"[A-Z]{3}")
_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """`reason` says why the row cannot be used. `kind` is None where only the quantity's sign tells it."""

    period: str = ""
    number: str = ""
    at: datetime | None = None
    kind: str | None = None
    member: str = ""
    branch: str = ""
    branch_name: str = ""
    currency: str = ""
    exponent: int = 2
    channel: str = ""
    receipt_period: str = ""
    receipt: str = ""
    reason: str | None = None


class FactsReader:
    """Reads the cells of `columns`, in their order."""

    def __init__(self, mapping: Mapping, zone: ZoneInfo, currency: str) -> None:
        self._mapping = mapping
        self._moments = Moments(mapping.times.formats, mapping.times.zone or zone, mapping.times.calendar)
        self._currency = mapping.figures.currency or currency
        self._return_values = {folded(value) for value in mapping.returns.values}
        names = mapping.columns
        self._cells = {
            "number": names.number,
            "member": names.member,
            "branch": names.branch,
            "currency": names.currency,
            "period": names.period,
            "channel": names.channel,
            "receipt_period": names.receipt_period,
            "receipt": names.receipt,
            "told_by": mapping.returns.column,
        }
        self._cells = {fact: column for fact, column in self._cells.items() if column is not None}

    @property
    def columns(self) -> list[str]:
        """Headings of the columns that hold the facts; those of the time come last."""
        return [column for column in self._cells.values() if column is not None] + list(self._mapping.columns.time)

    def read(self, cells: tuple[Cell, ...]) -> Facts:
        """The facts, or why there are none. Number and time are kept where they could be read."""
        said = dict(zip(self._cells, (clean_reference(text(cell)) for cell in cells), strict=False))
        when = cells[len(self._cells) :]
        at = self._moments.read(when)
        branch_name = self._mapping.branches.only or said.get("branch", "")
        facts = {
            "period": said.get("period", ""),
            "number": said["number"],
            "member": said.get("member", ""),
            "branch": self._branch_code(branch_name),
            "branch_name": branch_name,
            "currency": said.get("currency", "").upper() or self._currency,
            "channel": said.get("channel", ""),
            "receipt_period": said.get("receipt_period", "") or said.get("period", ""),
            "receipt": said.get("receipt", ""),
        }
        reason = self._reason(facts, at, when)
        if any(len(facts[fact]) > _LENGTH_MAX[fact] for fact in ("number", "period")):
            facts["number"] = ""  # it cannot be the number of any document
        return Facts(
            at=at,
            kind=self._kind(said),
            exponent=exponent(facts["currency"]),
            reason=reason,
            **facts,
        )

    def _kind(self, said: dict[str, str]) -> str | None:
        returns = self._mapping.returns
        if returns.told_by == "sign":
            return None
        came_back = (returns.told_by == "number_prefix" and said["number"].startswith(returns.prefix or "")) or (
            returns.told_by == "column" and folded(said["told_by"]) in self._return_values
        )
        return RETURN if came_back else PURCHASE

    def _branch_code(self, name: str) -> str:
        if not self._mapping.branches.code_from_name:
            return name
        return _NOT_LETTER_OR_DIGIT.sub("-", name.lower()).strip("-")

    def _reason(self, facts: dict[str, str], at: datetime | None, when: tuple[Cell, ...]) -> str | None:
        """The first thing that is wrong, in words."""
        if not facts["number"]:
            return _("there is no receipt number")
        for fact, most in _LENGTH_MAX.items():
            if len(facts[fact]) > most:
                return _("{name} is longer than {most} characters").format(name=_names()[fact], most=most)
        if at is None:
            written = " ".join(text(cell) for cell in when).strip()
            if not written:
                return _("there is no date")
            return _("the date “{written}” cannot be read; it should look like “{example}”").format(
                written=written, example=self._moments.example
            )
        if not facts["branch"]:
            return _("there is no branch")
        if not _CURRENCY.fullmatch(facts["currency"]):
            return _("“{written}” is no currency; it should look like “SAR”").format(written=facts["currency"])
        return None


_LENGTH_MAX = {
    "number": 60,
    "period": 20,
    "member": 60,
    "branch": 60,
    "branch_name": 120,
    "channel": 20,
    "receipt": 60,
    "receipt_period": 20,
}


def _names() -> dict[str, str]:
    return {
        "number": _("the receipt number"),
        "period": _("the numbering period"),
        "member": _("the member's number"),
        "branch": _("the branch"),
        "branch_name": _("the branch"),
        "channel": _("the channel"),
        "receipt": _("the number of the receipt that goods came back to"),
        "receipt_period": _("the numbering period"),
    }
