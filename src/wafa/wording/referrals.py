"""Why nobody was noted as brought along, as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wafa.operations.refer import ReferralFault


def referral_fault(fault: ReferralFault) -> str:
    """In the reader's language."""
    return {
        ReferralFault.FRIEND_UNKNOWN: _("There is no such member."),
        ReferralFault.REFERRER_UNKNOWN: _("There is no member with the number of whoever brought them along."),
        ReferralFault.THE_SAME: _("Nobody brings themselves along."),
        ReferralFault.NOT_ACTIVE: _("One of the two is blocked, or has left."),
        ReferralFault.SHARED_PHONE: _("Both have the same phone."),
        ReferralFault.REFERRED_ALREADY: _("Somebody else has brought them along already."),
        ReferralFault.HAS_BOUGHT: _("They have bought something already."),
        ReferralFault.CIRCLE: _("They have themselves brought along whoever would bring them."),
    }[fault]
