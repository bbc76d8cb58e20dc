"""What is sold, as far as rules ask: items with their category, brand, supplier and tags."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wafa.store.scope import MerchantOwned


class Category(MerchantOwned):
    """A kind of goods; a rule on it covers all that lies below it."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )

    class Meta:
        db_table = "category"
        constraints = [
            models.UniqueConstraint("merchant_id", "code", name="category_code_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="category_below_another"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Item(MerchantOwned):
    """Goods or a service, by the code that receipts carry. What is not listed here can be sold all the same."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200, blank=True)
    brand = models.CharField(max_length=60, blank=True)
    supplier = models.CharField(max_length=60, blank=True)
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    category = models.ForeignKey(
        Category, null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )

    class Meta:
        db_table = "item"
        constraints = [models.UniqueConstraint("merchant_id", "code", name="item_code_once")]

    def __str__(self) -> str:
        return self.name or self.code
