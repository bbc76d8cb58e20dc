"""What a check answers."""

from dataclasses import dataclass, field
from typing import Any

DIFFERENCES_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the entries say: where, what, as it stands, and as it should be."""

    subject: str
    what: str
    stands: Any
    should_be: Any

    def __str__(self) -> str:
        return f"{self.subject}: {self.what} is {self.stands}, should be {self.should_be}"


@dataclass(slots=True)
class Check:
    """One thing that was checked: `looked_at` of what `name` says, and each difference (the first thousand kept)."""

    name: str
    looked_at: int = 0
    found: int = 0
    differences: list[Difference] = field(default_factory=list)

    def expect(self, subject: str, what: str, stands: object, should_be: object) -> None:
        """Note it if the two are not equal."""
        if stands != should_be:
            self.note(Difference(subject, what, stands, should_be))

    def note(self, difference: Difference) -> None:
        """Something was found."""
        self.found += 1
        if len(self.differences) < DIFFERENCES_KEPT:
            self.differences.append(difference)
