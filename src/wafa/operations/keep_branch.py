"""Keeping a branch: opened where it is missing, called as it is called now."""

from uuid import UUID

from django.db import transaction

from wafa.operations.open_branches import open_branches
from wafa.store.models import Branch


def keep_branch(merchant_id: UUID, code: str, name: str) -> None:
    """Its code is for ever; its name may change."""
    with transaction.atomic():
        open_branches(merchant_id, {code: name})
        Branch.objects.of(merchant_id).filter(code=code).update(name=name)
