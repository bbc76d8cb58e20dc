"""The tables, a file per noun."""

from wafa.store.models.api_key import ApiKey, Scope
from wafa.store.models.approval import ApprovalState, WaitingAdjustment
from wafa.store.models.branch import Branch
from wafa.store.models.budget import BudgetSlice
from wafa.store.models.catalogue import Category, Item
from wafa.store.models.document import Document, DocumentKind, DocumentLine, DocumentNumber, ReturnMatch
from wafa.store.models.entry import Entry, Posting
from wafa.store.models.hold import Hold
from wafa.store.models.imports import ImportRefusal, ImportRun
from wafa.store.models.lot import Award, Lot
from wafa.store.models.member import BirthCalendar, Member, MemberStatus
from wafa.store.models.member_token import MemberToken, TokenKind
from wafa.store.models.merchant import Merchant
from wafa.store.models.outbox import OutboxEvent
from wafa.store.models.programme import ProgrammeVersion, VersionState
from wafa.store.models.progress import Progress
from wafa.store.models.request import DoneRequest
from wafa.store.models.source import Numbering, Source
from wafa.store.models.staff import Role, Staff
from wafa.store.models.wallet import Wallet, WalletStatus
from wafa.store.models.webhook import DeliveryState, WebhookDelivery, WebhookEndpoint

__all__ = [
    "ApiKey",
    "ApprovalState",
    "Award",
    "BirthCalendar",
    "Branch",
    "BudgetSlice",
    "Category",
    "DeliveryState",
    "Document",
    "DocumentKind",
    "DocumentLine",
    "DocumentNumber",
    "DoneRequest",
    "Entry",
    "Hold",
    "ImportRefusal",
    "ImportRun",
    "Item",
    "Lot",
    "Member",
    "MemberStatus",
    "MemberToken",
    "Merchant",
    "Numbering",
    "OutboxEvent",
    "Posting",
    "ProgrammeVersion",
    "Progress",
    "ReturnMatch",
    "Role",
    "Scope",
    "Source",
    "Staff",
    "TokenKind",
    "VersionState",
    "WaitingAdjustment",
    "Wallet",
    "WalletStatus",
    "WebhookDelivery",
    "WebhookEndpoint",
]
