"""What others made and Wafa ships: named with its licence, small, and the same compressed or not."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

import wafa.web

VENDOR = Path(wafa.web.__file__).parent / "static" / "vendor"
FOLDERS = sorted(path.name for path in VENDOR.iterdir() if path.is_dir())
TEMPLATES = Path(wafa.web.__file__).parent / "templates"


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_has_its_licence_and_its_line(folder: str) -> None:
    assert re.search(
        rf"^\| `{folder}/` \| `\S+` \| \d+\.\d+\.\d+ \| ", (VENDOR / "README.md").read_text(), re.MULTILINE
    )
    assert {"LICENSE", "OFL.txt"} & {path.name for path in (VENDOR / folder).iterdir()}


def test_all_of_it_is_small() -> None:
    assert sum(path.stat().st_size for path in VENDOR.rglob("*") if path.is_file()) < 3_000_000


@pytest.mark.parametrize("path", sorted(VENDOR.rglob("*.gz")), ids=lambda path: path.name)
def test_what_is_compressed_is_what_lies_beside_it(path: Path) -> None:
    assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_a_browser_gets_the_small_one() -> None:
    answer = Client().get("/static/vendor/tabler/tabler.min.css", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < 120_000


def test_every_icon_is_used_and_every_one_that_is_used_is_there() -> None:
    there = {path.stem for path in (VENDOR / "tabler-icons").glob("*.svg")}
    text = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    from wafa.web.console.shown import ICONS

    used = set(re.findall(r'{% icon "([a-z0-9-]+)"', text)) | {*ICONS.values(), "info-circle"}
    assert there == used
