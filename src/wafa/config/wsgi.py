"""The application that the web server calls."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from wafa.config.collector import collect_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wafa.config.settings")

# The thread that posts for all the others waits for the database a dozen times a batch. At Python's own 5 ms a turn it
# would wait for each of those that make answers before it may go on.
TURN_SECONDS = 0.0005

application = get_wsgi_application()
sys.setswitchinterval(TURN_SECONDS)
collect_seldom()
