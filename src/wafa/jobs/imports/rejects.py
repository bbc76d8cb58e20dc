"""The rejects file: every row that was not counted, where it stands, why, and all that it said."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.session import Session
from wafa.jobs.imports.staged_rows import PARTS_OF_RAW
from wafa.jobs.imports.table_file import OWN_HEADINGS

_REJECTED = """
    SELECT r.line, coalesce(f.number, ''), coalesce(r.reason, x.reason), r.raw
    FROM import_row r
    LEFT JOIN import_facts f USING (facts)
    LEFT JOIN import_place p USING (facts)
    LEFT JOIN import_refused x USING (place)
    WHERE r.reason IS NOT NULL OR x.reason IS NOT NULL
    ORDER BY r.line
"""

_A_NUMBER = re.compile(r"[+-][0-9.,٫٬\u0660-\u0669\u06f0-\u06f9]+")
_RUNS_IN_A_SPREADSHEET = frozenset("=+-@\t\r")


def check_place(path: Path, source: Path) -> None:
    """Refuse a place where the file could not be written, before anything is counted."""
    if path.exists() and (path.is_dir() or path.resolve() == source.resolve()):
        raise UsageError(_("{file} cannot be the rejects file; name another with --rejects.").format(file=path))
    if not os.access(path.parent, os.W_OK):
        message = _("The rejects file {file} cannot be written there; name another with --rejects.")
        raise UsageError(message.format(file=path))


def write(session: Session, path: Path, heading: list[str], delimiter: str) -> int:
    """Write the rejected rows in the file's order; answers how many. Where there are none, neither is the file."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    rows = 0
    try:
        # With the mark that tells Excel that it is UTF-8.
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
            out.writerow(OWN_HEADINGS + [guarded(name) for name in heading])
            for line, number, reason, raw in session.stream(_REJECTED):
                out.writerow([line, guarded(number), reason, *map(guarded, raw.split(PARTS_OF_RAW))])
                rows += 1
        if rows:
            draft.replace(path)
        else:
            path.unlink(missing_ok=True)  # of an earlier run
    finally:
        draft.unlink(missing_ok=True)
    return rows


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain number with its sign is none."""
    if cell[:1] in _RUNS_IN_A_SPREADSHEET and not _A_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
