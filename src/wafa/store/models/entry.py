"""Entries and their balanced postings: the append-only ledger."""

from django.db import models
from django.db.models import Q

from wafa.core.ledger import accounts
from wafa.store.scope import MerchantOwned


class Entry(MerchantOwned):
    """One movement of one wallet: who, why, by which rules, and what the wallet held afterwards."""

    wallet = models.ForeignKey("store.Wallet", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    sequence = models.BigIntegerField(help_text="1 for the wallet's first entry, without gaps.")
    kind = models.CharField(max_length=20, help_text="accrual, clawback, expiry.")
    document = models.ForeignKey(
        "store.Document", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    occurred_at = models.DateTimeField()
    posted_at = models.DateTimeField()
    programme_version = models.ForeignKey(
        "store.ProgrammeVersion", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    actor_kind = models.CharField(max_length=10, help_text="user, api_key, till or job.")
    actor_name = models.CharField(max_length=80)
    points = models.BigIntegerField(help_text="Change of available + pending + held - debt.")
    explanation = models.JSONField(help_text="The slip: see docs/reference/explanations.md.")
    context = models.JSONField(null=True, help_text="Every fact that a rule read (law 6); of accruals only.")
    available_after = models.BigIntegerField()
    pending_after = models.BigIntegerField()
    held_after = models.BigIntegerField()
    debt_after = models.BigIntegerField()
    tier_after = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "entry"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["accrual", "clawback", "expiry"]), name="entry_kind_known"),
            models.UniqueConstraint("merchant_id", "wallet_id", "sequence", name="entry_sequence_once"),
            models.UniqueConstraint(
                "merchant_id",
                "document_id",
                name="entry_document_counts_once",
                condition=Q(document__isnull=False),
            ),
        ]
        indexes = [models.Index("merchant_id", "posted_at", "id", name="entry_by_time")]


class Posting(MerchantOwned):
    """One leg of an entry. The points of an entry's postings add up to nothing."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    account = models.CharField(max_length=12, help_text="See core.ledger.accounts.")
    lot = models.ForeignKey("store.Lot", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    document = models.ForeignKey(
        "store.Document",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        help_text="The receipt that the points are about.",
    )
    points = models.BigIntegerField()

    class Meta:
        db_table = "posting"
        constraints = [
            models.CheckConstraint(condition=~Q(points=0), name="posting_not_zero"),
            models.CheckConstraint(condition=Q(account__in=accounts.ALL), name="posting_account_known"),
        ]
        indexes = [
            models.Index("merchant_id", "entry_id", name="posting_by_entry"),
            models.Index("merchant_id", "lot_id", name="posting_by_lot", condition=Q(lot__isnull=False)),
        ]
