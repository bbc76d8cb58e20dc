"""What members show to be known by, besides their number: cards, and the code on their phone."""

from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class TokenKind(models.TextChoices):
    """A card's number is printed on it; a QR token is a secret that the member's phone shows."""

    CARD = "card"
    QR = "qr"


class MemberToken(MerchantOwned):
    """A card or a QR token of a member. To show it at a till is a proof that it is them."""

    member = models.ForeignKey("store.Member", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    kind = models.CharField(max_length=10, choices=TokenKind.choices)
    value = models.CharField(max_length=64, help_text="A card's number; of a QR token the SHA-256, in hexadecimal.")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, help_text="Lost, or replaced: it opens nothing any more.")

    class Meta:
        db_table = "member_token"
        constraints = [
            models.UniqueConstraint("merchant_id", "kind", "value", name="member_token_once"),
            models.CheckConstraint(condition=Q(kind__in=TokenKind.values), name="member_token_kind_known"),
        ]
        indexes = [models.Index("merchant_id", "member_id", name="member_token_by_member")]
