"""Looking a key up: asked with each request, so the statement is put together once."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from wafa.store.models import ApiKey, Merchant

_KEY = [field.attname for field in ApiKey._meta.concrete_fields]
_MERCHANT = [field.attname for field in Merchant._meta.concrete_fields]
_FOUND = f"""
    SELECT {", ".join(f"k.{column}" for column in _KEY)}, {", ".join(f"m.{column}" for column in _MERCHANT)}
    FROM api_key k JOIN merchant m ON m.id = k.merchant_id
    WHERE k.merchant_id = %s AND k.secret_hash = %s AND k.revoked_at IS NULL
"""  # noqa: S608


def key_with(merchant_id: UUID, secret_hash: bytes) -> ApiKey | None:
    """The key with this secret, and its merchant; None where there is none, or it was revoked. It may have expired."""
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [merchant_id, secret_hash])
        row = cursor.fetchone()
    if row is None:
        return None
    key = ApiKey.from_db("default", _KEY, row[: len(_KEY)])
    key.merchant = Merchant.from_db("default", _MERCHANT, row[len(_KEY) :])
    return key
