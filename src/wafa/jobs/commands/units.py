"""Units as people name them at the command line."""

from typing import Annotated

import typer

from wafa.jobs.commands.errors import UsageError
from wafa.queries.members import units_of
from wafa.store.models import Merchant

UnitOption = Annotated[str, typer.Option("--unit", help="Points, or the code of another unit of the programme.")]


def check_unit(code: str, merchant: Merchant) -> str:
    """The unit's code, if the programme has it, or has had it."""
    known = units_of(merchant)
    if code not in known:
        raise UsageError(f"There is no unit “{code}”. The programme's units are: {', '.join(known)}.")
    return code
