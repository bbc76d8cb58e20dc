"""Endpoints: added, changed, given a new secret, switched off and on, removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from wafa.operations.webhooks import secrets
from wafa.operations.webhooks.addresses import may_be_reached, read_address
from wafa.operations.webhooks.urls import UrlRefusedError, read_url
from wafa.store.models import Merchant, OutboxEvent, WebhookEndpoint
from wafa.store.outbox import KINDS

ENDPOINTS_MOST = 50
DESCRIPTION_LONGEST = 200
OVERLAP = timedelta(hours=24)
OVERLAP_MOST = timedelta(days=30)
BY_OWNER = "owner"


class EndpointRefusedError(ValueError):
    """An endpoint cannot be like this: `field` (url, description, kinds, overlap, endpoints) and the reason.

    Reasons: those of UrlRefusedError, too_long, unknown_kind, too_many.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


class EndpointUnknownError(LookupError):
    """The merchant has no such endpoint."""


def add_endpoint(
    merchant: Merchant, url: str, description: str = "", kinds: Sequence[str] = ()
) -> tuple[WebhookEndpoint, str]:
    """Tell an address of what happens from now on; no kinds: of everything. With its secret, which is not shown again.

    Raises EndpointRefusedError.
    """
    facts = _checked(merchant, url, description, kinds)
    with transaction.atomic():
        # One at a time, so that two doors together do not add more than there may be.
        Merchant.objects.select_for_update(no_key=True).get(id=merchant.id)
        if WebhookEndpoint.objects.of(merchant).count() >= ENDPOINTS_MOST:
            raise EndpointRefusedError("endpoints", "too_many")
        numbered = OutboxEvent.objects.of(merchant).filter(number__isnull=False)
        last = numbered.aggregate(last=Max("number"))["last"]
        made = WebhookEndpoint(merchant=merchant, secrets=secrets.first(), cursor=last or 0, **facts)
        made.save(force_insert=True)
    return made, made.secrets[0]["secret"]


def change_endpoint(
    merchant: Merchant,
    endpoint_id: UUID,
    *,
    url: str | None = None,
    description: str | None = None,
    kinds: Sequence[str] | None = None,
) -> WebhookEndpoint:
    """Change what is named. What waits goes to the new address; other kinds count from the next event on.

    Raises EndpointUnknownError, EndpointRefusedError.
    """
    with _locked(merchant, endpoint_id) as endpoint:
        facts = _checked(
            merchant,
            endpoint.url if url is None else url,
            endpoint.description if description is None else description,
            endpoint.kinds if kinds is None else kinds,
        )
        for name, value in facts.items():
            setattr(endpoint, name, value)
        endpoint.save(update_fields=list(facts))
    return endpoint


def rotate_secret(merchant: Merchant, endpoint_id: UUID, overlap: timedelta = OVERLAP) -> str:
    """A new secret, which signs from now on; the one it follows signs beside it for the overlap (0: no more at all).

    Raises EndpointUnknownError, EndpointRefusedError.
    """
    if not timedelta() <= overlap <= OVERLAP_MOST:
        raise EndpointRefusedError("overlap", "too_long")
    with _locked(merchant, endpoint_id) as endpoint:
        now = timezone.now()
        endpoint.secrets = secrets.rotated(endpoint.secrets, now, now + overlap)
        endpoint.save(update_fields=["secrets"])
    return str(endpoint.secrets[0]["secret"])


def switch_on(merchant: Merchant, endpoint_id: UUID) -> WebhookEndpoint:
    """Go on where it was switched off: what happened meanwhile is told too. Raises EndpointUnknownError."""
    return _switched(merchant, endpoint_id, "")


def switch_off(merchant: Merchant, endpoint_id: UUID) -> WebhookEndpoint:
    """Tell it nothing until it is switched on again. Raises EndpointUnknownError."""
    return _switched(merchant, endpoint_id, BY_OWNER)


def remove_endpoint(merchant: Merchant, endpoint_id: UUID) -> None:
    """Tell it nothing any more, and forget what it was told. Raises EndpointUnknownError."""
    with _locked(merchant, endpoint_id), connection.cursor() as cursor:
        values = [merchant.id, endpoint_id]
        cursor.execute("DELETE FROM webhook_delivery WHERE merchant_id = %s AND endpoint_id = %s", values)
        cursor.execute("DELETE FROM webhook_endpoint WHERE merchant_id = %s AND id = %s", values)


def _switched(merchant: Merchant, endpoint_id: UUID, off_because: str) -> WebhookEndpoint:
    with _locked(merchant, endpoint_id) as endpoint:
        if endpoint.is_active == bool(off_because):
            endpoint.is_active, endpoint.off_because = not off_because, off_because
            endpoint.save(update_fields=["is_active", "off_because"])
    return endpoint


@contextmanager
def _locked(merchant: Merchant, endpoint_id: UUID) -> Iterator[WebhookEndpoint]:
    with transaction.atomic():
        endpoint = WebhookEndpoint.objects.of(merchant).select_for_update().filter(id=endpoint_id).first()
        if endpoint is None:
            raise EndpointUnknownError(endpoint_id)
        yield endpoint


def _checked(merchant: Merchant, url: str, description: str, kinds: Sequence[str]) -> dict[str, Any]:
    try:
        target = read_url(url)
    except UrlRefusedError as error:
        raise EndpointRefusedError("url", error.reason) from error
    # A name is looked up each time that something is sent, and what it leads to is checked then.
    address = read_address(target.host)
    if address and not may_be_reached(address, merchant.webhooks_reach_private):
        raise EndpointRefusedError("url", "private_address")
    if len(description) > DESCRIPTION_LONGEST or "\0" in description:
        raise EndpointRefusedError("description", "too_long")
    if not set(kinds) <= set(KINDS):
        raise EndpointRefusedError("kinds", "unknown_kind")
    return {"url": url, "description": description, "kinds": [kind for kind in KINDS if kind in kinds]}
