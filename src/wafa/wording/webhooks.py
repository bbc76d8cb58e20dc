"""Webhooks in words: kinds of events, what became of a delivery, what an endpoint cannot be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.store.models import DeliveryState, WebhookDelivery
from wafa.store.outbox import BLOCKED, ENROLLED, EVENT_OF_ENTRY, TIER_CHANGED, UNBLOCKED
from wafa.wording.titles import entry_title

_ENTRY_OF_EVENT = {event: kind for kind, event in EVENT_OF_ENTRY.items()}


def event_title(kind: str) -> str:
    """A kind of event, as the entry behind it is called."""
    own = {
        ENROLLED: _("Member joined"),
        BLOCKED: _("Member blocked"),
        UNBLOCKED: _("Member unblocked"),
        TIER_CHANGED: _("Tier changed"),
    }
    if kind in own:
        return own[kind]
    entry = _ENTRY_OF_EVENT.get(kind, kind)
    # A claim is told by where its receipt came from; here by neither.
    return entry_title(entry, {"from": None})


def state_title(state: str) -> str:
    """What became of a delivery."""
    return {
        DeliveryState.WAITING.value: _("Waiting"),
        DeliveryState.DELIVERED.value: _("Delivered"),
        DeliveryState.GIVEN_UP.value: _("Given up"),
    }.get(state, state)


def answer(delivery: WebhookDelivery) -> str:
    """What came back last, or why nothing did; empty where nothing was sent yet."""
    if delivery.last_status is not None:
        return _("answered %(status)s") % {"status": delivery.last_status}
    return _errors().get(delivery.last_error, delivery.last_error)


def refusal(field: str, reason: str) -> str:
    """Why an endpoint cannot be like this."""
    said = _errors() | {
        "too_long": _("This is too long."),
        "unknown_kind": _("There is no such kind of event."),
        "too_many": _("There are as many endpoints as there may be. Remove one first."),
    }
    return said.get(reason, f"{field}: {reason}")


def _errors() -> dict[str, str]:
    return {
        "not_a_url": _("This is not an address that can be called."),
        "not_http": _("The address must begin with https:// or http://."),
        "with_password": _("The address must not hold a user name or password."),
        "private_address": _("The address lies in a private network."),
        "no_such_host": _("There is no such host."),
        "no_connection": _("Nobody answered at that address."),
        "certificate": _("The certificate of the host is not to be trusted."),
        "timed_out": _("The answer took too long."),
        "broken_off": _("The connection broke off."),
        "not_sent": _("It could not be sent."),
    }
