"""Keys by which other programs are let in: tills, web shops, ERPs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wafa.store.scope import MerchantOwned


class Scope(models.TextChoices):
    """What a key may do. To read and to write are two things: who writes members need not read them all."""

    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    WALLETS_READ = "wallets:read"
    PURCHASES_READ = "purchases:read"
    PURCHASES_WRITE = "purchases:write"
    RETURNS_WRITE = "returns:write"
    REDEMPTIONS_WRITE = "redemptions:write"
    ACTIVITIES_WRITE = "activities:write"
    ADJUSTMENTS_WRITE = "adjustments:write"
    ADJUSTMENTS_APPROVE = "adjustments:approve"
    TRANSFERS_WRITE = "transfers:write"
    PROGRAMME_READ = "programme:read"
    PROGRAMME_WRITE = "programme:write"
    EVENTS_READ = "events:read"
    WEBHOOKS_WRITE = "webhooks:write"
    KEYS_WRITE = "keys:write"


TILL_SCOPES = frozenset(
    {
        Scope.MEMBERS_READ,
        Scope.MEMBERS_WRITE,
        Scope.WALLETS_READ,
        Scope.PURCHASES_READ,
        Scope.PURCHASES_WRITE,
        Scope.RETURNS_WRITE,
        Scope.REDEMPTIONS_WRITE,
        Scope.PROGRAMME_READ,
    }
)
"""What a till needs, and what a key has that is made without naming any."""


class ApiKey(MerchantOwned):
    """What one program may do, and where. Its secret is shown once, when it is made; here is only a hash of it."""

    name = models.CharField(max_length=60, help_text="What it is for; entries name it as their actor.")
    secret_hash = models.BinaryField(max_length=32, help_text="SHA-256 of the whole token.")
    scopes = ArrayField(models.CharField(max_length=30), help_text="What it may do: see docs/reference/api.md.")
    branches = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="Codes; it acts for no other. Empty: all."
    )
    till = models.CharField(max_length=60, blank=True, help_text="The one source that it sends for; empty: any.")
    adjusts_most = models.BigIntegerField(
        null=True, help_text="Points that it may give or take by hand at once, without a second person's approval."
    )
    requests_a_minute = models.IntegerField(null=True, help_text="More are refused; null: no limit.")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, help_text="By the system's clock; null: never.")
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True, help_text="To the minute, about.")
    follows = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="The key in whose place it was made.",
    )

    class Meta:
        db_table = "api_key"
        constraints = [
            models.UniqueConstraint("merchant_id", "secret_hash", name="api_key_secret_once"),
            models.CheckConstraint(condition=Q(adjusts_most__gte=0), name="api_key_limit_not_negative"),
            models.CheckConstraint(condition=Q(requests_a_minute__gt=0), name="api_key_rate_above_zero"),
        ]

    def __str__(self) -> str:
        return self.name
