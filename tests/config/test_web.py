"""What every door stands behind: sign-in, hosts, static files, the health page, what the settings promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from tests.config.processes import environment
from wafa.config.accounts import StaffAccounts
from wafa.config.static import fingerprint

PASSWORD = "correct horse battery"


@pytest.fixture
def huda(db: None) -> User:
    cache.clear()
    return User.objects.create_user("huda", password=PASSWORD)


def sign_in(client: Client, name: str, password: str) -> int:
    return client.post("/sign-in/", {"login": name, "password": password}).status_code


@pytest.mark.django_db
def test_health(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}

    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "database unreachable"})


def test_sign_in_and_out(client: Client, huda: User) -> None:
    assert client.get("/sign-in/").status_code == 200
    assert sign_in(client, "huda", PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(huda.pk)
    assert client.session.get_expiry_age() == 12 * 3600
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down_for_each_user_name(client: Client, huda: User) -> None:
    for _ in range(5):
        assert sign_in(client, "huda", "wrong") == 200
    # Now even the right one is refused for a while, from wherever.
    assert sign_in(client, "huda", PASSWORD) == 200
    assert "_auth_user_id" not in client.session


def test_one_who_has_left_is_turned_away(client: Client, huda: User) -> None:
    huda.is_active = False
    huda.save()
    answer = client.post("/sign-in/", {"login": "huda", "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client) -> None:
    assert StaffAccounts().is_open_for_signup(None) is False  # type: ignore[arg-type]
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(Exception, match="not a valid view"):
            reverse(name)


def test_other_host_names_are_refused(client: Client) -> None:
    assert client.get("/sign-in/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_the_page_speaks_the_visitors_language(client: Client) -> None:
    # The thread goes on in the language of its latest visitor; the next test shall not.
    with translation.override("en"):
        for language in ("en", "ar", "fa"):
            answer = client.get("/sign-in/", headers={"accept-language": language})
            assert answer.headers["Content-Language"] == language


def test_static_files_are_kept_for_long_under_an_address_that_changes_with_them(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    from django.contrib.staticfiles import finders
    from django.templatetags.static import static

    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    addresses = []
    for content in ("a{}", "b{}"):
        (tmp_path / "till.css").write_text(content)
        fingerprint.cache_clear()
        addresses.append(static("till.css"))
    finders.get_finder.cache_clear()
    fingerprint.cache_clear()
    assert addresses[0] != addresses[1]
    assert all(address.startswith("/static/till.css?v=") for address in addresses)
    assert static("no-such.css") == "/static/no-such.css"


def test_the_shared_static_files_are_served(client: Client) -> None:
    answer = client.get("/static/vendor/htmx/htmx.min.js")
    assert answer.status_code == 200
    assert "max-age=86400" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("behind_a_proxy", "expected"),
    [
        ({}, "[] False False 0 ['localhost', '127.0.0.1', '[::1]']"),
        (
            {"WAFA_HTTPS": "1", "WAFA_ALLOWED_HOSTS": "till.example, wafa.example"},
            "[] True True 1 ['localhost', '127.0.0.1', '[::1]', 'till.example', 'wafa.example']",
        ),
    ],
    ids=["alone", "proxy"],
)
def test_the_environment_sets_what_a_proxy_needs(tmp_path: Path, behind_a_proxy: dict[str, str], expected: str) -> None:
    code = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "wafa.config.settings"
import django; django.setup()
from django.conf import settings as s
from django.core.checks import run_checks
# Sub-domains and preload lists are for the owner of the domain to decide.
excused = {"security.W005", "security.W021"} if s.SESSION_COOKIE_SECURE else {
    "security.W004", "security.W008", "security.W012", "security.W016"}
print([m.id for m in run_checks(include_deployment_checks=True) if m.id not in excused],
      s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.ALLAUTH_TRUSTED_PROXY_COUNT, s.ALLOWED_HOSTS)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path, **behind_a_proxy), capture_output=True, text=True
    )
    assert done.stdout.strip() == expected, done.stderr
