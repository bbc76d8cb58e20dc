"""Sending what is due: many endpoints side by side, each with a few attempts at a time, so that none holds up others.

Threads send; this one alone speaks with the database.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from uuid import UUID

from django.utils import timezone

from wafa.integrations.webhooks import signing
from wafa.integrations.webhooks.envelope import message
from wafa.integrations.webhooks.plan import Answer
from wafa.integrations.webhooks.sending import send
from wafa.jobs.webhooks.claiming import Claimed, claim
from wafa.jobs.webhooks.recording import record
from wafa.jobs.webhooks.scheduling import schedule_deliveries
from wafa.operations.webhooks.secrets import signing as secrets_signing

logger = logging.getLogger("wafa.jobs")

SENDERS = 64
EACH = 4
EVENTS_A_TIME = 2000
# After this the job ends, and another worker may take the next one.
PASS_SECONDS = 120
# How long those wait who came while others are being sent.
LOOK_SECONDS = 0.5

UnderWay = dict[Future[Answer], Claimed]


def deliver(seconds: float = PASS_SECONDS) -> int:
    """Send what is due until nothing is, or the time is over; how many attempts were made."""
    ends, attempts = time.monotonic() + seconds, 0
    under_way: UnderWay = {}
    with ThreadPoolExecutor(SENDERS, thread_name_prefix="webhooks") as senders:
        while True:
            if time.monotonic() < ends:
                schedule_deliveries(EVENTS_A_TIME)
                for claimed in claim(timezone.now(), SENDERS - len(under_way), EACH, _sending(under_way)):
                    under_way[senders.submit(attempt, claimed)] = claimed
            if not under_way:
                return attempts
            done, _ = wait(under_way, LOOK_SECONDS, FIRST_COMPLETED)
            made = [(under_way.pop(each), each.result()) for each in done]
            record(made, timezone.now())
            attempts += len(made)


def attempt(claimed: Claimed) -> Answer:
    """Sign and send one; what goes wrong with it must not end the pass for all others."""
    try:
        return _attempt(claimed)
    except Exception:
        logger.exception("delivery %s could not be attempted", claimed.id)
        return Answer(error="not_sent")


def _attempt(claimed: Claimed) -> Answer:
    endpoint, now = claimed.endpoint, timezone.now()
    text = message(claimed.event, claimed.merchant.code)
    headers = signing.headers(claimed.event.id, now, text, secrets_signing(endpoint.secrets, now))
    return send(endpoint.url, text, headers, private_too=claimed.merchant.webhooks_reach_private)


def _sending(under_way: UnderWay) -> Counter[UUID]:
    return Counter(claimed.endpoint.id for claimed in under_way.values())
