"""Blocking a member, and letting them in again: no points move, but it is an event."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wafa.core.ledger.wallet import POINTS
from wafa.store import outbox
from wafa.store.copies import Copies
from wafa.store.members import lock_member
from wafa.store.models import Member, MemberStatus, Wallet


def set_member_status(merchant_id: UUID, member_id: UUID, status: MemberStatus, reason: str, at: datetime) -> bool:
    """Active or blocked; False: they were so before. Raises MemberMissingError, MemberClosedError."""
    with transaction.atomic():
        wallet = _lock_wallet(merchant_id, member_id)
        member = lock_member(merchant_id, member_id)
        if member.status == status:
            return False
        if wallet.member_id != member.id:
            # They were merged while their wallet was waited for.
            wallet = _lock_wallet(merchant_id, member.id)
        member.status = status
        member.save(update_fields=["status"])
        kind = outbox.BLOCKED if status == MemberStatus.BLOCKED else outbox.UNBLOCKED
        body = {"member": str(member.id), "reason": reason}
        with Copies() as copies:
            outbox.put(copies, merchant_id, [(kind, wallet.id, wallet.sequence, body, at)])
        return True


def _lock_wallet(merchant_id: UUID, member_id: UUID) -> Wallet:
    """Before the member's row, as whoever merges members does: two who lock in another order wait for each other."""
    whose = Member.objects.of(merchant_id).filter(id=member_id).values_list("id", "survivor_id").first()
    of = (whose[1] or whose[0]) if whose else member_id
    wallet = Wallet.objects.of(merchant_id).select_for_update().filter(member_id=of, unit=POINTS).first()
    return wallet or Wallet()
