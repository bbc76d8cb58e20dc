"""The application that the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from wafa.config.collector import collect_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wafa.config.settings")

application = get_wsgi_application()
collect_seldom()
