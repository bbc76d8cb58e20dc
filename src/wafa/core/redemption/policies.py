"""What a programme allows with points: what they are worth, how long they are held, who may pass them on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from wafa.core.values.fields import Fields


@dataclass(frozen=True, slots=True)
class Worth:
    """So many points are worth so much money, in minor units."""

    points: int
    minor: int

    def of(self, points: int) -> int:
        """What points are worth: floor, so that no more is paid than was earned."""
        return points * self.minor // self.points

    def at_least(self, points: int) -> int:
        """What has to be paid so that points are paid in full: ceiling."""
        return -(-points * self.minor // self.points)

    def paying(self, amount_minor: int) -> int:
        """The points that pay an amount to the last minor unit: ceiling."""
        return -(-amount_minor * self.points // self.minor)


@dataclass(frozen=True, slots=True)
class RedemptionPolicy:
    """`worth` in money, where points pay bills; `least` points a redemption; beyond `proof_above` points the member
    must show that it is them.

    Points that a cancelled redemption restores after their last day expire at once, or can be spent for `grace_days`
    more.
    """

    worth: Worth | None = None
    least: int = 1
    grace_days: int | None = None
    proof_above: int | None = None

    def lacks_proof(self, points: int, proof: str) -> bool:
        """Whether so many points must not go to somebody who has shown nothing."""
        return self.proof_above is not None and points > self.proof_above and not proof

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"worth": {"points": 100, "minor": 100}, "least": 1, "restored": {"kind": "grace", "days": 30},
        "proof_above": 500}"""
        worth = None
        if fields.has("worth"):
            inner = fields.inner("worth")
            worth = Worth(inner.whole("points", least=1), inner.whole("minor", least=1))
            inner.done()
        least = fields.whole("least", least=1) if fields.has("least") else 1
        grace = None
        if fields.has("restored"):
            inner = fields.inner("restored")
            if inner.one_of("kind", ("expire", "grace")) == "grace":
                grace = inner.whole("days", least=1, most=3650)
            inner.done()
        proof_above = fields.whole("proof_above") if fields.has("proof_above") else None
        fields.done()
        return cls(worth, least, grace, proof_above)


@dataclass(frozen=True, slots=True)
class HoldPolicy:
    """How many minutes points stay reserved, if the till does not say, and within which bounds it may."""

    minutes: int = 15
    least: int = 1
    most: int = 1440

    def allows(self, minutes: int) -> bool:
        """Whether a till may ask for so many minutes."""
        return self.least <= minutes <= self.most

    def lasting(self, minutes: int | None) -> timedelta:
        """How long a hold lasts."""
        return timedelta(minutes=self.minutes if minutes is None else minutes)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"minutes": 15, "least": 1, "most": 1440}"""
        bounds = {name: fields.whole(name, least=1, most=525_600) for name in ("minutes", "least", "most")}
        fields.done()
        if not bounds["least"] <= bounds["minutes"] <= bounds["most"]:
            fields.problem("minutes", "out_of_bounds")
        return cls(**bounds)


@dataclass(frozen=True, slots=True)
class TransferPolicy:
    """Members may pass points on: from `least` to `most` at once, `most_a_month` in a calendar month.

    The fee, a percentage of what is passed on, rounded up, is taken from the sender on top.
    """

    fee_percent: int = 0
    least: int = 1
    most: int | None = None
    most_a_month: int | None = None

    def fee(self, points: int) -> int:
        """What passing on so many points costs, in points."""
        return -(-points * self.fee_percent // 100)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"fee_percent": 0, "least": 1, "most": 5000, "most_a_month": 20000}"""
        fee = fields.whole("fee_percent", most=100) if fields.has("fee_percent") else 0
        least = fields.whole("least", least=1) if fields.has("least") else 1
        most = fields.whole("most", least=1) if fields.has("most") else None
        a_month = fields.whole("most_a_month", least=1) if fields.has("most_a_month") else None
        fields.done()
        return cls(fee, least, most, a_month)
