"""One attempt: it ends in time, whatever the receiver does, and knows whom it speaks with."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integrations.webhooks.receiver import Receiver
from wafa.integrations.webhooks import line, sending
from wafa.integrations.webhooks.plan import Answer
from wafa.integrations.webhooks.sending import send


@contextmanager
def on_the_line(act: Callable[[socket.socket], None]) -> Iterator[int]:
    """Somebody who does odd things with whoever connects; at which port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                caller, _ = server.accept()
                with caller:
                    act(caller)
            except OSError:
                pass

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def asked(port: int, scheme: str = "http", host: str = "127.0.0.1") -> Answer:
    """An attempt at a port of this machine."""
    return send(f"{scheme}://{host}:{port}/", b"{}", {}, private_too=True)


def drip(caller: socket.socket) -> None:
    """A byte now and then, so that no timeout of the socket's ever ends."""
    caller.recv(1000)
    caller.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        caller.sendall(b"x: y\r\n")
        time.sleep(0.1)


def drip_handshake(caller: socket.socket) -> None:
    """The same while the line is still being made secret: a record that says it is long."""
    caller.recv(1000)
    caller.sendall(b"\x16\x03\x03\x40\x00")
    while True:
        caller.sendall(b"\x02")
        time.sleep(0.1)


@pytest.mark.parametrize(("scheme", "act"), [("http", drip), ("https", drip_handshake)])
def test_who_drips_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, scheme: str, act: Callable[[socket.socket], None]
) -> None:
    monkeypatch.setattr(sending, "ALL_SECONDS", 0.6)
    began = time.monotonic()
    with on_the_line(act) as port:
        assert asked(port, scheme) == Answer(error="timed_out")
    assert 0.5 < time.monotonic() - began < 2


def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "ALL_SECONDS", 0.3)
    with on_the_line(lambda caller: time.sleep(3)) as port:
        assert asked(port) == Answer(error="timed_out")


@pytest.mark.parametrize(
    "said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"x" * 70_000]
)
def test_who_speaks_nonsense_is_a_failure(said: bytes) -> None:
    def speak(caller: socket.socket) -> None:
        caller.recv(1000)
        caller.sendall(said)

    with on_the_line(speak) as port:
        assert asked(port).error == "broken_off"


def test_an_endless_answer_is_not_read() -> None:
    def pour(caller: socket.socket) -> None:
        caller.recv(1000)
        caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            caller.sendall(b"x" * 100_000)

    with on_the_line(pour) as port:
        began = time.monotonic()
        assert asked(port) == Answer(200)
        assert time.monotonic() - began < 2


def test_no_proxy_of_the_surroundings_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as receiver, Receiver() as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        assert asked(receiver.port) == Answer(200)
        assert (len(receiver.received), proxy.received) == (1, [])


# --- TLS --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of localhost, signed by itself; key and certificate in one file."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    asked_for = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    facts = ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(["openssl", *asked_for, *files, *facts], check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


@pytest.fixture
def secure(certificate: Path) -> Iterator[Receiver]:
    """A receiver that speaks TLS."""
    receiver = Receiver()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
    with receiver:
        yield receiver


def test_who_is_not_trusted_hears_nothing(secure: Receiver) -> None:
    assert asked(secure.port, "https", "localhost") == Answer(error="certificate")
    assert secure.received == []


def test_the_certificate_must_be_of_the_name_not_of_the_address(
    secure: Receiver, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_trust", lambda: ssl.create_default_context(cafile=str(certificate)))
    assert asked(secure.port, "https", "localhost") == Answer(200)
    assert asked(secure.port, "https", "127.0.0.1") == Answer(error="certificate")
    assert [each.headers["host"] for each in secure.received] == [f"localhost:{secure.port}"]
