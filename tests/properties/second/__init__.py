"""A second ledger: the law of points once more, slowly, over lists and dictionaries and the programme's own JSON.

It shares with the core the commands that it is asked, and the month tables of the Jalali and Hijri calendars.
"""

from tests.properties.second.ledger import SecondLedger

__all__ = ["SecondLedger"]
