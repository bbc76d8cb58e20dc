"""Members: the customers who joined the programme."""

from django.db import models

from wafa.store.scope import MerchantOwned


class MemberStatus(models.TextChoices):
    """Whether a member may earn and spend."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    CLOSED = "closed"


class Member(MerchantOwned):
    """A customer of the merchant, known by the number that the merchant's systems use."""

    number = models.CharField(max_length=60, help_text="The member's number in the source; normalised, unique.")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164, e.g. +966501234567; empty: none.")
    status = models.CharField(max_length=10, choices=MemberStatus.choices, default=MemberStatus.ACTIVE)
    enrolled_at = models.DateTimeField()

    class Meta:
        db_table = "member"
        constraints = [models.UniqueConstraint("merchant_id", "number", name="member_number_once")]

    def __str__(self) -> str:
        return self.number
