"""What a person can get wrong at the command line."""


class UsageError(Exception):
    """One clear sentence for the person at the terminal; printed without a traceback, exit status 2."""
