"""Clauses of where, how and with what something was bought."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.wording.rules.series import codes, either
from wafa.wording.rules.terms import Body, Terms
from wafa.wording.rules.terms import branch as branch_named


def branch(when: Body, terms: Terms) -> str:
    """At one of some branches."""
    return _("at %(branches)s") % {"branches": either([branch_named(code) for code in when["of"]])}


def channel(when: Body, terms: Terms) -> str:
    """Through one of some channels."""
    return _("through the channel %(channels)s") % {"channels": either(codes(when["of"]))}


def payment(when: Body, terms: Terms) -> str:
    """When paid by one of some methods."""
    return _("when paid with %(methods)s") % {"methods": either(codes(when["of"]))}


def currency(when: Body, terms: Terms) -> str:
    """In one of some currencies."""
    return _("for purchases in %(currencies)s") % {"currencies": either(codes(when["of"]))}


def tag(when: Body, terms: Terms) -> str:
    """On receipts with one of some tags."""
    return _("on receipts tagged %(tags)s") % {"tags": either(codes(when["of"]))}
