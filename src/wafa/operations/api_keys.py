"""Keys of the API: made, replaced with an overlap, revoked at once. A token is shown when its key is made, never again.

A token is `wafa_` and, in URL-safe base 64, the merchant's id followed by 24 random bytes: so it can be looked up as
every row is, by merchant. It holds 192 bits of chance, so one round of SHA-256 keeps it: nobody can try them all.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wafa.store.models import ApiKey, Branch, Scope
from wafa.store.models.api_key import TILL_SCOPES

PREFIX = "wafa_"
SECRET_BYTES = 24
NAME_LONGEST = 60


class KeyRefusedError(ValueError):
    """A key cannot be made like this: `field` says what is wrong, `given` names what was given."""

    def __init__(self, field: str, given: str) -> None:
        super().__init__(f"{field}: {given}")
        self.field, self.given = field, given


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What a key shall be allowed. No scopes: those of a till. No branches: all. `adjusts_most` None: without limit."""

    name: str
    scopes: Sequence[str] = ()
    branches: Sequence[str] = ()
    till: str = ""
    adjusts_most: int | None = None
    requests_a_minute: int | None = None
    expires_at: datetime | None = None


def create_key(merchant_id: UUID, terms: KeyTerms, follows: ApiKey | None = None) -> tuple[ApiKey, str]:
    """A new key, with its token. Raises KeyRefusedError."""
    _check(merchant_id, terms)
    token = PREFIX + base64.urlsafe_b64encode(merchant_id.bytes + secrets.token_bytes(SECRET_BYTES)).decode().rstrip(
        "="
    )
    key = ApiKey.objects.create(
        merchant_id=merchant_id,
        name=terms.name,
        secret_hash=digest(token),
        scopes=sorted(set(terms.scopes) or TILL_SCOPES),
        branches=sorted(set(terms.branches)),
        till=terms.till,
        adjusts_most=terms.adjusts_most,
        requests_a_minute=terms.requests_a_minute,
        expires_at=terms.expires_at,
        follows=follows,
    )
    return key, token


def rotate_key(merchant_id: UUID, key_id: UUID, overlap: timedelta) -> tuple[ApiKey, str] | None:
    """A key with the same rights in the place of one that goes on for the overlap only; None: there is no such key."""
    with transaction.atomic():
        old = ApiKey.objects.of(merchant_id).select_for_update().filter(id=key_id, revoked_at__isnull=True).first()
        if old is None or (old.expires_at and old.expires_at <= timezone.now()):
            return None
        terms = KeyTerms(
            old.name, old.scopes, old.branches, old.till, old.adjusts_most, old.requests_a_minute, old.expires_at
        )
        made = create_key(merchant_id, terms, old)
        ends = timezone.now() + overlap
        old.expires_at = min(old.expires_at, ends) if old.expires_at else ends
        old.save(update_fields=["expires_at"])
        return made


def revoke_key(merchant_id: UUID, key_id: UUID) -> bool:
    """From now on it opens nothing; False: there is no such key. One that was revoked before stays as it is."""
    keys = ApiKey.objects.of(merchant_id).filter(id=key_id)
    keys.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    return keys.exists()


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def merchant_in(token: str) -> UUID | None:
    """Whose key a token claims to be; None: it is no token."""
    if not token.startswith(PREFIX):
        return None
    try:
        raw = base64.urlsafe_b64decode(token[len(PREFIX) :] + "==")
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=raw[:16]) if len(raw) == 16 + SECRET_BYTES else None


def _check(merchant_id: UUID, terms: KeyTerms) -> None:
    if not terms.name.strip() or len(terms.name) > NAME_LONGEST:
        raise KeyRefusedError("name", terms.name[:NAME_LONGEST])
    for scope in terms.scopes:
        if scope not in Scope.values:
            raise KeyRefusedError("scopes", scope)
    known = set(Branch.objects.of(merchant_id).filter(code__in=terms.branches).values_list("code", flat=True))
    for branch in terms.branches:
        if branch not in known:
            raise KeyRefusedError("branches", branch)
    if len(terms.till) > NAME_LONGEST:
        raise KeyRefusedError("till", terms.till[:NAME_LONGEST])
    for field in ("adjusts_most", "requests_a_minute"):
        figure = getattr(terms, field)
        if figure is not None and not (0 if field == "adjusts_most" else 1) <= figure <= 10**9:
            raise KeyRefusedError(field, str(figure))
