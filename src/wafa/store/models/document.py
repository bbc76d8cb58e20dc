"""Documents: purchases and returns as they came from a source."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wafa.store.scope import MerchantOwned


class DocumentKind(models.TextChoices):
    """What a document records."""

    PURCHASE = "purchase"
    RETURN = "return"
    EXCHANGE = "exchange"
    VOID = "void"
    CANCEL_RETURN = "cancel_return"


class DocumentNumber(MerchantOwned):
    """The claim on a number: unique for ever, taken before anything else is locked (law 4).

    Its id is the document's. A refused document gives its number back in the same transaction; a return that came
    before its receipt keeps the receipt's number for it.
    """

    source = models.CharField(max_length=60)
    period = models.CharField(max_length=20, blank=True, help_text="Numbering period of a source that starts again.")
    number = models.CharField(max_length=60)

    class Meta:
        db_table = "document_number"
        constraints = [
            models.UniqueConstraint("merchant_id", "source", "period", "number", name="document_number_once")
        ]


class Document(MerchantOwned):
    """A purchase, a return, or what annuls one; append-only. Without a member it is anonymous and earns nothing."""

    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    source = models.CharField(max_length=60)
    period = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=60)
    content_hash = models.BinaryField(max_length=32, help_text="SHA-256 of what the source sent.")
    member = models.ForeignKey("store.Member", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    member_number = models.CharField(max_length=60, blank=True, help_text="The member's number as the source gave it.")
    named_member = models.ForeignKey(
        "store.Member",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="Of an anonymous document: the member whom the source named, and who could not be credited.",
    )
    anonymous_reason = models.CharField(
        max_length=40,
        blank=True,
        help_text="Why a member named by the source was not credited, e.g. member_blocked.",
    )
    branch = models.ForeignKey("store.Branch", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    occurred_at = models.DateTimeField(help_text="When it happened, by the source.")
    posted_at = models.DateTimeField(help_text="When it was counted, by the merchant's clock.")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(help_text="Sum of the lines' amounts.")
    receipt = models.ForeignKey(
        DocumentNumber,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="Of a return or an exchange: the purchase that it names; of what annuls: the document annulled.",
    )
    waited = models.BooleanField(default=False, help_text="A return that came before the receipt that it names.")
    tax_minor = models.BigIntegerField(null=True)
    discount_minor = models.BigIntegerField(null=True)
    withheld_minor = models.BigIntegerField(
        default=0, help_text="What the till kept of the money for points that were no longer there."
    )
    channel = models.CharField(max_length=20, blank=True)
    tags = ArrayField(models.CharField(max_length=60), default=list)
    payments = models.JSONField(default=list, help_text='[{"method": "cash", "amount_minor": 1250}, …]')

    class Meta:
        db_table = "document"
        constraints = [
            models.UniqueConstraint(
                "merchant_id",
                "receipt_id",
                "kind",
                name="document_annulled_once",
                condition=Q(kind__in=["void", "cancel_return"]),
            ),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(condition=Q(withheld_minor__gte=0), name="document_withheld_not_negative"),
            models.CheckConstraint(
                condition=Q(waited=False) | Q(kind="return", receipt__isnull=False), name="document_waits_for_a_receipt"
            ),
        ]
        indexes = [
            models.Index("merchant_id", "receipt_id", name="document_by_receipt", condition=Q(receipt__isnull=False)),
            models.Index("merchant_id", "member_id", "occurred_at", name="document_by_member"),
            models.Index("merchant_id", F("occurred_at").desc(), F("id").desc(), name="document_by_time"),
            models.Index("merchant_id", "branch_id", F("occurred_at").desc(), name="document_by_branch"),
        ]


class DocumentLine(MerchantOwned):
    """One line of a document: in a purchase what was sold, in a return what came back."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    member = models.ForeignKey("store.Member", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    position = models.PositiveIntegerField(help_text="1 for the first line.")
    item = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    quantity_milli = models.BigIntegerField(help_text="Thousandths of a unit: 6 pieces are 6000.")
    amount_minor = models.BigIntegerField(help_text="Of the whole line, after discounts, tax included.")
    tax_minor = models.BigIntegerField(null=True)
    discount_minor = models.BigIntegerField(null=True)
    tags = ArrayField(models.CharField(max_length=60), default=list)
    unit_price_micro = models.BigIntegerField(
        null=True, help_text="In millionths of a minor unit, where the amount is quantity x price, rounded."
    )
    is_returned = models.BooleanField(default=False, help_text="It came back; else it was sold.")
    returned_milli = models.BigIntegerField(default=0, help_text="Of a sold line: how much has come back.")

    class Meta:
        db_table = "document_line"
        constraints = [
            models.UniqueConstraint("merchant_id", "document_id", "position", name="document_line_position_once"),
            models.CheckConstraint(condition=Q(quantity_milli__gt=0), name="document_line_quantity_above_zero"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="document_line_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(returned_milli__gte=0, returned_milli__lte=F("quantity_milli")),
                name="document_line_returned_at_most_sold",
            ),
        ]
        indexes = [
            models.Index(
                "merchant_id",
                "member_id",
                "item",
                name="document_line_by_item",
                condition=Q(member__isnull=False),
            )
        ]


class ReturnMatch(MerchantOwned):
    """Which sold line a returned line was matched to, and how much of it; below zero, taken back. Append-only."""

    returned_line = models.ForeignKey(
        DocumentLine, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    sold_line = models.ForeignKey(
        DocumentLine, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    quantity_milli = models.BigIntegerField()

    class Meta:
        db_table = "return_match"
        constraints = [models.CheckConstraint(condition=~Q(quantity_milli=0), name="return_match_not_zero")]
        indexes = [
            models.Index("merchant_id", "sold_line_id", name="return_match_by_sold_line"),
            models.Index("merchant_id", "returned_line_id", name="return_match_by_returned"),
        ]
