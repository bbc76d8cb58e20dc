"""The owner's webhooks: one that is busy, one that is gone, one that nobody has spoken to."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.people import signed_in
from tests.web.shop import Shop, accepted
from tests.world import line
from wafa.jobs.outbox import mark_done
from wafa.jobs.webhooks.scheduling import schedule_deliveries
from wafa.operations.webhooks.endpoints import add_endpoint
from wafa.store.models import WebhookDelivery, WebhookEndpoint

LONG = "https://hooks.a-rather-long-name-of-a-shop.example/in/" + "0123456789abcdef" * 8
BECAME = [
    {"state": "delivered", "attempts": 1, "last_status": 204},
    {"state": "waiting", "attempts": 3, "last_status": 503},
    {"state": "given_up", "attempts": 10, "last_error": "certificate"},
    {"state": "waiting", "attempts": 2, "last_error": "private_address"},
    {"state": "delivered", "attempts": 4, "last_status": 200},
]


class Listeners:
    """Endpoints of every sort."""

    def __init__(self) -> None:
        shop = Shop()
        while mark_done(1000):
            pass
        busy, _ = add_endpoint(shop.merchant, LONG, "The web shop · فروشگاه اینترنتی · المتجر الإلكتروني")
        gone, _ = add_endpoint(shop.merchant, "https://old.example/", kinds=["PointsAccrued", "TierChanged"])
        quiet, _ = add_endpoint(shop.merchant, "https://accounts.example/", kinds=["BalanceOpened"])
        for n in range(55):
            accepted(shop.world.buy(line("TEA", 20 + n), number=f"W-{n}"))
        while mark_done(1000) or schedule_deliveries(1000):
            pass
        now = timezone.now()
        rows = WebhookDelivery.objects.of(shop.merchant).filter(endpoint_id=busy.id).order_by("-number")
        for row, became in zip(rows[:30], BECAME * 6, strict=False):
            delivered_at = now if became["state"] == "delivered" else None
            values = became | {"delivered_at": delivered_at, "next_at": now + timedelta(hours=5)}
            WebhookDelivery.objects.of(shop.merchant).filter(id=row.id).update(**values)
        WebhookEndpoint.objects.of(shop.merchant).filter(id=gone.id).update(is_active=False, off_because="gone")
        self.pages = {
            "endpoints": reverse("console:webhooks"),
            "busy": reverse("console:webhook", args=[busy.id]),
            "gone": reverse("console:webhook", args=[gone.id]),
            "quiet": reverse("console:webhook", args=[quiet.id]),
        }
        self.session = signed_in(shop.cast.huda).cookies["sessionid"].value
