"""Which door answers which address."""

from allauth.account import views as account
from django.urls import include, path

from wafa.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    # Of allauth's pages these three: no sign-up, no e-mail. The names are the ones that it looks up.
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="account_logout"),
    path("", include("wafa.web.api.urls")),
    path("", include("wafa.web.console.urls")),
]
