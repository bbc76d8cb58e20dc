"""Members: the customers who joined the programme."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wafa.store.scope import MerchantOwned


class MemberStatus(models.TextChoices):
    """Whether a member may earn and spend."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    CLOSED = "closed"


class BirthCalendar(models.TextChoices):
    """The calendar in which a member has a birthday."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"
    HIJRI = "hijri"


class Member(MerchantOwned):
    """A customer of the merchant, known by the number that the merchant's systems use."""

    number = models.CharField(max_length=60, help_text="The member's number in the source; normalised, unique.")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164, e.g. +966501234567; empty: none.")
    email = models.CharField(max_length=254, blank=True, db_default="", help_text="As it was given; empty: none.")
    language = models.CharField(max_length=2, blank=True, db_default="", help_text="en, ar or fa; empty: not said.")
    consents = models.JSONField(
        default=dict,
        blank=True,
        db_default={},
        help_text='What they agreed to or not, and since when: {"sms": {"given": true, "at": "2026-01-31T…"}}',
    )
    pin_hash = models.CharField(max_length=128, blank=True, db_default="", help_text="Django's; empty: has no PIN.")
    status = models.CharField(max_length=10, choices=MemberStatus.choices, default=MemberStatus.ACTIVE)
    enrolled_at = models.DateTimeField()
    born_on = models.DateField(null=True, blank=True)
    birth_calendar = models.CharField(
        max_length=10,
        choices=BirthCalendar.choices,
        default=BirthCalendar.GREGORIAN,
        db_default=BirthCalendar.GREGORIAN,
    )
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="Segments that rules name.")
    referrer = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="The member who brought this one along.",
    )
    survivor = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="The member that this one was merged into, in the end; its number stands for that one's.",
    )

    class Meta:
        db_table = "member"
        constraints = [
            models.UniqueConstraint("merchant_id", "number", name="member_number_once"),
            models.CheckConstraint(condition=Q(status__in=MemberStatus.values), name="member_status_known"),
            models.CheckConstraint(
                condition=Q(birth_calendar__in=BirthCalendar.values), name="member_birth_calendar_known"
            ),
            models.CheckConstraint(condition=~Q(survivor=F("id")), name="member_survived_by_another"),
            models.CheckConstraint(condition=~Q(referrer=F("id")), name="member_referred_by_another"),
        ]
        indexes = [
            models.Index("merchant_id", "survivor_id", name="member_by_survivor", condition=Q(survivor__isnull=False)),
            models.Index("merchant_id", "referrer_id", name="member_by_referrer", condition=Q(referrer__isnull=False)),
            models.Index("merchant_id", "born_on", name="member_by_birth", condition=Q(born_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number
