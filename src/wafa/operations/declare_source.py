"""Declaring a source: whether its numbers start again each day or year (law 4)."""

from uuid import UUID

from django.db import transaction

from wafa.store.ids import new_id
from wafa.store.models import DocumentNumber, Numbering, Source


class SourceInUseError(ValueError):
    """Documents of the source have been counted already: under another numbering they would be counted again."""

    def __init__(self, code: str) -> None:
        super().__init__(f"documents of source {code} have been counted already")
        self.code = code


def declare_source(merchant_id: UUID, code: str, numbering: Numbering) -> None:
    """From the first document on, a source's numbers are unique for ever, within a day, or within a year.

    To say the same again changes nothing. Raises SourceInUseError where documents have come under another numbering;
    so it is said before the source is let in, not while its tills are sending.
    """
    with transaction.atomic():
        declared = Source.objects.of(merchant_id).filter(code=code).first()
        stands = declared.numbering if declared else Numbering.ONCE
        if stands == numbering:
            return
        if DocumentNumber.objects.of(merchant_id).filter(source=code).exists():
            raise SourceInUseError(code)
        if declared:
            Source.objects.of(merchant_id).filter(code=code).update(numbering=numbering)
        else:
            Source.objects.create(id=new_id(), merchant_id=merchant_id, code=code, numbering=numbering)
