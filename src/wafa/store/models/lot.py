"""Lots and awards: points with one expiry, and the rules that gave them."""

from django.db import models
from django.db.models import F, Q

from wafa.store.scope import MerchantOwned


class Lot(MerchantOwned):
    """Points credited together, with one first and one last day. What is left of it, and where, is a projection."""

    origin = models.ForeignKey(
        "store.Wallet",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="The wallet that it was opened in; a merge moves it to another.",
    )
    wallet = models.ForeignKey("store.Wallet", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    entry = models.ForeignKey("store.Entry", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    document = models.ForeignKey(
        "store.Document", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    issuing_branch = models.ForeignKey(
        "store.Branch", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    sequence = models.BigIntegerField(help_text="The sequence of the entry that opened it: the lower, the older.")
    points = models.BigIntegerField(help_text="Size when it was opened.")
    remaining = models.BigIntegerField(help_text="What can be drawn, or will be once it is no longer pending.")
    held = models.BigIntegerField(default=0, help_text="Points of it that are reserved at a till.")
    expired = models.BigIntegerField(default=0, help_text="Points of it that ran out.")
    answered = models.BigIntegerField(
        default=0, help_text="Expired points that have answered for a clawed-back one, each once (law 6)."
    )
    covered = models.BigIntegerField(
        default=0, help_text="Points that others, or debt, have given in place of what it no longer had (law 6)."
    )
    pending = models.BooleanField(default=False, help_text="Whether its points cannot be spent yet.")
    available_at = models.DateTimeField(null=True, help_text="When they can by themselves; null: an event says when.")
    expires_on = models.DateField(null=True, help_text="The last day on which it can be spent; null: never expires.")
    idle_months = models.SmallIntegerField(
        null=True, help_text="After how many months without activity it expires: each activity moves its last day."
    )

    class Meta:
        db_table = "lot"
        constraints = [
            models.CheckConstraint(
                condition=Q(remaining__gte=0, held__gte=0, expired__gte=0, covered__gte=0), name="lot_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=F("remaining") + F("held") + F("expired")), name="lot_within_its_size"
            ),
            models.CheckConstraint(
                condition=Q(answered__gte=0, answered__lte=F("expired")), name="lot_expired_answers_once"
            ),
            models.CheckConstraint(condition=Q(points__gt=0), name="lot_above_zero"),
            models.CheckConstraint(condition=Q(covered__lte=F("points")), name="lot_covered_within_its_size"),
        ]
        indexes = [
            models.Index(
                "merchant_id",
                "wallet_id",
                "expires_on",
                name="lot_open_by_wallet",
                condition=Q(remaining__gt=0),
            ),
            models.Index(
                "merchant_id", "expires_on", "wallet_id", name="lot_open_by_day", condition=Q(remaining__gt=0)
            ),
            models.Index("merchant_id", "document_id", name="lot_by_document"),
            models.Index("merchant_id", "wallet_id", name="lot_covered_by_wallet", condition=Q(covered__gt=0)),
            models.Index(
                "merchant_id", "available_at", "wallet_id", name="lot_pending_by_time", condition=Q(pending=True)
            ),
        ]


class Award(MerchantOwned):
    """What one rule gave for one receipt, and how much of it the receipt still holds."""

    entry = models.ForeignKey("store.Entry", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    document = models.ForeignKey("store.Document", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    lot = models.ForeignKey(Lot, null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    rule = models.CharField(max_length=60)
    qualifying = models.BooleanField(help_text="Whether its points count for the tier.")
    first_points = models.BigIntegerField(help_text="As first awarded; never changes.")
    held_points = models.BigIntegerField(help_text="After the returns so far.")

    class Meta:
        db_table = "award"
        constraints = [
            models.UniqueConstraint("merchant_id", "document_id", "entry_id", "rule", name="award_rule_once_a_receipt"),
            models.CheckConstraint(
                condition=Q(held_points__gte=0, held_points__lte=F("first_points")), name="award_within_first"
            ),
        ]
