"""Opening branches: those of a chain, or those that an import names."""

from collections.abc import Mapping
from uuid import UUID

from wafa.store.newcomers import make_newcomers


def open_branches(merchant_id: UUID, branches: Mapping[str, str]) -> None:
    """Make the branches that are missing (code -> name); those that are there keep their names."""
    make_newcomers(merchant_id, (), branches)
