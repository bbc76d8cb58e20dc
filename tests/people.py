"""The named cast: who works at a shop, and who has no business there."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.test import Client

from tests.world import World
from wafa.store.models import Branch, Role, Staff

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Cast:
    """Huda owns the shop; Majid manages Olaya, Rana the airport; Karim sits at Olaya's till; Farid owns another
    shop altogether; Nobody has an account and no place.
    """

    huda: User
    majid: User
    rana: User
    karim: User
    farid: User
    nobody: User


def cast(world: World, elsewhere: World) -> Cast:
    """Everybody, each at their place."""
    return Cast(
        huda=hired(world, "huda", Role.OWNER),
        majid=hired(world, "majid", Role.BRANCH_MANAGER, "olaya"),
        rana=hired(world, "rana", Role.BRANCH_MANAGER, "airport"),
        karim=hired(world, "karim", Role.CASHIER, "olaya"),
        farid=hired(elsewhere, "farid", Role.OWNER),
        nobody=User.objects.create_user("nobody", password=PASSWORD),
    )


def hired(world: World, name: str, role: Role, branch: str | None = None) -> User:
    """A user with a place at a shop."""
    user = User.objects.create_user(name, password=PASSWORD)
    place = Branch.objects.of(world.merchant).get(code=branch) if branch else None
    Staff.objects.create(merchant=world.merchant, user=user, role=role, branch=place)
    return user


def signed_in(user: User, language: str = "en") -> Client:
    """A browser in which somebody has signed in, reading some language."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["django_language"] = language
    return client
