"""Why rows that share a receipt number make no document, in words that a shopkeeper understands."""

from __future__ import annotations

from django.utils.translation import gettext as _


def conflicts() -> dict[str, str]:
    """What the rows of one document must agree on (see `staging`), and what is said where they do not."""
    return {
        "member": _("rows with this receipt number name different members"),
        "branch": _("rows with this receipt number name different branches"),
        "currency": _("rows with this receipt number are in different currencies"),
        "channel": _("rows with this receipt number name different channels"),
        "receipt": _("rows with this receipt number say that goods came back to different receipts"),
        "kind": _("some rows with this receipt number are sold goods, others returned ones"),
    }
