"""The names of facts that rules may read, beside those that every receipt keeps. What each holds is JSON.

Whoever evaluates a receipt brings those that the programme's rules name (`Programme.facts_read`), and no others.
"""

MINUTE = "minute"
"""Minutes since the merchant's midnight, 0 to 1439."""
BRANCH, BRANCH_GROUPS = "branch", "branch_groups"
"""The code of the branch that sold it; the codes of the groups that it belonged to."""
CHANNEL, CURRENCY, TAGS = "channel", "currency", "tags"
"""As the source said them; tags a list."""
PAYMENTS, TOTAL_MINOR = "payments", "total_minor"
"""Minor units by method of payment; and of the whole receipt as it was sold."""
JALALI, HIJRI = "jalali", "hijri"
"""The day in another calendar: [year, month, day, the month's last day]; Hijri with the merchant's shift."""
LABELS = "labels"
"""By item: what the version's rules name of it, such as "category:dairy", that of its category's ancestors too."""
MEMBER_TAGS, AGE = "member_tags", "age"
"""A list; full years, or null."""
BIRTHDAY_IN, ENROLMENT_IN, FIRST_PURCHASE_IN = "birthday_in", "enrolment_in", "first_purchase_in"
"""Days from the nearest such day to the purchase's: 0 on it, below zero before it; null where it is not known. The day
itself, in its first year, is none."""
ENROLLED_DAYS, SINCE_LAST = "enrolled_days", "since_last"
"""Days since the member joined; since the last earlier purchase, or null."""
AT_BRANCH = "at_branch"
"""How many earlier purchases there were at this branch."""
REFERRED_PURCHASE = "referred_purchase"
"""The how-manieth purchase this is of somebody who was referred; null for others."""

PERIODS = ("day", "week", "month", "year")


def visits(per: str) -> str:
    """The fact that holds how many earlier purchases there were in the period."""
    return f"visits:{per}"


VISITS = tuple(visits(per) for per in PERIODS)
EVERY = (
    *(MINUTE, BRANCH, BRANCH_GROUPS, CHANNEL, CURRENCY, TAGS, PAYMENTS, TOTAL_MINOR, JALALI, HIJRI, LABELS),
    *(MEMBER_TAGS, AGE, BIRTHDAY_IN, ENROLMENT_IN, FIRST_PURCHASE_IN, ENROLLED_DAYS, SINCE_LAST, AT_BRANCH),
    *(REFERRED_PURCHASE, *VISITS),
)
"""All of them."""
