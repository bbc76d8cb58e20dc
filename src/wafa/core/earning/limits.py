"""Limits of a programme: how many points all its rules together give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from wafa.core.earning.caps import LIMITS_PER, Allowance, Cap, read_caps
from wafa.core.earning.per_receipt import RECEIPT, PerReceipt, cut_figures
from wafa.core.earning.reading import Award, Facts
from wafa.core.ledger.wallet import POINTS
from wafa.core.values.fields import Fields

NAME = "limits"


@dataclass(frozen=True, slots=True)
class Limits:
    """Of points alone: stamps and money are not counted together with them."""

    per_receipt: PerReceipt = field(default_factory=PerReceipt)
    caps: tuple[Cap, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"per_receipt": {"least": 5, "most": 1000}, "caps": [{"points": 5000, "per": "month"}]}"""
        per_receipt = PerReceipt.read(fields.inner("per_receipt")) if fields.has("per_receipt") else PerReceipt()
        limits = cls(per_receipt, read_caps(fields, LIMITS_PER))
        fields.done()
        return limits

    def allowances(self) -> tuple[Allowance, ...]:
        """The caps, by the keys under which facts hold what they leave."""
        return tuple(Allowance(f"{NAME}/{cap.per}", None, cap) for cap in self.caps)

    def cut(self, awards: Sequence[Award], priorities: Mapping[str, int], facts: Facts) -> list[Award]:
        """The awards within the limits: cut in the order of priority, then code; in the order in which they come.

        All points together below the least are nothing.
        """
        points = sorted(
            (award for award in awards if award.unit == POINTS), key=lambda each: (priorities[each.rule], each.rule)
        )
        if sum(award.points for award in points) < self.per_receipt.least:
            return [award for award in awards if award.unit != POINTS]
        left, by = self._left(facts)
        if left is None:
            return list(awards)
        kept: dict[str, Award] = {}
        for award in points:
            kept[award.rule] = _down_to(award, left, by)
            left -= kept[award.rule].points
        within = [kept.get(award.rule, award) for award in awards]
        return [award for award in within if award.points]

    def _left(self, facts: Facts) -> tuple[int | None, str]:
        """Points that all limits leave together, and by which one; None: they leave any number."""
        found = [(facts.headroom[each.key], each.key) for each in self.allowances()]
        if self.per_receipt.most is not None:
            found.insert(0, (self.per_receipt.most, f"{NAME}/{RECEIPT}"))
        return min(found, key=lambda each: each[0]) if found else (None, "")


def _down_to(award: Award, left: int, by: str) -> Award:
    if award.points <= left:
        return award
    return award._replace(points=left, figures=cut_figures(award.points, award.figures, left, by))
