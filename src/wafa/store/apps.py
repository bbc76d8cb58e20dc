"""Django's name for this room."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "wafa.store"
    label = "store"
    default_auto_field = "django.db.models.UUIDField"
