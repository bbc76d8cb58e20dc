"""The fields of every kind of rule and of every kind of condition, as data: a new kind is a new line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wafa.web.console.rule_form import types
from wafa.wording.rules import months as month_names

Label = str | Promise
WHOLE, DECIMAL, MONEY, TEXT = types.Whole(), types.Decimal(), types.Money(), types.Text()
CODES, CHOICE, CHOICES = types.Codes(), types.Choice(), types.Choices()
DAY, TIME, MONTH_DAY = types.Day(), types.Time(), types.MonthDay()
FLAG, NOT_FLAG, DISCOUNTED = types.Flag(True), types.Flag(False), types.Discounted()
SHARES, CAPS, BUNDLE = types.Shares(), types.Caps(), types.Bundle()
COUNTED = ("gregorian", "jalali", "hijri")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: where it stands in the JSON ("lines.items"), its type, what it is called.

    `options` names the list that is chosen from; `default` is what leaving it out means.
    """

    path: str
    type: types.Type
    label: Label
    options: str = ""
    default: Any = None
    hint: Label = ""

    @property
    def top(self) -> str:
        """The key that it stands under."""
        return self.path.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule or condition: what it is called, its fields, and what it writes even where that is empty."""

    label: Label
    fields: tuple[Field, ...] = ()
    always: tuple[str, ...] = ()


def goods(under: str) -> tuple[Field, ...]:
    """A filter of lines."""
    return (
        Field(f"{under}.items", CODES, _("Item codes")),
        Field(f"{under}.categories", CODES, _("Categories")),
        Field(f"{under}.brands", CODES, _("Brands")),
        Field(f"{under}.suppliers", CODES, _("Suppliers")),
        Field(f"{under}.tags", CODES, _("Tags of goods")),
        Field(f"{under}.discounted", DISCOUNTED, _("Discounted goods"), "discounted"),
    )


POINTS = Field("points", WHOLE, _("How many"))
BASE = Field("of", CHOICE, _("Builds on the rule"), "bases")

RULES: dict[str, Kind] = {
    "per_amount": Kind(
        _("Points by amount"),
        (
            POINTS,
            Field("per_minor", MONEY, _("For every")),
            Field("mode", CHOICE, _("Counted"), "modes", "steps"),
        ),
    ),
    "per_unit": Kind(
        _("Points for each unit"),
        (
            POINTS,
            Field("items", CODES, _("Items that count"), hint=_("Leave this empty to use the goods below.")),
            Field("cap_per_receipt", WHOLE, _("At most a receipt")),
        ),
    ),
    "fixed": Kind(_("Points for a receipt"), (POINTS,)),
    "multiplier": Kind(
        _("A multiple of other points"),
        (BASE, Field("factor", DECIMAL, _("Times"), hint=_("2 doubles the points, 1.5 adds half."))),
    ),
    "tier_percentage": Kind(_("More points by tier"), (BASE, Field("percent", SHARES, _("Per cent more"), "tiers"))),
    "first_purchase": Kind(_("A welcome on the first purchase"), (POINTS,)),
    "spend_reached": Kind(
        _("A reward for spending in a period"),
        (
            POINTS,
            Field("minor", MONEY, _("Once this is spent")),
            Field("per", CHOICE, _("Within a"), "spans"),
        ),
    ),
    "cashback": Kind(_("Money back"), (Field("percent", DECIMAL, _("Per cent of the amount")),)),
}

NAMES = (
    Field("name.en", TEXT, _("Name in English")),
    Field("name.ar", TEXT, _("Name in Arabic")),
    Field("name.fa", TEXT, _("Name in Persian")),
)
GIVEN = (
    Field("unit", CHOICE, _("Gives"), "units", "points"),
    Field("qualifying", FLAG, _("Counts towards the tier"), default=False),
)
LINES = goods("lines")
DURING = (Field("during.from", DAY, _("First day")), Field("during.to", DAY, _("Last day")))
LIMITS = (
    Field("caps", CAPS, _("At most for a member"), "periods"),
    Field("cap.points", WHOLE, _("Cap")),
    Field("cap.per", CHOICE, _("Cap for a"), "periods"),
    Field("per_receipt.least", WHOLE, _("Nothing below, a receipt")),
    Field("per_receipt.most", WHOLE, _("At most, a receipt")),
    Field("budget", WHOLE, _("At most for all members together")),
)
MORE = (
    Field("unless.items", CODES, _("Gives nothing with these items on the receipt")),
    Field("unless.discounted", FLAG, _("Gives nothing with anything discounted"), default=False),
    Field("group", TEXT, _("Group"), hint=_("Of the rules of one group only the largest award counts.")),
    Field("priority", WHOLE, _("Order of cutting"), default=0, hint=_("Of what several share, the smaller is first.")),
    Field("code", TEXT, _("Code"), hint=_("Made from the name where it is left empty.")),
)
WITHOUT_LINES = ("multiplier", "tier_percentage", "spend_reached")
WITHOUT_CAPS = ("spend_reached",)
ONLY_WHERE_THERE = ("cap",)
"""Other spellings of what the form has a field for: shown where a rule has it already."""

OF_PERIOD = Field("per", CHOICE, _("Within a"), "years")
AROUND = (
    Field("days_before", WHOLE, _("Days before"), default=0),
    Field("days_after", WHOLE, _("Days after"), default=0),
)
FROM, TO = _("From"), _("To")

CONDITIONS: dict[str, Kind] = {
    "items": Kind(
        _("Goods on the receipt"),
        (
            *goods("lines"),
            Field("quantity", DECIMAL, _("At least so many")),
            Field("amount_minor", MONEY, _("For at least")),
        ),
        ("lines",),
    ),
    "bundle": Kind(_("Goods bought together"), (Field("of", BUNDLE, _("One of each"), "sorts"),)),
    "amount": Kind(
        _("Amount of the receipt"),
        (
            Field("at_least_minor", MONEY, _("At least")),
            Field("at_most_minor", MONEY, _("At most")),
            Field("with_tax", NOT_FLAG, _("Counted without tax"), default=True),
            Field("before_discount", FLAG, _("Counted before discounts"), default=False),
        ),
    ),
    "quantity": Kind(
        _("Quantity on the receipt"),
        (Field("at_least", DECIMAL, _("At least")), Field("at_most", DECIMAL, _("At most"))),
    ),
    "branch": Kind(_("Branch"), (Field("of", CHOICES, _("One of"), "branches"),)),
    "channel": Kind(_("Channel"), (Field("of", CODES, _("One of")),)),
    "payment": Kind(_("Way to pay"), (Field("of", CODES, _("One of")),)),
    "currency": Kind(_("Currency"), (Field("of", CODES, _("One of")),)),
    "tag": Kind(_("Tag of the receipt"), (Field("of", CODES, _("One of")),)),
    "weekday": Kind(_("Day of the week"), (Field("of", CHOICES, _("One of"), "weekdays"),)),
    "hours": Kind(
        _("Time of day"),
        (
            Field("from", TIME, FROM, hint=_("Such as 16:00.")),
            Field("to", TIME, TO, hint=_("Such as 18:00; midnight is 24:00.")),
        ),
    ),
    "dates": Kind(_("Days"), (Field("from", DAY, _("First day")), Field("to", DAY, _("Last day")))),
    "season": Kind(
        _("Season of every year"),
        (
            Field("calendar", CHOICE, _("Calendar"), "calendars"),
            Field("from", MONTH_DAY, FROM, "months"),
            Field("to", MONTH_DAY, TO, "months"),
        ),
    ),
    "tier": Kind(_("Tier"), (Field("of", CHOICES, _("One of"), "tiers"),)),
    "member_tag": Kind(_("Tag of the member"), (Field("of", CODES, _("One of")),)),
    "age": Kind(_("Age"), (Field("at_least", WHOLE, _("At least")), Field("at_most", WHOLE, _("At most")))),
    "birthday": Kind(_("Birthday"), AROUND),
    "anniversary": Kind(_("Anniversary"), (Field("of", CHOICE, _("Of"), "anniversaries"), *AROUND)),
    "nth_purchase": Kind(
        _("Number of the purchase"),
        (Field("n", WHOLE, _("It is purchase no.")), Field("every", WHOLE, _("Or every so many purchases"))),
    ),
    "first_at_branch": Kind(_("First purchase at the branch")),
    "not_seen": Kind(_("Not seen for a while"), (Field("days", WHOLE, _("Days since the last purchase")),)),
    "new_member": Kind(_("New member"), (Field("days", WHOLE, _("Days since joining, at most")),)),
    "visits": Kind(
        _("Purchases in a period"),
        (OF_PERIOD, Field("n", WHOLE, _("It is purchase no.")), Field("at_least", WHOLE, _("Or from no. on"))),
    ),
    "spent": Kind(_("Spent in a period"), (OF_PERIOD, Field("at_least_minor", MONEY, _("At least")))),
    "referred": Kind(_("Purchase of a referred member"), (Field("n", WHOLE, _("It is purchase no.")),)),
}

OPTIONS: dict[str, list[tuple[str, Label]]] = {
    "modes": [("steps", _("By full steps")), ("proportional", _("In proportion"))],
    "discounted": [("", _("Discounted or not")), ("yes", _("Only discounted")), ("no", _("Only at full price"))],
    "spans": [("day", _("Day")), ("week", _("Week")), ("month", _("Month"))],
    "years": [("day", _("Day")), ("week", _("Week")), ("month", _("Month")), ("year", _("Year"))],
    "periods": [
        ("day", _("Day")),
        ("week", _("Week")),
        ("month", _("Month")),
        ("year", _("Year")),
        ("campaign", _("Campaign")),
        ("lifetime", _("For ever")),
    ],
    "weekdays": [
        ("monday", _("Monday")),
        ("tuesday", _("Tuesday")),
        ("wednesday", _("Wednesday")),
        ("thursday", _("Thursday")),
        ("friday", _("Friday")),
        ("saturday", _("Saturday")),
        ("sunday", _("Sunday")),
    ],
    "calendars": [("gregorian", _("Gregorian")), ("jalali", _("Jalali (solar)")), ("hijri", _("Hijri (lunar)"))],
    "anniversaries": [("enrolment", _("Joining")), ("first_purchase", _("The first purchase"))],
    "sorts": [
        ("items", _("Items")),
        ("categories", _("Categories")),
        ("brands", _("Brands")),
        ("suppliers", _("Suppliers")),
        ("tags", _("Tags of goods")),
    ],
}
"""What does not depend on the merchant or the programme."""


def months(calendar: str) -> list[tuple[str, str]]:
    """The months of a calendar, by their numbers."""
    known = calendar if calendar in COUNTED else COUNTED[0]
    return [(str(number), month_names.month(known, number)) for number in range(1, 13)]


def fields_of(kind: str) -> tuple[Field, ...]:
    """All fields of a kind of rule but its condition; of one that there is not, those that every kind has."""
    own = RULES[kind].fields if kind in RULES else ()
    lines = () if kind in WITHOUT_LINES else LINES
    limits = tuple(field for field in LIMITS if kind not in WITHOUT_CAPS or field.top not in ("cap", "caps"))
    return (*NAMES, *own, *GIVEN, *lines, *DURING, *limits, *MORE)
