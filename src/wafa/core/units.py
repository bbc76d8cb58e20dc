"""Units: what wallets are kept in, besides points."""

from dataclasses import dataclass
from typing import Self

from wafa.core.expiry.policy import ExpiryPolicy
from wafa.core.values.fields import Fields

UNIT_KINDS = ("stamps", "money")


@dataclass(frozen=True, slots=True)
class Unit:
    """Stamps, of which `card` fill a card, or money in the currency's minor units (store credit, gift cards)."""

    code: str
    kind: str
    card: int | None
    expiry: ExpiryPolicy
    names: dict[str, str]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"code": "stamps", "kind": "stamps", "card": 10, "expiry": {"kind": "never"}, "name": {"en": "Stamps"}}"""
        code = fields.text("code", most=20)
        kind = fields.one_of("kind", UNIT_KINDS) or UNIT_KINDS[0]
        card = fields.whole("card", least=2, most=1000) if kind == "stamps" else None
        unit = cls(code, kind, card, ExpiryPolicy.read(fields.inner("expiry")), fields.names())
        fields.done()
        return unit
