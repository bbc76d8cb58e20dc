"""A policy is read strictly: what is missing, wrong or unknown is a problem at its path."""

from __future__ import annotations

import json
from datetime import date

from tests.core.expiry.policies import read
from tests.core.scenarios import table


@table("""
    expiry                                                           | problem
    {}                                                               | expiry.kind: missing
    {"kind": "weeks", "weeks": 6}                                    | expiry.kind: unknown_kind
    {"kind": null}                                                   | expiry.kind: unknown_kind
    []                                                               | expiry: not_an_object
    {"kind": "months"}                                               | expiry.months: missing
    {"kind": "months", "months": 0}                                  | expiry.months: out_of_bounds
    {"kind": "months", "months": 1201}                               | expiry.months: out_of_bounds
    {"kind": "months", "months": null}                               | expiry.months: not_a_whole_number
    {"kind": "months", "months": 6, "days": 1}                       | expiry.days: unknown_field
    {"kind": "days"}                                                 | expiry.days: missing
    {"kind": "days", "days": 0}                                      | expiry.days: out_of_bounds
    {"kind": "days", "days": 36501}                                  | expiry.days: out_of_bounds
    {"kind": "days", "days": "90"}                                   | expiry.days: not_a_whole_number
    {"kind": "end_of", "months": 0, "calendar": "hijri"}             | expiry.period: missing
    {"kind": "end_of", "period": "week", "months": 0, "calendar": "hijri"}  | expiry.period: unknown_kind
    {"kind": "end_of", "period": "year", "calendar": "hijri"}        | expiry.months: missing
    {"kind": "end_of", "period": "year", "months": -1, "calendar": "hijri"} | expiry.months: out_of_bounds
    {"kind": "end_of", "period": "year", "months": 1201, "calendar": "hijri"} | expiry.months: out_of_bounds
    {"kind": "end_of", "period": "year", "months": 0}                | expiry.calendar: missing
    {"kind": "end_of", "period": "year", "months": 0, "calendar": "persian"} | expiry.calendar: unknown_kind
    {"kind": "fixed"}                                                | expiry.on: missing
    {"kind": "fixed", "on": "2012-02-30"}                            | expiry.on: not_a_day
    {"kind": "fixed", "on": null}                                    | expiry.on: not_a_day
    {"kind": "inactivity"}                                           | expiry.months: missing
    {"kind": "inactivity", "months": 0}                              | expiry.months: out_of_bounds
    {"kind": "inactivity", "months": 1201}                           | expiry.months: out_of_bounds
    {"kind": "never", "months": 6}                                   | expiry.months: unknown_field
""")
def test_what_is_wrong_is_named(expiry: str, problem: str) -> None:
    found, problems = read(json.loads(expiry))
    assert problem in problems
    found.last_day(date(2011, 1, 5))  # whatever was wrong, what is read instead can be asked


@table("""
    expiry
    {"kind": "months", "months": 1}
    {"kind": "months", "months": 1200}
    {"kind": "days", "days": 36500}
    {"kind": "end_of", "period": "quarter", "months": 0, "calendar": "gregorian"}
    {"kind": "end_of", "period": "month", "months": 1200, "calendar": "jalali"}
    {"kind": "fixed", "on": "2000-02-29"}
    {"kind": "inactivity", "months": 1200}
    {"kind": "never"}
""")
def test_what_is_sound(expiry: str) -> None:
    assert read(json.loads(expiry))[1] == []
