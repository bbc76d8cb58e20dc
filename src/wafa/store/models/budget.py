"""Budgets of rules, in slices: so that no receipt waits for another one's row."""

from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class BudgetSlice(MerchantOwned):
    """A part of what a rule may still give to anybody."""

    rule = models.CharField(max_length=60)
    slice = models.SmallIntegerField()
    left = models.BigIntegerField()

    class Meta:
        db_table = "budget_slice"
        constraints = [
            models.UniqueConstraint("merchant_id", "rule", "slice", name="budget_slice_once"),
            models.CheckConstraint(condition=Q(left__gte=0), name="budget_slice_not_negative"),
        ]
