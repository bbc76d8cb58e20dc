"""The least and the most that is given for one receipt."""

from dataclasses import dataclass
from typing import Any, Self

from wafa.core.values.fields import Fields

RECEIPT = "receipt"
"""What cut an award, where it is the most for a receipt."""


@dataclass(frozen=True, slots=True)
class PerReceipt:
    """Less than `least` is nothing, more than `most` is cut; 0 and None leave it open."""

    least: int = 0
    most: int | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"least": 5, "most": 100}, either of them or both."""
        if not fields.has("least") and not fields.has("most"):
            fields.problem("least", "missing")
        least = fields.whole("least", least=1) if fields.has("least") else 0
        most = fields.whole("most", least=1) if fields.has("most") else None
        if most is not None and most < least:
            fields.problem("most", "below_least")
        fields.done()
        return cls(least, most)

    def cut(self, points: int, figures: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Down to the most; the figures say so."""
        if self.most is None or points <= self.most:
            return points, figures
        return self.most, cut_figures(points, figures, self.most, RECEIPT)


def cut_figures(points: int, figures: dict[str, Any], left: int, by: str) -> dict[str, Any]:
    """The figures of an award of which something took points: what was left, and what it was.

    `uncut` is what the rule would give: what has said so already is not overruled.
    """
    return {"uncut": points} | figures | {"headroom": left, "cut_by": by}
