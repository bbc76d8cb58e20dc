"""The merchant: a shop or a chain; the owner of everything else."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import models

from wafa.store.ids import new_id


class Merchant(models.Model):
    """A shop or chain with its currency, its time zone and its clock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120, blank=True)
    name_fa = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3, help_text="ISO 4217 code; all its amounts are in minor units of it.")
    time_zone = models.CharField(max_length=60, help_text="IANA name; a day of this merchant is a day there.")
    clock_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="A fixed instant the merchant's clock stands at; null: the system's time.",
    )
    hijri_shift = models.SmallIntegerField(
        default=0,
        db_default=0,
        help_text="Days by which its Hijri day runs ahead of Umm al-Qura, as where the moon is sighted.",
    )
    webhooks_reach_private = models.BooleanField(
        default=False, db_default=False, help_text="Whether its webhooks may go to addresses of private networks."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "merchant"

    def __str__(self) -> str:
        return self.code

    def now(self) -> datetime:
        """The merchant's clock (law 7): for points, never for sessions, keys or rate limits."""
        return self.clock_at or datetime.now(UTC)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this merchant's days begin and end."""
        return ZoneInfo(self.time_zone)

    def name(self, language: str) -> str:
        """The merchant's name in a language, English where that language has none."""
        return {"ar": self.name_ar, "fa": self.name_fa}.get(language[:2]) or self.name_en
