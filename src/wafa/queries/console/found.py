"""Finding a member by what somebody typed: a number, a name, or a phone from either end.

Each way has its own index and is looked up apart, at most so many rows of each: a search that matches half
the town costs no more than one that matches a family, and the page says that there are more.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet, Value

from wafa.store.models import Member, Merchant

FOUND_MAX = 1000
PHONE_DIGITS_MIN = 4
"""Fewer digits than these are looked up as a number only: half the phones of a town begin alike."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed: as a number, as a name, and as a phone where it may be one.

    `phone` holds its digits alone; `calling_code` is put before a number that begins as people dial it at home.
    """

    number: str
    name: str = ""
    phone: str = ""
    calling_code: str = ""


def found_members(merchant: Merchant, sought: Sought) -> tuple[list[UUID], bool]:
    """Ids of members that match in any way, and whether there are more than were looked up."""
    ways = [way.values("id")[: FOUND_MAX + 1] for way in _ways(merchant, sought)]
    if not ways:
        return [], False
    ids = [row["id"] for row in ways[0].union(*ways[1:])]
    return ids[:FOUND_MAX], len(ids) > FOUND_MAX


def _ways(merchant: Merchant, sought: Sought) -> list[QuerySet[Member]]:
    everybody = Member.objects.of(merchant).order_by()
    starts = sorted({sought.number, sought.number.upper()} - {""})
    ways = [everybody.filter(number__startswith=start).order_by("number") for start in starts]
    if sought.name:
        ways.append(everybody.filter(_has_words(sought.name)))
    if len(sought.phone) >= PHONE_DIGITS_MIN:
        reachable = everybody.exclude(phone="")
        # 0501234 at home is +966501234; without its 0, or from abroad, 501234567 is the end of +966501234567.
        at_home = sought.phone.startswith("0") and sought.calling_code
        own = sought.phone.lstrip("0")
        ways.append(reachable.filter(phone__startswith=f"+{sought.calling_code if at_home else ''}{own}"))
        backwards = reachable.alias(backwards=Func(F("phone"), function="reverse"))
        ways.append(backwards.filter(backwards__startswith=Value(own[::-1])))
    return ways


def _has_words(name: str) -> Func:
    """Whether a member's name has words that begin with the words given; see the migration of these functions."""
    words, wanted = Func(F("name"), function="name_words"), Func(Value(name), function="name_sought")
    return Func(words, wanted, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField())
