"""Which merchant a command is about."""

from typing import Annotated

import typer

from wafa.jobs.commands.errors import UsageError
from wafa.store.models import Merchant

MerchantOption = Annotated[
    str | None, typer.Option("--merchant", help="The merchant's code; not needed where there is one.")
]


def find_merchant(code: str | None) -> Merchant:
    """The merchant with that code, or the only one there is."""
    if code:
        merchant = Merchant.objects.filter(code=code).first()
        if merchant is None:
            raise UsageError(f"There is no merchant “{code}”.")
        return merchant
    merchants = list(Merchant.objects.order_by("code")[:2])
    if not merchants:
        raise UsageError("There is no merchant yet. “wafa demo” sets one up to try.")
    if len(merchants) > 1:
        raise UsageError("There are several merchants: say which one by --merchant CODE.")
    return merchants[0]
