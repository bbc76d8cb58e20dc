"""The API under load while the database and a web process are killed: what was accepted is there, and there once."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.config.processes import descendants, kill_postmaster, python, query, serving, wafa, wait_for
from wafa.config.embedded import Layout

OPEN_A_SHOP = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "wafa.config.settings"
import django
django.setup()
from wafa.config import command, embedded
command.prepare()
from datetime import UTC, datetime
from wafa.operations.api_keys import KeyTerms, create_key
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.open_branches import open_branches
from wafa.operations.publish_programme import publish_programme
from wafa.store.models import Merchant
shop = Merchant.objects.create(code="faults", name_en="Shop", currency="SAR", time_zone="Asia/Riyadh")
begun = datetime(2020, 1, 1, tzinfo=UTC)
base = {"code": "base", "kind": "per_amount", "points": 1, "per_minor": 100, "qualifying": True, "name": {"en": "Base"}}
tier = {"code": "member", "from": 0, "name": {"en": "Member"}}
publish_programme(shop, {"tiers": [tier], "expiry": {"kind": "never"}, "rules": [base]}, begun)
open_branches(shop.id, {"main": "Main"})
enrol(shop.id, [NewMember(f"m{n}", begun) for n in range(20)])
print(create_key(shop.id, KeyTerms("till"))[1])
embedded.leave()
"""
CLIENTS = 8
BACK_SECONDS_MAX = 10


@dataclass
class Load:
    """Clients that send receipt after receipt, each until it is answered with its points."""

    port: int
    token: str
    stop: threading.Event = field(default_factory=threading.Event)
    accepted: list[str] = field(default_factory=list)
    answered_at: list[float] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def run(self, client: int) -> None:
        """Until it is told to stop; the last receipt is seen through."""
        sent = 0
        while not self.stop.is_set():
            sent += 1
            number = f"{client}-{sent}"
            while not self._send(number, client):
                time.sleep(0.05)

    def _send(self, number: str, client: int) -> bool:
        line = {"item": "TEA", "quantity": 1, "amount_minor": 1000}
        body = {
            "source": "till",
            "number": number,
            "occurred_at": "2026-01-01T12:00:00+03:00",
            "branch": "main",
            "member": {"external_id": f"m{client}"},
            "currency": "SAR",
            "lines": [line],
        }
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/purchases",
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                said = json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 503:
                self.strange.append(f"{error.code} {error.read().decode()}")
            return False
        except OSError:
            return False
        if said["points"] != 10:
            self.strange.append(str(said))
        self.accepted.append(number)
        self.answered_at.append(time.monotonic())
        return True

    def answered_since(self, moment: float) -> int:
        """How many receipts."""
        return sum(at > moment for at in self.answered_at)


def test_nothing_accepted_is_lost_or_doubled(home: Path, layout: Layout, tmp_path: Path) -> None:
    opened = python(OPEN_A_SHOP, home)
    said, complained = opened.communicate(timeout=60)
    assert opened.returncode == 0, complained
    with serving(home, tmp_path / "log", "--workers", "2") as (process, port):
        load = Load(port, said.strip())
        clients = [threading.Thread(target=load.run, args=(client,)) for client in range(CLIENTS)]
        for client in clients:
            client.start()
        wait_for(lambda: len(load.accepted) > 50, seconds=30)

        kill_postmaster(layout)
        gone = time.monotonic()
        wait_for(lambda: load.answered_since(gone) > 20, seconds=BACK_SECONDS_MAX)

        worker = max(descendants(process.pid), key=lambda each: sum(each.cpu_times()[:2]) if is_web(each) else 0)
        os.kill(worker.pid, signal.SIGKILL)
        killed = time.monotonic()
        wait_for(lambda: load.answered_since(killed) > 50, seconds=BACK_SECONDS_MAX)

        load.stop.set()
        for client in clients:
            client.join(30)
        assert load.strange == []
        counted = query(layout, "SELECT number FROM document ORDER BY 1")
        assert [number for (number,) in counted] == sorted(load.accepted)
        points = query(layout, "SELECT sum(available) FROM wallet")
        assert points == [(10 * len(load.accepted),)]
    verified = wafa("verify", "--merchant", "faults", home=home)
    assert verified.returncode == 0, verified.stdout


def is_web(process: object) -> bool:
    """Whether it is a process that answers requests."""
    line = " ".join(process.cmdline())  # type: ignore[attr-defined]
    return "spawn_main" in line or "web" in line
