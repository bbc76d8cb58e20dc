"""`wafa import items FILE`: what the shop sells, as rules ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import override

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.jobs.imports.items import import_items as bring
from wafa.wording.languages import ALL, ENGLISH


def import_items(
    file: Annotated[Path, typer.Argument(help="CSV (plain, .gz or .xz) or XLSX.", show_default=False)],
    merchant: MerchantOption = None,
    encoding: Annotated[str | None, typer.Option(help="Of a CSV that is not UTF-8, e.g. cp1256 or utf-16.")] = None,
    lang: Annotated[str, typer.Option(help="Of the report: en, ar or fa.")] = ENGLISH,
) -> None:
    """Make or bring up to date items and categories. The same file again changes nothing."""
    if lang not in ALL:
        raise UsageError(f"--lang must be one of {', '.join(ALL)}.")
    with override(lang):
        catalogue = bring(find_merchant(merchant), file, encoding)
        print(f"{_('Items')}: {len(catalogue.items):,}")
        print(f"{_('Categories')}: {len(catalogue.categories):,}")
