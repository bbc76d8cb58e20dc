"""Adjustments that a second person has to approve."""

from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class ApprovalState(models.TextChoices):
    """How an adjustment stands that was asked for."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class WaitingAdjustment(MerchantOwned):
    """Points by hand beyond what the key that asks may give: nothing is posted until somebody else approves."""

    key = models.CharField(max_length=120, help_text="Idempotency key; once approved, its entry's.")
    content_hash = models.BinaryField(max_length=32, help_text="SHA-256 of what was asked for.")
    member_number = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    points = models.BigIntegerField()
    reason = models.CharField(max_length=60)
    note = models.CharField(max_length=400)
    branch_code = models.CharField(max_length=60, blank=True)
    expires_on = models.DateField(null=True)
    asked_by = models.ForeignKey(
        "store.ApiKey", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.WAITING)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "waiting_adjustment"
        constraints = [
            models.UniqueConstraint("merchant_id", "key", name="waiting_adjustment_once"),
            models.CheckConstraint(condition=Q(state__in=ApprovalState.values), name="waiting_adjustment_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by="")
                | (~Q(state="waiting") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="waiting_adjustment_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                "merchant_id", "asked_at", "id", name="waiting_adjustment_by_time", condition=Q(state="waiting")
            )
        ]
