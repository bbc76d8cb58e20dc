"""The demo's merchant: its programme, its first branch, and three people who can sign in."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction

from wafa.operations.open_branches import open_branches
from wafa.operations.publish_programme import publish_programme
from wafa.store.models import Branch, Merchant, Role, Staff

CODE = "demo"
PROGRAMME = Path(__file__).with_name("programme.json")
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""The programme has always been in force: it is the year of receipts that is to be seen, not its start."""
FIRST_DAY = datetime(2010, 12, 1, tzinfo=UTC)
"""Where the demo's clock stands until the receipts move it on."""
BRANCH = ("germany", "Germany")
PEOPLE = {"owner": Role.OWNER, "manager": Role.BRANCH_MANAGER, "cashier": Role.CASHIER}


@dataclass(frozen=True, slots=True)
class SignIn:
    """What to type to sign in as one of the demo's people."""

    role: str
    username: str
    password: str


def ensure_merchant() -> Merchant:
    """The demo's merchant with its programme, made where it is missing."""
    with transaction.atomic():
        merchant, made = Merchant.objects.get_or_create(
            code=CODE,
            defaults={
                "name_en": "Demo Gifts",
                "name_ar": "هدايا ديمو",
                "name_fa": "هدیه‌سرای دمو",
                "currency": "GBP",
                "time_zone": "Europe/London",
                "clock_at": FIRST_DAY,
            },
        )
        if made:
            publish_programme(merchant, json.loads(PROGRAMME.read_text("utf-8")), BEGINNING)
            open_branches(merchant.id, dict([BRANCH]))
    return merchant


def ensure_people(merchant: Merchant, keep: Path) -> list[SignIn]:
    """The demo's people with their passwords, made up for this installation and kept in a file beside its data."""
    kept: dict[str, str] = json.loads(keep.read_text("utf-8")) if keep.exists() else {}
    signs_in = []
    for name, role in PEOPLE.items():
        username = f"{CODE}-{name}"
        password = kept.setdefault(username, secrets.token_urlsafe(9))
        _ensure_person(merchant, role, username, password)
        signs_in.append(SignIn(str(role.label), username, password))
    keep.touch(mode=0o600)
    keep.write_text(json.dumps(kept, indent=2), "utf-8")
    return signs_in


def _ensure_person(merchant: Merchant, role: Role, username: str, password: str) -> None:
    with transaction.atomic():
        user, _ = get_user_model().objects.get_or_create(username=username)
        if not user.check_password(password):
            user.set_password(password)
            user.save()
        if not Staff.objects.of(merchant).filter(user=user).exists():
            branch = None if role == Role.OWNER else Branch.objects.of(merchant).get(code=BRANCH[0])
            Staff.objects.create(merchant=merchant, user=user, role=role, branch=branch)
