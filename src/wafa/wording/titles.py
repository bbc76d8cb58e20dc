"""What an entry, or a document, is called: one or two words above its slip."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.core.ledger import entry as kinds
from wafa.wording.measures import POINTS, Measure
from wafa.wording.telling import Explanation


def entry_title(kind: str, explanation: Explanation, document_kind: str = "", measure: Measure = POINTS) -> str:
    """An entry's title; of a kind that is not known here, its own word."""
    if kind == kinds.CLAIM and "from" not in (explanation or {}):
        return _("Receipt moved here")
    if kind == kinds.EXPIRY and measure != POINTS:
        return _("Expiry")
    own = {
        (kinds.ACCRUAL, "exchange"): _("Exchange: goods sold"),
        (kinds.CLAWBACK, "exchange"): _("Exchange: goods returned"),
        (kinds.CLAWBACK, "void"): _("Receipt voided"),
    }
    return own.get((kind, document_kind)) or _titles().get(kind, kind)


def document_title(kind: str) -> str:
    """A document's."""
    titles = {
        "purchase": _("Receipt"),
        "return": _("Return"),
        "exchange": _("Exchange"),
        "void": _("Voiding"),
        "cancel_return": _("Cancelled return"),
    }
    return titles.get(kind, kind)


def _titles() -> dict[str, str]:
    return {
        kinds.ACCRUAL: _("Purchase"),
        kinds.CLAWBACK: _("Return"),
        kinds.REINSTATEMENT: _("Return cancelled"),
        kinds.REVERSAL: _("Receipt moved away"),
        kinds.CLAIM: _("Receipt claimed"),
        kinds.EXPIRY: _("Points expired"),
        kinds.ACTIVATION: _("Points became available"),
        kinds.REDEMPTION: _("Redemption"),
        kinds.CANCELLATION: _("Redemption cancelled"),
        kinds.HOLD: _("Hold"),
        kinds.CAPTURE: _("Redemption from a hold"),
        kinds.RELEASE: _("Hold released"),
        kinds.ADJUSTMENT: _("Adjustment"),
        kinds.REWARD: _("Reward"),
        kinds.GRANT: _("Collected with a receipt"),
        kinds.REVOCATION: _("Taken back with a receipt"),
        kinds.TRANSFER_OUT: _("Transfer to a member"),
        kinds.TRANSFER_IN: _("Transfer from a member"),
        kinds.MERGE_OUT: _("Merged into another member"),
        kinds.MERGE_IN: _("Another member merged in"),
        kinds.UNMERGE_OUT: _("Merge undone"),
        kinds.UNMERGE_IN: _("Merge undone"),
        kinds.OPENING: _("Opening balance"),
        kinds.CLOSURE: _("Membership closed"),
        kinds.REVIEW: _("Tier review"),
    }
