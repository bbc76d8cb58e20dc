"""Where the API answers."""

from django.urls import path

from wafa.web.api.app import api

urlpatterns = [path("api/v1/", api.urls)]
