"""Entries and lots point at rows that never go; so that they do is asked once a statement, too."""

from django.db import migrations

from wafa.store.keys import references_by_statement


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0007_any_merchant_may_be_large"),
    ]

    operations = [
        references_by_statement("entry", ["document_id", "of_id"], document_id="document", of_id="entry"),
        references_by_statement("lot", ["entry_id", "document_id"], entry_id="entry", document_id="document"),
    ]
