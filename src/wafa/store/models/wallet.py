"""Wallets: what a member holds in one unit, and where they stand."""

from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class WalletStatus(models.TextChoices):
    """Whether it can still be credited; locked with its row, where a member's own state is not."""

    OPEN = "open"
    ABSORBED = "absorbed"
    CLOSED = "closed"


class Wallet(MerchantOwned):
    """A projection of the ledger: moved in the same transaction as its entries, reproducible from them."""

    member = models.ForeignKey("store.Member", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    unit = models.CharField(max_length=20, default="points")
    available = models.BigIntegerField(
        default=0, help_text="Points that can be spent, lapsed ones included until expired."
    )
    pending = models.BigIntegerField(default=0, help_text="Points earned, not usable yet.")
    held = models.BigIntegerField(default=0, help_text="Points reserved at a till.")
    debt = models.BigIntegerField(default=0, help_text="Points owed to the programme.")
    qualifying = models.BigIntegerField(default=0, help_text="Points that count for the tier.")
    eligible_purchases = models.IntegerField(
        default=0, help_text="How many purchases still hold an eligible amount above zero."
    )
    tier = models.CharField(max_length=40, blank=True, help_text="Code of the tier held; empty before the first entry.")
    sequence = models.BigIntegerField(default=0, help_text="Number of the wallet's latest entry.")

    below_since = models.DateField(null=True, help_text="Since when less than the tier held is supported.")
    status = models.CharField(max_length=10, choices=WalletStatus.choices, default=WalletStatus.OPEN)
    posted_at = models.DateTimeField(null=True, help_text="When its latest entry was posted; none is posted before it.")

    class Meta:
        db_table = "wallet"
        constraints = [
            models.UniqueConstraint("merchant_id", "member_id", "unit", name="wallet_once"),
            models.CheckConstraint(
                condition=Q(available__gte=0, pending__gte=0, held__gte=0, debt__gte=0),
                name="wallet_not_negative",
            ),
            models.CheckConstraint(condition=Q(available=0) | Q(debt=0), name="wallet_debt_paid_first"),
            models.CheckConstraint(condition=Q(eligible_purchases__gte=0), name="wallet_purchases_not_negative"),
            models.CheckConstraint(condition=Q(qualifying__gte=0), name="wallet_qualifying_not_negative"),
            models.CheckConstraint(condition=Q(status__in=WalletStatus.values), name="wallet_status_known"),
        ]
        indexes = [models.Index("merchant_id", "tier", name="wallet_by_tier")]
