"""What is told of a rule when a receipt is tried: its award, why there is none, and what was near."""

from typing import Any, NamedTuple

from wafa.core.earning.reading import Award


class Miss(NamedTuple):
    """Why a rule gave nothing: the kind of the first condition that does not hold, with what it wanted and what there
    was (`not` is true where it should not have held); or one of `REASONS`.
    """

    code: str
    figures: dict[str, Any]


class Near(NamedTuple):
    """How little more would have brought more: minor units, thousandths or purchases, by `code`.

    `figures["points"]` is what it would have brought.
    """

    code: str
    missing: int
    figures: dict[str, Any]


class Judged(NamedTuple):
    """One rule's part: an award, or what it missed."""

    rule: str
    kind: str
    award: Award | None
    missed: Miss | None
    near: Near | None


DURING, UNLESS, NOTHING, CAP, BUDGET = "during", "unless", "nothing_to_count", "cap", "budget"
GROUP, PER_RECEIPT, LIMITS, BRANCH_RULE = "group", "per_receipt", "limits", "branch_rule"
REASONS = (DURING, UNLESS, NOTHING, CAP, BUDGET, GROUP, PER_RECEIPT, LIMITS, BRANCH_RULE)
"""Outside its days; something that keeps it from giving; nothing on the receipt that it counts; its cap or its budget
is used up; another rule of its group gave more; below its least for a receipt; the programme's limits are used up;
switched off at the branch.
"""
