"""Returns: to a receipt, or without one; and what takes a document back whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wafa.store.models import Scope
from wafa.web.api import shapes
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.bodies import CancelReturnIn, ReturnIn, VoidIn
from wafa.web.api.documents import BatchIn, record_batch, record_one

router = Router(tags=["returns"])
WRITES = Needs(Scope.RETURNS_WRITE, asked_again=True)


@router.post("/returns", auth=WRITES, response=shapes.written(shapes.Document), summary="Record a return")
def record_return(request: HttpRequest, body: ReturnIn) -> HttpResponse:
    """What the goods had earned goes back. One that comes before the receipt that it names waits for it."""
    return record_one(caller_of(request), body)


@router.post(
    "/returns:batch",
    auth=Needs(Scope.RETURNS_WRITE),
    response=shapes.read(shapes.Batch),
    summary="Record up to 1,000 returns",
)
def record_returns(request: HttpRequest, body: BatchIn) -> HttpResponse:
    """Answered item by item, in their order, each with a status of its own; a bad one never fails its neighbours."""
    return record_batch(caller_of(request), body.items, ReturnIn)


@router.post("/voids", auth=WRITES, response=shapes.written(shapes.Document), summary="Void a receipt")
def void_receipt(request: HttpRequest, body: VoidIn) -> HttpResponse:
    """The sale was a mistake: all that is left of it is taken back, and nothing can be returned to it any more."""
    return record_one(caller_of(request), body)


@router.post("/returns:cancel", auth=WRITES, response=shapes.written(shapes.Document), summary="Cancel a return")
def cancel_return(request: HttpRequest, body: CancelReturnIn) -> HttpResponse:
    """The return was a mistake: the goods are the customer's again, and so are the points."""
    return record_one(caller_of(request), body)
