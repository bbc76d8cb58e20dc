"""Programme versions: the rules in force, as typed JSON."""

from django.db import models

from wafa.store.scope import MerchantOwned


class VersionState(models.TextChoices):
    """Where a version is in its life; from `live` on its rules cannot be changed."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


class ProgrammeVersion(MerchantOwned):
    """The rules of a merchant's programme from `starts_at` on, until a later version starts."""

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    starts_at = models.DateTimeField()
    body = models.JSONField(help_text="See docs/reference/programme.md.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "programme_version"
        constraints = [
            models.UniqueConstraint("merchant_id", "number", name="programme_version_number_once"),
            models.UniqueConstraint(
                "merchant_id",
                "starts_at",
                name="programme_version_start_once",
                condition=~models.Q(state="draft"),
            ),
        ]
