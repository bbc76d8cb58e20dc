"""Purchases: one receipt, a batch of them, and what was counted of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wafa.store.models import Scope
from wafa.web.api import shapes
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.bodies import PurchaseIn
from wafa.web.api.documents import BatchIn, record_batch, record_one

router = Router(tags=["purchases"])
WRITES = Needs(Scope.PURCHASES_WRITE, asked_again=True)


@router.post("/purchases", auth=WRITES, response=shapes.written(shapes.Document), summary="Record a receipt")
def record_purchase(request: HttpRequest, body: PurchaseIn) -> HttpResponse:
    """Counted once, however often it is sent: the same again is answered with the first answer and `duplicate`."""
    return record_one(caller_of(request), body)


@router.post(
    "/purchases:batch",
    auth=Needs(Scope.PURCHASES_WRITE),
    response=shapes.read(shapes.Batch),
    summary="Record up to 1,000 receipts",
)
def record_purchases(request: HttpRequest, body: BatchIn) -> HttpResponse:
    """Answered item by item, in their order, each with a status of its own; a bad one never fails its neighbours."""
    return record_batch(caller_of(request), body.items, PurchaseIn)
