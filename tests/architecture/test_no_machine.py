"""No file speaks of the machine that it was written on: neither its folders nor the hosts that it fetched from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, shown, text_of

PUBLIC = ("pypi.org", "docs.npmjs.com")

FOLDERS = re.compile(r"(?<![\w.~-])/(?:home|Users)/[a-z][\w.-]*|(?<![\w.~-])/root/[\w.]|\b[A-Z]:\\+Users\\+\w")
HOSTS = re.compile(
    r"""
    https?://(?:[\w.-]+@)?(?P<host>[\w.-]*\b(?:registry|mirrors?|artifactory|nexus|goproxy|pypi|npm|proxy)\b[\w.-]*)
    | https?://(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+)+      # a private network's address
    | ^\s*(?:--)?(?:extra-)?index-url\b                                 # where an installer is told to look
    """,
    re.VERBOSE | re.MULTILINE,
)


def mentions(text: str, here: Path = ROOT) -> list[str]:
    """Folders and hosts of a machine, this one's own among them, that a text speaks of."""
    found = [match.group() for match in FOLDERS.finditer(text)]
    found += [match.group() for match in HOSTS.finditer(text) if match["host"] not in PUBLIC]
    own = str(here)
    if len(here.parts) > 2 and re.search(re.escape(own) + r"(?![\w-])", text):
        found.append(own)
    return [each.strip() for each in found]


def test_no_file_speaks_of_a_machine() -> None:
    found = {shown(path): mentions(text_of(path)) for path in files()}
    assert len(found) > 200
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "text",
    [
        "see https://docs.python.org/3/ and https://pypi.org/project/django",
        "http://127.0.0.1:8000/home/ and http://localhost/Users/",
        "the home page, /homes, ~/.config, $HOME/wafa, /tmp/x, /var/lib/wafa, /etc/wafa.toml",
        "https://example.org/home/page",
        "a reverse proxy, a mirror of the data, the registry of companies",
        "10.0.0.1 is an address",
        "root /rooted",
    ],
)
def test_what_may_be_said(text: str) -> None:
    assert mentions(text, Path("/srv/till/wafa")) == []


# Put together here, for this very file is looked at as well.
SLASH = "/"


@pytest.mark.parametrize(
    "text",
    [
        f"open('{SLASH}home{SLASH}layla/wafa/x.csv')",
        f"{SLASH}Users{SLASH}omid",
        f"{SLASH}root{SLASH}.venv/bin/python",
        "C:" + r"\Users" + r"\sara\wafa",
        f"see {SLASH}srv/till/wafa/src for more",
        f"https:{SLASH}/registry.example/simple",
        f"https:{SLASH}/user@npm.mirror.example",
        f"http:{SLASH}/pypi-proxy.internal:8080/x",
        f"https:{SLASH}/not-pypi.org/",
        f"http:{SLASH}/10.1.2.3:8000",
        f"http:{SLASH}/172.20.0.2/",
        "--index" + "-url=somewhere",
        "[tool]\n  extra-index" + "-url = 'x'",
    ],
)
def test_what_may_not(text: str) -> None:
    assert len(mentions(text, Path("/srv/till/wafa"))) == 1
