"""Django's name for the console."""

from pathlib import Path

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The console's app. Its templates and static files lie one folder up, where every door finds them."""

    name = "wafa.web.console"
    label = "console"
    path = str(Path(__file__).resolve().parent.parent)
