"""Merchant scope: every query names its merchant; one that does not raises.

A manager that could be read without a merchant would, one day, be. So `objects` answers to
`of(merchant)` alone, and everything else Django would do through it raises `UnscopedQueryError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import models

from wafa.store.ids import new_id

if TYPE_CHECKING:
    from wafa.store.models.merchant import Merchant

M = TypeVar("M", bound="MerchantOwned")


class UnscopedQueryError(RuntimeError):
    """A query on merchant-owned rows that named no merchant."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"a query on {model.__name__} must name its merchant: use {model.__name__}.objects.of(…)")


class MerchantManager(models.Manager[M]):
    """The only gate to merchant-owned rows."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Refused: the rows of all merchants at once are nobody's to see."""
        raise UnscopedQueryError(self.model)

    def of(self, merchant: Merchant | UUID) -> models.QuerySet[M]:
        """The rows of one merchant, given as the row or as its id."""
        merchant_id = merchant if isinstance(merchant, UUID) else merchant.id
        return models.QuerySet(self.model, using=self._db).filter(merchant_id=merchant_id)

    def create(self, **values: Any) -> M:
        """A new row; its merchant is among the values, or the database refuses it."""
        return models.QuerySet(self.model, using=self._db).create(**values)


class MerchantOwned(models.Model):
    """A row that belongs to one merchant; its key in the database is (id, merchant_id)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    merchant = models.ForeignKey(
        "store.Merchant", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )

    objects = MerchantManager()

    class Meta:
        abstract = True

    def _do_update(self, base_qs: Any, *args: Any, **kwargs: Any) -> Any:
        """Django updates by `id` alone; here the merchant is named as well."""
        return super()._do_update(base_qs.filter(merchant_id=self.merchant_id), *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: a row is deleted through `objects.of(merchant)`, where that is allowed at all."""
        raise UnscopedQueryError(type(self))
