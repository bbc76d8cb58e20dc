"""The kinds of earning rules, one file each; CONTRIBUTING tells how to add the next."""

from wafa.core.earning.rules.base import Rule
from wafa.core.earning.rules.cashback import Cashback
from wafa.core.earning.rules.first_purchase import FirstPurchase
from wafa.core.earning.rules.fixed import Fixed
from wafa.core.earning.rules.multiplier import Multiplier
from wafa.core.earning.rules.per_amount import PerAmount
from wafa.core.earning.rules.per_unit import PerUnit
from wafa.core.earning.rules.spend_reached import SpendReached
from wafa.core.earning.rules.tier_percentage import TierPercentage

KINDS: dict[str, type[Rule]] = {
    kind.kind: kind
    for kind in (
        *(PerAmount, Multiplier, TierPercentage, PerUnit),
        *(FirstPurchase, SpendReached, Fixed, Cashback),
    )
}

__all__ = ["KINDS", "Rule"]
