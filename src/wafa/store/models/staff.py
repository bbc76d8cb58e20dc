"""Staff: which user may do what, and where."""

from django.conf import settings
from django.db import models

from wafa.store.scope import MerchantOwned


class Role(models.TextChoices):
    """What a member of staff is there for."""

    OWNER = "owner"
    BRANCH_MANAGER = "branch_manager"
    CASHIER = "cashier"


class Staff(MerchantOwned):
    """A user's place at a merchant. A branch manager and a cashier belong to one branch."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    branch = models.ForeignKey(
        "store.Branch", null=True, blank=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )

    class Meta:
        db_table = "staff"
        constraints = [
            models.UniqueConstraint("merchant_id", "user_id", name="staff_user_once"),
            models.CheckConstraint(
                condition=models.Q(role="owner") | models.Q(branch__isnull=False),
                name="staff_branch_unless_owner",
            ),
        ]
