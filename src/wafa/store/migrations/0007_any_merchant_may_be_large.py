"""The planner takes every merchant for a large one: one that joined since the last statistics is not for it empty."""

from django.db import migrations

from wafa.store.statistics import any_merchant_may_be_large

TABLES = (
    "award branch document document_line document_number document_source entry hold import_refusal import_run lot "
    "member outbox_event posting programme_version progress return_match staff wallet"
).split()


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0006_backstops"),
    ]

    operations = [any_merchant_may_be_large(table) for table in TABLES]
