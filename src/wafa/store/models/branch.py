"""Branches: where receipts come from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wafa.store.scope import MerchantOwned


class Branch(MerchantOwned):
    """One shop of the chain, or its web shop."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    groups = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="Codes of the groups that rules name."
    )

    class Meta:
        db_table = "branch"
        constraints = [models.UniqueConstraint("merchant_id", "code", name="branch_code_once")]

    def __str__(self) -> str:
        return self.name
