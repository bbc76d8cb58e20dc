"""From a host's name to the addresses that may be asked: looked up once, checked, and then asked as they are.

Were the name looked up again to connect, a name service could answer otherwise the second time.
"""

from __future__ import annotations

import socket

from wafa.operations.webhooks.addresses import Address, may_be_reached, read_address
from wafa.operations.webhooks.urls import Target


class UnreachableError(Exception):
    """Nothing may be sent there, in one of these words: no_such_host, private_address."""


def addresses_of(target: Target, private_too: bool) -> list[Address]:
    """All addresses of the host; one of them that may not be reached is enough to refuse. Raises UnreachableError."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError("no_such_host") from error
    addresses = list(dict.fromkeys(read_address(str(place[4][0]).partition("%")[0]) for place in found))
    known = [address for address in addresses if address]
    if not known or not all(may_be_reached(address, private_too) for address in known):
        raise UnreachableError("private_address")
    return known
