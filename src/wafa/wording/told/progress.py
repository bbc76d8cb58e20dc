"""Progress towards the tiers, in whatever a programme measures it by."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.measures import POINTS, Measure
from wafa.wording.telling import Line, Telling


def progress_measure(measure: str, currency: str) -> Measure:
    """How progress is told: as an amount where spending counts, else as a number."""
    return Measure("money", currency) if measure == "spend" else POINTS


def counted_line(units: int, telling: Telling) -> Line | None:
    """What counts for the tier from now on; nothing where that is nothing."""
    if not units:
        return None
    measure = progress_measure(telling.names.qualifies_by(telling.version), telling.currency)
    return Line(_("Counts for the tier"), units, "", measure)
