"""Sources: the tills and systems that documents come from."""

from django.db import models

from wafa.store.scope import MerchantOwned


class Numbering(models.TextChoices):
    """Whether a source's numbers start again, and when (law 4)."""

    ONCE = "once"
    DAY = "day"
    YEAR = "year"


class Source(MerchantOwned):
    """What is said of a source; one of which nothing is said never uses a number twice."""

    code = models.CharField(max_length=60, help_text="As its documents name it.")
    numbering = models.CharField(max_length=10, choices=Numbering.choices, default=Numbering.ONCE)

    class Meta:
        db_table = "document_source"
        constraints = [
            models.UniqueConstraint("merchant_id", "code", name="source_code_once"),
            models.CheckConstraint(condition=models.Q(numbering__in=Numbering.values), name="source_numbering_known"),
        ]
