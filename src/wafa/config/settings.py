"""Django's settings. The environment decides six things:

    WAFA_HOME                 where everything is kept (default ~/.wafa)
    DATABASE_URL              a PostgreSQL server of your own, instead of the embedded one
    WAFA_OWNER_DATABASE_URL   the same database, as the role that owns the tables; the other one then only uses them
    WAFA_ALLOWED_HOSTS        the names that people reach this server by, comma-separated
    WAFA_HTTPS                1 behind a proxy that speaks HTTPS and says so (X-Forwarded-Proto, X-Forwarded-For)
    WAFA_DEBUG                1 to see errors in the browser; never on a server that others reach

Reading this module starts nothing and writes nothing.
"""

import os
from functools import cache
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

import wafa
from wafa.config import database, home
from wafa.config.logs import LOGGING as LOGGING
from wafa.jobs import TASK_MODULES


def _yes(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _listed(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


PACKAGE = Path(wafa.__file__).parent
HTTPS = _yes("WAFA_HTTPS")
DEBUG = _yes("WAFA_DEBUG")

# Made at its first use, not here: `wafa --help` must not write anything. Read once: each request asks for it.
SECRET_KEY = lazy(cache(home.secret_key), str)()

INSTALLED_APPS = [
    # Before allauth, whose templates it replaces.
    "wafa.web.console",
    "wafa.store",
    "allauth",
    "allauth.account",
    # Its scripts and styles are those of the API's browsable page.
    "ninja",
    "procrastinate.contrib.django",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "wafa.web.api.door.Door",
    "wafa.web.security.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "wafa.config.urls"
WSGI_APPLICATION = "wafa.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = database.django_databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that all web processes count the same attempts to sign in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- language and time -----------------------------------------------------------------------------------------------

LANGUAGES = [("en", _("English")), ("ar", _("Arabic")), ("fa", _("Persian"))]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
# What all doors share; each door's own files lie in its own app.
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wafa.config.static.FingerprintedStatic"},
}
# Served from where they lie in the package: nothing to collect after an upgrade.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 24 * 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = home.media()
MEDIA_URL = "/media/"
# A batch of 1,000 receipts of ten lines is half of that.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# Imports hold names and telephone numbers.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- who is let in ---------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

ACCOUNT_ADAPTER = "wafa.config.accounts.StaffAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
# A branch's tills often share one address; a guesser is stopped by the second limit, which is per user name.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/m/ip,5/300s/key"}
# Behind a proxy the client's address is the one that this one proxy added last.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0

# --- on the wire -----------------------------------------------------------------------------------------------------

OWN_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [*OWN_HOSTS, *_listed("WAFA_ALLOWED_HOSTS")]
# A working day; a till left on overnight asks again.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # Whoever watches the server's health asks it directly, not through the proxy.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

# --- jobs ------------------------------------------------------------------------------------------------------------

PROCRASTINATE_IMPORT_PATHS = list(TASK_MODULES)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
