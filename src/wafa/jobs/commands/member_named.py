"""Members as people name them at the command line: by the number on a card."""

from datetime import datetime

from wafa.jobs.commands.errors import UsageError
from wafa.queries.members import survivor_of
from wafa.store.models import Member, Merchant
from wafa.wording.normalise import clean_reference


def find_member(number: str, merchant: Merchant, at: datetime) -> Member:
    """The member whom a number stood for at an instant."""
    found = survivor_of(merchant, clean_reference(number), at)
    if found is None:
        raise UsageError(f"There is no member “{number}”.")
    return found
