"""The tier after a receipt, and how far the next one is, as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.core.decide.preview import Preview
from wafa.wording.figures import number
from wafa.wording.rules.terms import Terms


def ahead(preview: Preview, measure: str, terms: Terms) -> str:
    """ "Reaches Silver. Gold in 340 points." `measure` is what counts for the tier; empty: there is nothing to say."""
    said = []
    if preview.tier_after and preview.tier_after != preview.tier:
        said.append(_("Reaches %(tier)s.") % {"tier": terms.tier(preview.tier_after)})
    if preview.ahead:
        said.append(_next(terms.tier(preview.ahead.tier.code), preview.ahead.missing, measure, terms))
    return " ".join(said)


def _next(tier: str, missing: int, measure: str, terms: Terms) -> str:
    if measure == "spend":
        return _("%(tier)s in %(amount)s.") % {"tier": tier, "amount": terms.money(missing)}
    text = (
        ngettext("%(tier)s in %(n)s visit.", "%(tier)s in %(n)s visits.", missing)
        if measure == "visits"
        else ngettext("%(tier)s in %(n)s point.", "%(tier)s in %(n)s points.", missing)
    )
    return text % {"tier": tier, "n": number(missing)}
