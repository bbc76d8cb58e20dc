"""Wafa's words in Arabic and Persian. English is what stands in the code.

The catalogues are written by hand: `LANGUAGE/LC_MESSAGES/django.po`. After a change,

    python -m wafa.locale.compile

makes the files that are read at run time, and a test says what is missing, out of date or no longer used.
"""
