"""Progress: what counts towards tiers and windows, day by day."""

from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class Progress(MerchantOwned):
    """What counts of one day, dated by the receipts it came from. A projection."""

    wallet = models.ForeignKey("store.Wallet", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    day = models.DateField(help_text="The merchant's day on which the receipts happened.")
    qualifying = models.BigIntegerField(default=0, help_text="In units of the programme's measure.")
    spend_minor = models.BigIntegerField(default=0, help_text="Eligible amount that receipts of the day still hold.")
    visits = models.IntegerField(default=0, help_text="Receipts of the day that still hold an eligible amount.")

    class Meta:
        db_table = "progress"
        constraints = [
            models.UniqueConstraint("merchant_id", "wallet_id", "day", name="progress_day_once"),
            models.CheckConstraint(
                condition=Q(qualifying__gte=0, spend_minor__gte=0, visits__gte=0), name="progress_not_negative"
            ),
        ]
