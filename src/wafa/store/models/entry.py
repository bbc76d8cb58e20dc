"""Entries and their balanced postings: the append-only ledger."""

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform

from wafa.core.ledger import accounts
from wafa.core.ledger.entry import KINDS, REWARD
from wafa.store.scope import MerchantOwned


class Entry(MerchantOwned):
    """One movement of one wallet: who, why, by which rules, and what the wallet held afterwards."""

    wallet = models.ForeignKey("store.Wallet", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    sequence = models.BigIntegerField(help_text="1 for the wallet's first entry, without gaps.")
    kind = models.CharField(max_length=20, help_text="See core.ledger.entry.")
    document = models.ForeignKey(
        "store.Document", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    occurred_at = models.DateTimeField()
    posted_at = models.DateTimeField()
    programme_version = models.ForeignKey(
        "store.ProgrammeVersion", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    turn = models.SmallIntegerField(default=0, help_text="Which entry about its document it is; 0 for the first.")
    of = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        help_text="The entry that it answers: the hold that it captures, the redemption that it cancels.",
    )
    redeeming_branch = models.ForeignKey(
        "store.Branch", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    request_key = models.CharField(max_length=120, null=True, help_text="Idempotency key of what asked for it.")
    request_hash = models.BinaryField(max_length=32, null=True, help_text="SHA-256 of what was asked for.")
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
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="entry_kind_known"),
            models.CheckConstraint(condition=Q(sequence__gt=0, turn__gte=0), name="entry_counts_up"),
            models.CheckConstraint(
                condition=Q(available_after__gte=0, pending_after__gte=0, held_after__gte=0, debt_after__gte=0)
                & (Q(available_after=0) | Q(debt_after=0)),
                name="entry_leaves_what_can_be",
            ),
            models.UniqueConstraint("merchant_id", "wallet_id", "sequence", name="entry_sequence_once"),
            models.UniqueConstraint(
                "merchant_id",
                "document_id",
                "turn",
                name="entry_document_counts_once",
                condition=Q(document__isnull=False),
            ),
            models.UniqueConstraint(
                "merchant_id",
                "of_id",
                "kind",
                "wallet_id",
                name="entry_answered_once",
                condition=Q(of__isnull=False),
            ),
            models.UniqueConstraint(
                "merchant_id", "request_key", name="entry_request_once", condition=Q(request_key__isnull=False)
            ),
            models.UniqueConstraint(
                F("merchant_id"),
                F("wallet_id"),
                KeyTextTransform("activity", "explanation"),
                KeyTextTransform("period", "explanation"),
                name="entry_activity_once_a_period",
                condition=Q(kind=REWARD),
            ),
            models.CheckConstraint(
                condition=Q(request_key__isnull=True, request_hash__isnull=True)
                | Q(request_key__isnull=False, request_hash__isnull=False),
                name="entry_request_whole",
            ),
        ]
        indexes = [
            models.Index("merchant_id", "posted_at", "id", name="entry_by_time"),
            models.Index(
                *("merchant_id", "redeeming_branch_id", "posted_at", "id"),
                name="entry_at_tills_by_time",
                condition=Q(redeeming_branch__isnull=False),
            ),
        ]


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
    for_lot = models.ForeignKey(
        "store.Lot",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="The lot in whose place these points are taken, or owed (law 6).",
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
            models.Index(
                "merchant_id", "for_lot_id", name="posting_by_covered_lot", condition=Q(for_lot__isnull=False)
            ),
        ]
