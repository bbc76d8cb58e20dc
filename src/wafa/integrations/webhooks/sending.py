"""One attempt: a POST to a checked address. No redirect is followed, and nothing of an answer's body is read."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from http.client import HTTPException

from wafa.integrations.webhooks.line import opened
from wafa.integrations.webhooks.plan import Answer
from wafa.integrations.webhooks.resolving import UnreachableError, addresses_of
from wafa.operations.webhooks.addresses import Address
from wafa.operations.webhooks.urls import Target, UrlRefusedError, read_url

# From the connection to the last header, however the receiver spreads its bytes.
ALL_SECONDS = 15
ADDRESSES_TRIED = 3
NO_CONNECTION = Answer(error="no_connection")
OURS = {"user-agent": "Wafa", "content-type": "application/json", "connection": "close"}
RETRY_AFTER_LONGEST = 60


def send(url: str, message: bytes, headers: Mapping[str, str], *, private_too: bool) -> Answer:
    """Send a message, and say what came back: whatever goes wrong is an answer too."""
    try:
        target = read_url(url)
        addresses = addresses_of(target, private_too)
    except (UrlRefusedError, UnreachableError) as error:
        return Answer(error=str(error))
    answer = NO_CONNECTION
    for address in addresses[:ADDRESSES_TRIED]:
        answer = _ask(target, address, message, headers)
        # Nothing was said yet, so another address of the same host may be asked.
        if answer != NO_CONNECTION:
            break
    return answer


def _ask(target: Target, address: Address, message: bytes, headers: Mapping[str, str]) -> Answer:
    with opened(target, address, ALL_SECONDS) as line:
        try:
            line.connect()
        except ssl.SSLCertVerificationError:
            return Answer(error="certificate")
        except OSError:
            return Answer(error="timed_out") if line.was_cut else NO_CONNECTION
        line.sock.settimeout(ALL_SECONDS)
        try:
            line.request("POST", target.path, message, {**OURS, **headers})
            response = line.getresponse()
        except (OSError, HTTPException, ValueError) as error:
            late = line.was_cut or isinstance(error, TimeoutError)
            return Answer(error="timed_out" if late else "broken_off")
        if line.was_cut:
            # Where the line ends, the client takes the headers to end too.
            return Answer(error="timed_out")
        return Answer(response.status, retry_after=response.headers.get("retry-after", "")[:RETRY_AFTER_LONGEST])
