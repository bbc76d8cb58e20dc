"""Holds: points that a till has reserved."""

from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class Hold(MerchantOwned):
    """Points reserved at a till; its id is its entry's. Whether it is open is a projection."""

    wallet = models.ForeignKey("store.Wallet", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    points = models.BigIntegerField()
    expires_at = models.DateTimeField()
    is_open = models.BooleanField(default=True)

    class Meta:
        db_table = "hold"
        constraints = [models.CheckConstraint(condition=Q(points__gt=0), name="hold_above_zero")]
        indexes = [
            models.Index("merchant_id", "wallet_id", name="hold_open_by_wallet", condition=Q(is_open=True)),
            models.Index("merchant_id", "expires_at", name="hold_open_by_time", condition=Q(is_open=True)),
        ]
