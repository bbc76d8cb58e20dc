"""The tables, a file per noun."""

from wafa.store.models.branch import Branch
from wafa.store.models.budget import BudgetSlice
from wafa.store.models.catalogue import Category, Item
from wafa.store.models.document import Document, DocumentKind, DocumentLine, DocumentNumber, ReturnMatch
from wafa.store.models.entry import Entry, Posting
from wafa.store.models.hold import Hold
from wafa.store.models.imports import ImportRefusal, ImportRun
from wafa.store.models.lot import Award, Lot
from wafa.store.models.member import BirthCalendar, Member, MemberStatus
from wafa.store.models.merchant import Merchant
from wafa.store.models.outbox import OutboxEvent
from wafa.store.models.programme import ProgrammeVersion, VersionState
from wafa.store.models.progress import Progress
from wafa.store.models.source import Numbering, Source
from wafa.store.models.staff import Role, Staff
from wafa.store.models.wallet import Wallet, WalletStatus

__all__ = [
    "Award",
    "BirthCalendar",
    "Branch",
    "BudgetSlice",
    "Category",
    "Document",
    "DocumentKind",
    "DocumentLine",
    "DocumentNumber",
    "Entry",
    "Hold",
    "ImportRefusal",
    "ImportRun",
    "Item",
    "Lot",
    "Member",
    "MemberStatus",
    "Merchant",
    "Numbering",
    "OutboxEvent",
    "Posting",
    "ProgrammeVersion",
    "Progress",
    "ReturnMatch",
    "Role",
    "Source",
    "Staff",
    "VersionState",
    "Wallet",
    "WalletStatus",
]
