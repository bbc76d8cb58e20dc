"""Whose pages these are: a signed-in user's place at a merchant."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from wafa.store.models import Staff
from wafa.store.net import across_merchants


def staff_of(user: AbstractBaseUser) -> Staff | None:
    """The user's staff row with its merchant and branch, or None.

    The one query that cannot name a merchant, since it is what finds it: a user has one place at most, and
    everything after this is asked through `objects.of(…)` with the merchant found here.
    """
    with across_merchants():
        return QuerySet(Staff).select_related("merchant", "branch").filter(user_id=user.pk).first()
