"""What must be right with a request in itself, before anybody looks up what it names."""

from collections.abc import Iterator

from wafa.core.commands import (
    PROOFS,
    PURPOSES,
    ActivateReceipt,
    Adjust,
    AtTheTill,
    CaptureHold,
    ClaimReceipt,
    MoveReceipt,
    OpenBalance,
    PlaceHold,
    RecordActivity,
    Redeem,
    Request,
    Transfer,
)
from wafa.core.decide.texts import NAME_LONGEST, is_usable
from wafa.core.outcomes import Refused
from wafa.core.refusals import Refusal
from wafa.core.values.money import LARGEST_POINTS

KEY_LONGEST, NOTE_LONGEST, LOTS_MOST = 120, 400, 1000
MINUTES_MOST = 525_600


def fault_in_request(request: Request) -> Refused | None:
    """The first fault by the refusals' order; None: nothing is wrong."""
    for field, text, longest, needed in _texts(request):
        if not is_usable(text, longest) or (needed and not text):
            return Refused(Refusal.TEXT_NOT_USABLE, {"field": field})
    if isinstance(request, Redeem | CaptureHold) and request.purpose not in PURPOSES:
        return Refused(Refusal.TEXT_NOT_USABLE, {"field": "purpose"})
    if isinstance(request, Redeem | PlaceHold) and request.proof not in ("", *PROOFS):
        return Refused(Refusal.TEXT_NOT_USABLE, {"field": "proof"})
    if isinstance(request, Adjust) and not (request.reason.strip() and request.note.strip()):
        return Refused(Refusal.REASON_MISSING)
    return _bad_points(request) or _out_of_range(request)


def _texts(request: Request) -> Iterator[tuple[str, str, int, bool]]:
    """Its texts: field, text, how long it may be, whether it may not be empty."""
    yield "key", request.key, KEY_LONGEST, True
    for name in ("member", "to", "into", "unit"):
        if hasattr(request, name):
            yield name, getattr(request, name), NAME_LONGEST, True
    if isinstance(request, AtTheTill):
        for name in ("branch", "till", "cashier"):
            yield name, getattr(request, name), NAME_LONGEST, False
    if isinstance(request, Redeem | CaptureHold):
        yield "reference", request.reference, NAME_LONGEST, False
    if isinstance(request, Adjust):
        yield "reason", request.reason, NAME_LONGEST, False
        yield "note", request.note, NOTE_LONGEST, False
        yield "branch", request.branch, NAME_LONGEST, False
    if isinstance(request, RecordActivity):
        yield "activity", request.activity, NAME_LONGEST, True
        yield "subject", request.subject, NAME_LONGEST, False
        yield "branch", request.branch, NAME_LONGEST, False
    if isinstance(request, ActivateReceipt | MoveReceipt | ClaimReceipt):
        for text in request.receipt:
            yield "receipt", text, NAME_LONGEST, False


def _points(request: Request) -> Iterator[tuple[str, int]]:
    """How many points it is about, where it says."""
    if isinstance(request, Redeem | PlaceHold | Transfer):
        yield "points", request.points
    if isinstance(request, CaptureHold) and request.points is not None:
        yield "points", request.points
    if isinstance(request, OpenBalance):
        for lot in request.lots:
            yield "lots", lot.points


def _bad_points(request: Request) -> Refused | None:
    for field, points in _points(request):
        if points <= 0:
            return Refused(Refusal.POINTS_NOT_ABOVE_ZERO, {"field": field})
    if isinstance(request, Adjust) and request.points == 0:
        return Refused(Refusal.POINTS_NOT_ABOVE_ZERO, {"field": "points"})
    if isinstance(request, OpenBalance) and (request.qualifying < 0 or not (request.lots or request.qualifying)):
        return Refused(Refusal.POINTS_NOT_ABOVE_ZERO, {"field": "lots"})
    return None


def _out_of_range(request: Request) -> Refused | None:
    figures = list(_points(request))
    if isinstance(request, Adjust):
        figures.append(("points", abs(request.points)))
    if isinstance(request, OpenBalance):
        figures += [("qualifying", request.qualifying), ("lots", sum(lot.points for lot in request.lots))]
        if len(request.lots) > LOTS_MOST:
            return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": "lots"})
    for field, figure in figures:
        if figure > LARGEST_POINTS:
            return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": field})
    if isinstance(request, PlaceHold) and request.minutes is not None and not 0 < request.minutes <= MINUTES_MOST:
        return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": "minutes"})
    return None
