"""A member's row, locked for a change: of one who was merged into another, that one's."""

from uuid import UUID

from wafa.store.models import Member, MemberStatus


class MemberMissingError(LookupError):
    """There is no such member."""


class MemberClosedError(ValueError):
    """The member with this `number` has left: what is known of them is left as it is."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


def lock_member(merchant_id: UUID, member_id: UUID) -> Member:
    """Part of a transaction. Raises MemberMissingError, MemberClosedError."""
    rows = Member.objects.of(merchant_id).select_for_update(of=("self",))
    member = rows.filter(id=member_id).first()
    while member and member.survivor_id:
        # A survivor may be merged in turn while its row is waited for.
        member = rows.filter(id=member.survivor_id).first()
    if member is None:
        raise MemberMissingError
    if member.status == MemberStatus.CLOSED:
        raise MemberClosedError(member.number)
    return member


def with_absorbed(merchant_id: UUID, member_id: UUID) -> list[UUID]:
    """A member, and all who were merged into them: their cards are one person's."""
    absorbed = Member.objects.of(merchant_id).filter(survivor_id=member_id)
    return [member_id, *absorbed.values_list("id", flat=True)]
