"""Imports as real processes of their own, on the tests' database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

WAFA = str(Path(sys.executable).with_name("wafa"))


def start_import(file: Path, mapping: Path, *options: str, folder: Path) -> subprocess.Popen[str]:
    """Start `wafa import receipts`."""
    settings = connection.settings_dict
    database = make_conninfo(
        dbname=settings["NAME"],
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
    )
    return subprocess.Popen(
        [WAFA, "import", "receipts", str(file), "--mapping", str(mapping), *options],
        env={**os.environ, "DATABASE_URL": database},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
