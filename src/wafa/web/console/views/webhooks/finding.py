"""What the pages of webhooks share: which endpoint it is, and the form in which one is described."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from wafa.operations.webhooks.endpoints import EndpointRefusedError
from wafa.queries.webhooks import endpoint
from wafa.store.models import Merchant, WebhookEndpoint
from wafa.store.outbox import KINDS
from wafa.wording.webhooks import event_title, refusal


@dataclass(frozen=True, slots=True)
class Typed:
    """An endpoint as it was typed, or as it is; with what is wrong, by field."""

    url: str = ""
    description: str = ""
    kinds: tuple[str, ...] = ()
    wrong: str = ""
    why: str = ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Every kind of event: its name, its title, and whether it is chosen."""
        return [(kind, event_title(kind), kind in self.kinds) for kind in KINDS]

    def refused(self, error: EndpointRefusedError) -> Typed:
        """The same, and why it cannot be."""
        return Typed(self.url, self.description, self.kinds, error.field, refusal(error.field, error.reason))


def typed(request: HttpRequest) -> Typed:
    """What the form says."""
    sent = request.POST
    return Typed(sent.get("url", "").strip(), sent.get("description", "").strip(), tuple(sent.getlist("kinds")))


def find(merchant: Merchant, endpoint_id: UUID) -> WebhookEndpoint:
    """One of the merchant's endpoints; raises Http404."""
    found = endpoint(merchant, endpoint_id)
    if found is None:
        raise Http404
    return found


def told_kinds(each: WebhookEndpoint) -> str:
    """What it hears of, in a line."""
    return " · ".join(event_title(kind) for kind in each.kinds) or _("All that happens")
