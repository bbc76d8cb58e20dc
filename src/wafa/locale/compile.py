"""`python -m wafa.locale.compile`: the catalogues as the program reads them, made from those that people write."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).resolve().parent


def catalogues() -> list[Path]:
    """The catalogues that people write."""
    return sorted(HERE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """One of them; a faulty line is an error."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name, abort_invalid=True)
    # Compiled twice, the same twice.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return catalogue


def compiled(path: Path) -> bytes:
    """What the program reads for it."""
    target = BytesIO()
    write_mo(target, read(path))
    return target.getvalue()


def main() -> None:
    """Compile them all."""
    for path in catalogues():
        path.with_suffix(".mo").write_bytes(compiled(path))
        print(path.with_suffix(".mo").relative_to(HERE))


if __name__ == "__main__":
    main()
