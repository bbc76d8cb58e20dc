"""A receiver as a developer would write it: on this machine, and believing what the public library verifies."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from standardwebhooks import Webhook


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def event(self) -> Any:
        """What it says."""
        return json.loads(self.body)

    @property
    def number(self) -> int:
        """The event's place in the log."""
        return int(self.event["data"]["number"])

    def verified_by(self, secret: str) -> Any:
        """What it says, once the library has believed it; raises where it does not."""
        return Webhook(secret).verify(self.body, self.headers)


class Receiver:
    """Answers each request with the next of `answers`, the last one for ever: a status, and headers."""

    def __init__(self, *answers: int | tuple[int, dict[str, str]], seconds: float = 0) -> None:
        self.answers = list(answers or (200,))
        self.seconds = seconds
        self.received: list[Received] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.take(Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body), self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def take(self, received: Received, handler: BaseHTTPRequestHandler) -> None:
        """Keep a request, and answer it."""
        self.received.append(received)
        time.sleep(self.seconds)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        try:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.end_headers()
        except ConnectionError:
            pass

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.server_address[1])

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def numbers(self) -> list[int]:
        """The events that came, in their order."""
        return [each.number for each in self.received]

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
