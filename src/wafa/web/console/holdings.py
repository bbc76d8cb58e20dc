"""What a member holds besides points: money, and cards of stamps."""

from __future__ import annotations

from dataclasses import dataclass

from wafa.queries.console.member import Holding
from wafa.wording.measures import Measure

DRAWN_MOST = 30
"""Stamps of a card that are drawn one by one; of a larger one, a bar."""


@dataclass(frozen=True, slots=True)
class ShownHolding:
    """A wallet of another unit than points."""

    holding: Holding
    measure: Measure

    @property
    def unit(self) -> str:
        """The unit's code."""
        return self.holding.wallet.unit

    @property
    def available(self) -> str:
        """What can be spent, as it is counted."""
        return self.measure.number(self.holding.available)

    @property
    def pending(self) -> str:
        """What cannot be spent yet; empty where that is nothing."""
        return self.measure.number(self.holding.pending) if self.holding.pending else ""

    @property
    def held(self) -> str:
        """What is on hold; empty where that is nothing."""
        return self.measure.number(self.holding.wallet.held) if self.holding.wallet.held else ""

    @property
    def full_cards(self) -> int:
        """How many cards of stamps are full."""
        return self.holding.available // self.measure.card if self.measure.card else 0

    @property
    def on_the_card(self) -> int:
        """Stamps on the card that is not full yet."""
        return self.holding.available % self.measure.card if self.measure.card else 0

    @property
    def places(self) -> list[bool]:
        """The card's places, and which of them are stamped; none where there are too many to be drawn."""
        card = self.measure.card
        return [place < self.on_the_card for place in range(card)] if card <= DRAWN_MOST else []
