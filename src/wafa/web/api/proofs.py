"""Proofs of possession: what a member shows at the till so that their points go to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from pydantic import Field, model_validator

from wafa.store.identify import CARD, QR, MemberName, identify
from wafa.store.models import Member
from wafa.web.api.access import Caller
from wafa.web.api.fields import Body, Code, Pin, fault
from wafa.web.api.member_names import MemberRef
from wafa.web.api.problems import ProblemError
from wafa.web.api.requests import found_number

TRIES_MOST = 5
AFTER = timedelta(minutes=15)
"""So many wrong PINs of one member, and no more are looked at for a while: four digits are tried quickly."""


class Proof(Body):
    """One of: the card's number as it was read, the code on the phone, the PIN that the member typed."""

    card: Code | None = None
    qr: str | None = Field(None, min_length=1, max_length=100)
    pin: Pin | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len([value for value in dict(self).values() if value is not None]) != 1:
            raise fault("one_way_only")
        return self


def proven(caller: Caller, member: MemberRef, proof: Proof | None) -> str:
    """What was shown and is right: card, qr or pin; empty where nothing was. Raises ProblemError of a wrong one.

    Who is named by a card or the code on the phone has shown it.
    """
    if proof is None:
        return CARD if member.card else QR if member.qr else ""
    number = found_number(caller, member)
    if proof.pin is not None:
        _check_pin(caller, number, proof.pin)
        return "pin"
    name = MemberName(CARD, proof.card) if proof.card else MemberName(QR, proof.qr or "")
    if _survivors(caller, identify(caller.merchant.id, [name])[name]) != _survivors(caller, [number]):
        raise ProblemError(422, "proof_wrong", path=f"proof.{name.kind}")
    return name.kind


def _check_pin(caller: Caller, number: str, pin: str) -> None:
    member = Member.objects.of(caller.merchant).select_related("survivor").filter(number=number).first()
    key = f"pin:{caller.merchant.id}:{member.survivor_id or member.id}" if member else ""
    if member is None or cache.get(key, 0) >= TRIES_MOST:
        seconds = int(AFTER.total_seconds())
        raise ProblemError(429, "tried_too_often", path="proof.pin", retry_after=seconds)
    kept = (member.survivor or member).pin_hash
    if kept and check_password(pin, kept):
        cache.delete(key)
        return
    cache.add(key, 0, int(AFTER.total_seconds()))
    cache.incr(key)
    raise ProblemError(422, "proof_wrong", path="proof.pin")


def _survivors(caller: Caller, numbers: list[str]) -> set[object]:
    """Whose numbers these are by now: the cards of one who was merged are the survivor's."""
    rows = Member.objects.of(caller.merchant).filter(number__in=numbers)
    return {survivor or id for id, survivor in rows.values_list("id", "survivor_id")}
