"""Webhooks: who is told of events, and what became of each telling."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class WebhookEndpoint(MerchantOwned):
    """An address of the merchant's own that is told of events, in the order of the merchant's log."""

    url = models.CharField(max_length=500)
    description = models.CharField(max_length=200, blank=True)
    kinds = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="Kinds of events; empty: all."
    )
    secrets = models.JSONField(
        help_text='Newest first: {"secret": "whsec_…", "until": null}. An older one signs too, until its instant.'
    )
    is_active = models.BooleanField(default=True)
    off_because = models.CharField(max_length=20, blank=True, help_text="gone: it answered 410. owner: by hand.")
    cursor = models.BigIntegerField(help_text="Number of the last event of the log that was looked at for it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "webhook_endpoint"
        constraints = [
            models.CheckConstraint(condition=Q(cursor__gte=0), name="webhook_endpoint_cursor_not_negative"),
            models.CheckConstraint(
                condition=Q(is_active=True, off_because="") | Q(is_active=False, off_because__in=["gone", "owner"]),
                name="webhook_endpoint_off_for_a_reason",
            ),
        ]
        indexes = [models.Index("merchant_id", "created_at", "id", name="webhook_endpoint_by_time")]

    def __str__(self) -> str:
        return self.url


class DeliveryState(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class WebhookDelivery(MerchantOwned):
    """One event for one endpoint. While it is being sent `next_at` lies ahead: if the sender dies it is due again."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    event = models.ForeignKey("store.OutboxEvent", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    number = models.BigIntegerField(help_text="The event's place in the merchant's log.")
    # The event's own. No reference: its check would lock a row that a till may be waiting for.
    wallet_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(help_text="When it is due, by the system's clock.")
    last_status = models.SmallIntegerField(null=True, help_text="HTTP's; null: there was no answer.")
    last_error = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "webhook_delivery"
        constraints = [
            models.UniqueConstraint("merchant_id", "endpoint_id", "event_id", name="webhook_delivery_once"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="webhook_delivery_state_known"),
            models.CheckConstraint(condition=Q(attempts__gte=0), name="webhook_delivery_attempts_not_negative"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False)
                | (~Q(state=DeliveryState.DELIVERED) & Q(delivered_at__isnull=True)),
                name="webhook_delivery_delivered_at_an_instant",
            ),
        ]
        indexes = [
            models.Index(
                "merchant_id",
                "endpoint_id",
                "next_at",
                name="webhook_delivery_again",
                condition=Q(state="waiting", attempts__gt=0),
            ),
            models.Index(
                "merchant_id",
                "endpoint_id",
                "number",
                name="webhook_delivery_first",
                condition=Q(state="waiting", attempts=0),
            ),
            models.Index("merchant_id", "id", name="webhook_delivery_latest"),
            models.Index("merchant_id", "endpoint_id", "id", name="webhook_delivery_of_endpoint"),
            models.Index(
                "merchant_id", "endpoint_id", "id", name="webhook_delivery_given_up", condition=Q(state="given_up")
            ),
        ]
