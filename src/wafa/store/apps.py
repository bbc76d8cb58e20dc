"""Django's name for this room."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class StoreConfig(AppConfig):
    name = "wafa.store"
    label = "store"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        """Hang the net under every connection."""
        from wafa.store import net

        connection_created.connect(net.hang, dispatch_uid="merchant-scope")
