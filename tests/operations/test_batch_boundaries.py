"""Where one batch ends and the next begins changes nothing: what is loaded back is what was in memory."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.operations.histories import BLOCKED, MEMBERS, PROGRAMMES, History, Step, programme
from tests.operations.told import outcome_told, told
from tests.world import World
from wafa.core.commands import Command, ReviewTiers
from wafa.core.outcomes import Posted
from wafa.store.loading.wallets import make_missing
from wafa.store.models import Member

SIZE = 70
NOBODYS = UUID(int=0)


class Shop(World):
    """A merchant to whom a history happens; commands name earlier ones by their keys."""

    def __init__(self, name: str) -> None:
        super().__init__(programme(name), members=[*MEMBERS, BLOCKED])
        Member.objects.of(self.id).filter(number=BLOCKED).update(status="blocked")
        members = Member.objects.of(self.id).values_list("id", flat=True)
        make_missing(self.id, [(member, "stamps") for member in members])
        self.points_wallets = tuple(self.wallet(member).id for member in MEMBERS)
        self.ids: dict[str, UUID] = {}
        self.answers: list[str] = []

    def take(self, batch: Sequence[Step]) -> None:
        """Post a batch, and remember what was answered, and under which ids."""
        commands = [self._known(step) for step in batch]
        for command, outcome in zip(commands, self.post(*commands), strict=True):
            self.answers.append(outcome_told(outcome))
            if isinstance(outcome, Posted):
                self.ids[command.key] = outcome.slip.id  # type: ignore[union-attr]

    def _known(self, step: Step) -> Command:
        if isinstance(step.command, ReviewTiers):
            return replace(step.command, wallets=self.points_wallets)
        named: dict[str, Any] = {step.field: self.ids.get(step.key, NOBODYS)} if step.field else {}
        return replace(step.command, **named)


def in_batches(history: Iterable[Step], sizes: Iterable[int]) -> Iterable[list[Step]]:
    """Parted into batches; none names what stands in the same one, since nobody knows its id yet."""
    batch: list[Step] = []
    most = iter(sizes)
    size = next(most)
    for step in history:
        keys = {getattr(each.command, "key", None) for each in batch}
        if batch and (len(batch) >= size or (step.key and step.key in keys)):
            yield batch
            batch, size = [], next(most)
        batch.append(step)
    yield batch


def forever(chance: random.Random, most: int) -> Iterable[int]:
    """Sizes of batches."""
    while True:
        yield chance.randint(1, most)


@pytest.mark.parametrize("name", PROGRAMMES)
@pytest.mark.parametrize("seed", [0, 115, 217])
def test_one_by_one_in_batches_or_all_at_once(name: str, seed: int) -> None:
    said = History(seed, SIZE).said
    shops = {"one by one": Shop(name), "in batches": Shop(name), "all at once": Shop(name)}
    for size, shop in zip((1, 7, 10**6), shops.values(), strict=True):
        for batch in in_batches(said, forever(random.Random(seed), size) if size > 1 else iter(lambda: 1, 0)):
            shop.take(batch)
        assert shop.differences() == []
    expected = shops["one by one"]
    books = told(expected)
    for shop in (shops["in batches"], shops["all at once"]):
        assert shop.answers == expected.answers
        assert told(shop) == books
