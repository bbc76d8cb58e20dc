"""Previewing a purchase: what each rule would give, why not, and what was near. Writes nothing, locks nothing."""

from uuid import UUID

from wafa.core.commands import RecordPurchase
from wafa.core.decide.preview import Preview
from wafa.core.decide.preview import preview as decide
from wafa.core.outcomes import Refused
from wafa.core.programme import Programme
from wafa.store.loading.preview import load_for_preview

__all__ = ["Preview", "preview"]


def preview(merchant_id: UUID, command: RecordPurchase, instead: Programme | None = None) -> Preview | Refused:
    """By the rules in force when it happened, or by others `instead`, such as those of a draft."""
    return decide(load_for_preview(merchant_id, command, instead), command)
