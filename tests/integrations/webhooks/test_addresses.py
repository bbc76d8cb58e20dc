"""Into private networks nothing is sent, by whatever name or number."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from tests.integrations.webhooks.receiver import Receiver
from wafa.integrations.webhooks import resolving
from wafa.integrations.webhooks.plan import Answer
from wafa.integrations.webhooks.resolving import UnreachableError, addresses_of
from wafa.integrations.webhooks.sending import send
from wafa.operations.webhooks.addresses import may_be_reached, read_address
from wafa.operations.webhooks.urls import Target, UrlRefusedError, read_url

PUBLIC = ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
PRIVATE = [
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::127.0.0.1",
    "64:ff9b::192.168.1.1",
]
NEVER = [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "64:ff9b::169.254.169.254",
    "2002:a9fe:a9fe::",
    "fe80::1",
    "fec0::1",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "239.255.255.250",
    "ff02::1",
    "240.0.0.1",
    "255.255.255.255",
    "::127.0.0.1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_ones_are_open_to_all(address: str) -> None:
    assert may_be_reached(ip_address(address), private_too=False)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_ones_where_the_merchant_may(address: str) -> None:
    assert not may_be_reached(ip_address(address), private_too=False)
    assert may_be_reached(ip_address(address), private_too=True)


@pytest.mark.parametrize("address", NEVER)
def test_others_never(address: str) -> None:
    assert not may_be_reached(ip_address(address), private_too=False)
    assert not may_be_reached(ip_address(address), private_too=True)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1", "017700000001", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_however_this_machine_is_spelled_it_is_refused(host: str) -> None:
    with Receiver() as receiver:
        answer = send(f"http://{host}:{receiver.port}/", b"{}", {}, private_too=False)
        assert answer.error in ("private_address", "no_such_host", "not_a_url")
        assert receiver.received == []


def answering(*answers: list[str]) -> Any:
    """A name service that answers each question with the next of these."""
    left, numbers = list(answers), socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *how: Any, **more: Any) -> list[Any]:
        if read_address(host):
            return numbers(host, port, *how, **more)
        found = left.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    return getaddrinfo


def test_a_name_is_asked_for_once_and_what_was_checked_is_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name service that says one thing to the check and another to the connection gets nowhere."""
    with Receiver() as receiver:
        monkeypatch.setattr(resolving.socket, "getaddrinfo", answering(["127.0.0.1"]))
        connected: list[tuple[str, int]] = []
        create = socket.create_connection

        def connect(address: tuple[str, int], *more: Any) -> socket.socket:
            connected.append(address)
            monkeypatch.undo()
            return create(address, *more)

        monkeypatch.setattr(socket, "create_connection", connect)
        answer = send(f"http://shop.example:{receiver.port}/hook", b"{}", {}, private_too=True)
        assert (answer, connected) == (Answer(200), [("127.0.0.1", receiver.port)])
        assert receiver.received[0].headers["host"] == f"shop.example:{receiver.port}"


def test_one_private_address_among_others_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving.socket, "getaddrinfo", answering(["8.8.8.8", "10.0.0.1"]))
    with pytest.raises(UnreachableError, match="private_address"):
        addresses_of(Target("https", "shop.example", 443, "/"), private_too=False)


def test_another_address_of_the_host_is_asked_where_the_first_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as receiver:
        monkeypatch.setattr(resolving.socket, "getaddrinfo", answering(["127.9.9.9", "127.0.0.1"]))
        assert send(f"http://shop.example:{receiver.port}/", b"{}", {}, private_too=True) == Answer(200)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://shop.example/hook?a=1", Target("https", "shop.example", 443, "/hook?a=1")),
        ("https://SHOP.example", Target("https", "shop.example", 443, "/")),
        ("http://shop.example:8080/", Target("http", "shop.example", 8080, "/")),
        ("https://[2606:4700::1111]/x", Target("https", "2606:4700::1111", 443, "/x")),
        ("https://متجر.example/", Target("https", "xn--pgbep1f.example", 443, "/")),
    ],
)
def test_what_a_url_names(url: str, target: Target) -> None:
    assert read_url(url) == target


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not_http"),
        ("shop.example/hook", "not_http"),
        ("ftp://shop.example/", "not_http"),
        ("file:///etc/passwd", "not_http"),
        ("https://", "not_a_url"),
        ("https:///hook", "not_a_url"),
        ("https://shop.example:99999/", "not_a_url"),
        ("https://shop.example:0/", "not_a_url"),
        ("https://shop.example/a b", "not_a_url"),
        ("https://shop.example/\r\nx: y", "not_a_url"),
        ("https://shop.example\\@127.0.0.1/", "not_a_url"),
        ("https://shop example/", "not_a_url"),
        ("https://shop.example/\u0645", "not_a_url"),
        ("https://a" + "a" * 500, "not_a_url"),
        ("https://huda:secret@shop.example/", "with_password"),
        ("https://@shop.example/", "with_password"),
        ("https://[::1%25eth0]/", "not_a_url"),
    ],
)
def test_what_is_none(url: str, reason: str) -> None:
    with pytest.raises(UrlRefusedError, match=reason):
        read_url(url)
    assert send(url, b"{}", {}, private_too=True) == Answer(error=reason)
