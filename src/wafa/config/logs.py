"""What is logged, and where to: short lines on standard error. Never a body, a password or a key."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "wafa": {"level": "INFO"},
        # Django's own handlers would mail the administrators, or write every line twice.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # A page that is not there is the visitor's business.
        "django.request": {"level": "ERROR"},
        # Each tick of the schedule is two lines of INFO; a failed job is an ERROR.
        "procrastinate": {"level": "WARNING"},
        # Its warnings are advice on the number of threads.
        "_granian": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "granian.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
