"""Activities: what earns points without a purchase, such as a review or a birthday, each once in its time."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from wafa.core.values.calendar import Window, week_of
from wafa.core.values.calendars.gregorian import GREGORIAN
from wafa.core.values.fields import Fields

KINDS = (
    "welcome",
    "birthday",
    "anniversary",
    "referral",
    "referred",
    "review",
    "survey",
    "check_in",
    "app_install",
    "profile_completed",
    "social_follow",
    "event",
)
"""What was done. The first five are noticed by Wafa itself, the others are told by other systems.

A referral is the referrer's, for each friend; referred is the friend.
"""
ONCE_PER = ("day", "week", "month", "year", "lifetime", "subject")
"""How often it counts. A subject is what it was about: the thing reviewed, the survey answered."""
OCCASIONS = {"welcome": "lifetime", "birthday": "year", "anniversary": "year"}
REFERRALS = {"referral": "subject", "referred": "lifetime"}
NOTICED = OCCASIONS | REFERRALS
"""Those that are noticed, and how often each can be."""


@dataclass(frozen=True, slots=True)
class Activity:
    """`points` for a member who did it, once in each period (or for each subject); `during` bounds the days.

    Of referrals: once the friend has spent `from_minor` in a day (eligible amount), and for `most` friends.
    """

    code: str
    kind: str
    names: dict[str, str]
    points: int
    once_per: str
    during: Window
    from_minor: int = 0
    most: int | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"code": "review", "kind": "review", "points": 50, "once_per": "subject", "name": {"en": "Review"}}

        Of what is noticed `once_per` follows from its kind. Does not finish the fields: its terms follow.
        """
        kind = fields.one_of("kind", KINDS) or "event"
        during = fields.inner_or_empty("during")
        window = Window(during.day("from"), during.day("to"))
        if window.first and window.last and window.first > window.last:
            during.problem("to", "before_from")
        during.done()
        return cls(
            code=fields.text("code"),
            kind=kind,
            names=fields.names(),
            points=fields.whole("points", least=1),
            once_per=NOTICED.get(kind) or fields.one_of("once_per", ONCE_PER) or "lifetime",
            during=window,
            from_minor=fields.whole("from_minor") if kind in REFERRALS and fields.has("from_minor") else 0,
            most=fields.whole("most", least=1) if kind == "referral" and fields.has("most") else None,
        )

    def period(self, day: date, subject: str) -> str:
        """The period (or subject) that it counts once in, as it is kept: "month 2026-11-01"."""
        match self.once_per:
            case "subject":
                return f"subject {subject}"
            case "lifetime":
                return "lifetime"
            case "week":
                return f"week {week_of(day)}"
            case "month":
                return f"month {GREGORIAN.first_of_month(day)}"
            case "year":
                return f"year {GREGORIAN.first_of_year(day)}"
        return f"day {day}"
