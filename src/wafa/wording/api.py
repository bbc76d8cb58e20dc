"""What the API says that is no refusal of the ledger: who is let in, what a body lacks, when to come again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.operations.refer import ReferralFault
from wafa.wording.figures import number
from wafa.wording.languages import isolated
from wafa.wording.referrals import referral_fault
from wafa.wording.webhooks import refusal as webhook_refusal

Detail = Mapping[str, Any]


def told(code: str, detail: Detail) -> str:
    """The sentence for a problem's code."""
    return _TOLD[code](detail)


def fault(code: str, detail: Detail) -> str:
    """The sentence for what is wrong with one field of a body."""
    return _FAULTS.get(code, _FAULTS["not_valid"])(detail)


def _seconds(detail: Detail) -> str:
    seconds = int(detail.get("seconds") or 1)
    text = ngettext(
        "This key has asked too often. Ask again in {seconds} second.",
        "This key has asked too often. Ask again in {seconds} seconds.",
        seconds,
    )
    return text.format(seconds=number(seconds))


_TOLD: dict[str, Callable[[Detail], str]] = {
    "not_signed_in": lambda _d: _("A key is needed: Authorization: Bearer wafa_…"),
    "key_not_valid": lambda _d: _("This key opens nothing: it is unknown, has expired, or was revoked."),
    "scope_missing": lambda d: _("This key is not allowed to do that: it lacks “{scope}”.").format(
        scope=isolated(str(d.get("scope", "")))
    ),
    "branch_not_allowed": lambda d: _("This key does not act for the branch “{branch}”.").format(
        branch=isolated(str(d.get("branch", "")))
    ),
    "till_not_allowed": lambda d: _("This key acts for the till “{till}” alone.").format(
        till=isolated(str(d.get("till", "")))
    ),
    "asked_too_often": _seconds,
    "queue_full": lambda _d: _("More is waiting than can be done at once. Ask again in a moment."),
    "member_busy": lambda _d: _("Much is being done for this member just now. Ask again in a moment."),
    "outcome_unknown": lambda _d: _(
        "The database was lost at that moment. Ask again with the same number or key: the answer tells the truth."
    ),
    "not_found": lambda _d: _("There is nothing here under this address."),
    "method_not_allowed": lambda _d: _("This address cannot be asked like that."),
    "body_too_large": lambda d: _("The body is larger than {most} bytes.").format(most=number(int(d.get("most") or 0))),
    "body_not_json": lambda _d: _("The body is not JSON in UTF-8."),
    "body_not_valid": lambda _d: _("The body is not as it must be; see “errors”."),
    "member_ambiguous": lambda _d: _("More than one member is known by this. Name the member otherwise."),
    "idempotency_key_missing": lambda _d: _("The header Idempotency-Key is missing."),
    "idempotency_key_not_valid": lambda _d: _("An Idempotency-Key has 1 to 100 visible ASCII characters."),
    "request_in_flight": lambda _d: _("A request with this key is being carried out just now."),
    "cursor_not_valid": lambda _d: _("This cursor was not given by a page of this list."),
    "second_person_needed": lambda _d: _("Somebody else has to approve this: not who has asked for it."),
    "decided_already": lambda _d: _("This has been decided on already."),
    "proof_wrong": lambda _d: _("That does not fit: it is no proof."),
    "tried_too_often": lambda _d: _("This has been tried too often. Wait a while before you try again."),
    "precondition_failed": lambda _d: _("This has been changed since. Read it again, and send your change anew."),
    "member_exists": lambda _d: _("Somebody is enrolled under this number already."),
    "card_taken": lambda _d: _("This card is somebody else's, or was lost once."),
    **{
        f"referral_{fault}": lambda _d, fault=fault: referral_fault(fault)  # type: ignore[misc]
        for fault in ReferralFault
    },
    "not_for_a_branch": lambda _d: _("This is about the whole chain: not for a key that is bound to branches."),
    "more_than_own": lambda _d: _("A key gives no more than it may itself."),
    "key_refused": lambda d: _("No key can have “{given}” there.").format(given=isolated(str(d.get("given", "")))),
    "key_ended": lambda _d: _("This key has ended: there is nothing to exchange."),
    "precondition_required": lambda _d: _("Say what you change: the header If-Match, with the ETag of what you read."),
    "published_already": lambda _d: _("This version has been published: it cannot be changed any more."),
    "programme_not_valid": lambda _d: _("This cannot be published as it is; see “errors”."),
    "starts_too_early": lambda _d: _("It must start later: what was counted until then stays as it was."),
    "category_unknown": lambda d: _("There is no category “{category}”.").format(
        category=isolated(str(d.get("category", "")))
    ),
    "category_circle": lambda d: _("The category “{category}” would lie in itself.").format(
        category=isolated(str(d.get("category", "")))
    ),
    "webhook_refused": lambda d: webhook_refusal(str(d.get("field", "")), str(d.get("reason", ""))),
    "something_broke": lambda _d: _("Something broke on the server. It has been noted; nothing was half done."),
}

_FAULTS: dict[str, Callable[[Detail], str]] = {
    "missing": lambda _d: _("This field is needed."),
    "unknown_field": lambda _d: _("There is no such field."),
    "not_whole": lambda _d: _("This must be a whole number, without quotes."),
    "not_text": lambda _d: _("This must be a text."),
    "not_yes_or_no": lambda _d: _("This must be true or false."),
    "not_a_list": lambda _d: _("This must be a list."),
    "not_an_object": lambda _d: _("This must be an object."),
    "too_short": lambda _d: _("This is too short, or empty."),
    "too_long": lambda d: _("This is too long: at most {most}.").format(most=number(int(d.get("most") or 0))),
    "too_small": lambda d: _("This must be at least {least}.").format(least=number(int(d.get("least") or 0))),
    "too_large": lambda d: _("This must be at most {most}.").format(most=number(int(d.get("most") or 0))),
    "not_one_of": lambda d: _("This must be one of {choices}.").format(choices=isolated(str(d.get("choices", "")))),
    "not_an_instant": lambda _d: _(
        "This must be an instant by RFC 3339 with its offset, as 2026-01-31T18:00:00+03:00."
    ),
    "not_a_day": lambda _d: _("This must be a day, as 2026-01-31."),
    "not_an_id": lambda _d: _("This must be a UUID."),
    "not_a_quantity": lambda _d: _(
        "This must be a quantity: a number, or a decimal in quotes with up to three places."
    ),
    "not_a_phone": lambda _d: _("This is not a telephone number."),
    "not_an_email": lambda _d: _("This is not an e-mail address."),
    "one_way_only": lambda _d: _("Name the member in exactly one way."),
    "not_a_pin": lambda _d: _("A PIN has 4 to 12 digits."),
    "in_the_future": lambda _d: _("This day is still to come."),
    "text_not_usable": lambda _d: _("This text holds characters that no text has."),
    "not_valid": lambda _d: _("This is not as it must be."),
}
