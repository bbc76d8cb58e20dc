"""Opening a shop: merchant, first branch, programme and owner, all of them or none."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from wafa.operations.open_branches import open_branches
from wafa.operations.publish_programme import publish_programme
from wafa.store.models import Merchant, Role, Staff

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""The first programme has always been in force, so that receipts of before its making can be brought in."""


class ShopExistsError(ValueError):
    """The code of the shop, or the owner's user name, is taken: `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is taken")
        self.field = field


@dataclass(frozen=True, slots=True)
class NewShop:
    """A shop as its owner describes it: `names` by language, English always; of its first `branch` code and name."""

    code: str
    names: dict[str, str]
    currency: str
    time_zone: str
    branch: tuple[str, str]
    programme: dict[str, Any]


def open_shop(shop: NewShop, owner: str, password: str) -> Merchant:
    """Make it, with an owner who can sign in. Raises ShopExistsError, or ProgrammeInvalidError."""
    with transaction.atomic():
        if Merchant.objects.filter(code=shop.code).exists():
            raise ShopExistsError("code")
        if get_user_model().objects.filter(username=owner).exists():
            raise ShopExistsError("owner")
        merchant = Merchant.objects.create(
            code=shop.code,
            name_en=shop.names["en"],
            name_ar=shop.names.get("ar", ""),
            name_fa=shop.names.get("fa", ""),
            currency=shop.currency,
            time_zone=shop.time_zone,
        )
        publish_programme(merchant, shop.programme, BEGINNING)
        open_branches(merchant.id, dict([shop.branch]))
        user = get_user_model().objects.create_user(owner, password=password)
        Staff.objects.create(merchant=merchant, user=user, role=Role.OWNER)
    return merchant
