"""The kinds of work that `wafa bench engine` measures. Another one is another line of KINDS."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wafa.config.bench.shop import Shop
from wafa.core.commands import Command
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.operations.record_purchases import record_purchases
from wafa.operations.record_returns import record_returns
from wafa.operations.redeem import redeem
from wafa.store.actor import Actor


@dataclass(frozen=True, slots=True)
class Kind:
    """An operation, and how a shop makes one command for it; `of_sold`: each takes up a receipt sold earlier."""

    operation: Callable[[UUID, Sequence[Any], Actor], list[Outcome]]
    one: Callable[[Shop], Command]
    of_sold: bool = False


KINDS = {
    "purchases": Kind(record_purchases, Shop.purchase),
    "returns": Kind(record_returns, Shop.comes_back, of_sold=True),
    "redemptions": Kind(redeem, Shop.redeems),
    "mixed": Kind(post, Shop.wants_something, of_sold=True),
}
