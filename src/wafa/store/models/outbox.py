"""The outbox: events written with the entries that caused them."""

from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class OutboxEvent(MerchantOwned):
    """Something that happened, for whoever wants to know. Numbered by a job after its commit."""

    kind = models.CharField(max_length=40, help_text="Past tense: PointsAccrued, PointsClawedBack, PointsExpired …")
    wallet = models.ForeignKey("store.Wallet", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    wallet_sequence = models.BigIntegerField(null=True)
    body = models.JSONField()
    created_at = models.DateTimeField(help_text="By the merchant's clock.")
    number = models.BigIntegerField(null=True, help_text="Its place in the merchant's event log.")
    done_at = models.DateTimeField(null=True, help_text="By the system's clock.")

    class Meta:
        db_table = "outbox_event"
        constraints = [
            models.UniqueConstraint("merchant_id", "number", name="outbox_event_number_once"),
        ]
        indexes = [models.Index("merchant_id", "id", name="outbox_event_waiting", condition=Q(number__isnull=True))]
