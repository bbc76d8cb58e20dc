"""The examples of the guide are run as they stand there, against a server, one after the other."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wafa
from tests.config.processes import environment, python, serving
from tests.config.test_api_faults import OPEN_A_SHOP
from wafa.config.embedded import Layout

GUIDE = Path(wafa.__file__).parents[2] / "docs" / "guides" / "api.md"
BLOCK = re.compile(r"^```(bash|python|javascript)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> str:
    """All examples in a language, one after the other."""
    return "\n".join(code for kind, code in BLOCK.findall(GUIDE.read_text("utf-8")) if kind == language)


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_every_example_works(home: Path, layout: Layout, tmp_path: Path) -> None:
    opened = python(OPEN_A_SHOP.replace('"faults"', '"guide"'), home)
    said, complained = opened.communicate(timeout=60)
    assert opened.returncode == 0, complained
    with serving(home, tmp_path / "log") as (_, port):
        known = {"WAFA_URL": f"http://127.0.0.1:{port}", "WAFA_KEY": said.strip()}
        for program in (["bash", "-euc", blocks("bash")], [sys.executable, "-c", blocks("python")]):
            done = subprocess.run(program, env=environment(home, **known), capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stdout + done.stderr
        assert _in_a_browser(blocks("javascript"), known) == "done"


def _in_a_browser(code: str, known: dict[str, str]) -> str:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if not chromium:
        return "done"
    constants = "".join(f"const {name} = {value!r};" for name, value in known.items())
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{known['WAFA_URL']}/healthz")
        said = page.evaluate(f"(async () => {{ {constants} {code}; return 'done'; }})()")
        browser.close()
    return str(said)
