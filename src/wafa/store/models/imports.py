"""Imports: what was read from which file, and the documents of replays that could not be counted."""

from django.db import models

from wafa.store.scope import MerchantOwned


class ImportRun(MerchantOwned):
    """One reading of one file. Its counts move with each batch, in the transaction that counts the batch."""

    file_name = models.CharField(max_length=255)
    file_digest = models.BinaryField(max_length=32, help_text="SHA-256 of the file as it is stored.")
    mapping = models.CharField(max_length=100, help_text="Name of the mapping that it was read by.")
    source = models.CharField(max_length=60)
    replay = models.BooleanField(help_text="Whether each document was posted at its own time.")
    started_at = models.DateTimeField(help_text="By the system's clock.")
    finished_at = models.DateTimeField(null=True, help_text="By the system's clock; null: it runs, or was stopped.")
    rows_read = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0, help_text="Rows that could not be used by themselves.")
    documents_read = models.BigIntegerField(default=0, help_text="Documents with a row that could be used.")
    counted = models.BigIntegerField(default=0, help_text="Documents counted by this run.")
    counted_before = models.BigIntegerField(default=0, help_text="Documents that had been counted before.")
    anonymous = models.BigIntegerField(default=0, help_text="Of those counted, how many credit nobody.")
    refused = models.BigIntegerField(default=0, help_text="Documents that were refused whole.")

    class Meta:
        db_table = "import_run"
        indexes = [models.Index("merchant_id", "started_at", name="import_run_by_time")]


class ImportRefusal(MerchantOwned):
    """A document that a replay came past and could not count.

    It is what lets a replay that was stopped go on: such a document is earlier than entries that have been
    posted since, and must not stand in the way of the rest, nor be counted at a time that has passed.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    source = models.CharField(max_length=60)
    period = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=60)
    content_hash = models.BinaryField(max_length=32, help_text="Of what the file said; see core.commands.")
    refusal = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "import_refusal"
        constraints = [models.UniqueConstraint("merchant_id", "source", "period", "number", name="import_refusal_once")]
