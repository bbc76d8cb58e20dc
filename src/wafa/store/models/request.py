"""Writes that move no points: what was answered, under the key that they were asked for with (law 4)."""

from django.db import models

from wafa.store.scope import MerchantOwned


class DoneRequest(MerchantOwned):
    """A request that was carried out, in the commit that carried it out; append-only."""

    key = models.CharField(max_length=120)
    content_hash = models.BinaryField(max_length=32, help_text="SHA-256 of what was asked for.")
    status = models.SmallIntegerField(help_text="Of the answer, as HTTP counts them.")
    answer = models.JSONField(help_text="Without secrets: these are shown once.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "done_request"
        constraints = [models.UniqueConstraint("merchant_id", "key", name="done_request_once")]
