"""Which accounts an entry may move, by its kind."""

from wafa.core.ledger import accounts
from wafa.core.ledger import entry as kinds

_OPEN = {accounts.AVAILABLE, accounts.PENDING}
_COUNTING = set(accounts.FOR_TIERS)
_BACK = {
    *_OPEN,
    accounts.DEBT,
    accounts.CLAWED_BACK,
    accounts.EXPIRED,
    accounts.FORGIVEN,
    accounts.WITHHELD,
}
"""What a lot that gets points back may do with them: undo what others gave in its place, expire, pay debt."""
_CREDIT = {accounts.ISSUED, *_OPEN, accounts.DEBT, accounts.EXPIRED, *_COUNTING}
_ACROSS = {*accounts.OF_THE_WALLET, accounts.TRANSFERRED, *_COUNTING}

ALLOWED: dict[str, frozenset[str]] = {
    kind: frozenset(allowed)
    for kind, allowed in {
        kinds.ACCRUAL: _CREDIT,
        kinds.CLAIM: _CREDIT,
        kinds.CLAWBACK: _BACK | _COUNTING,
        kinds.REINSTATEMENT: _BACK | _COUNTING,
        kinds.REVERSAL: _BACK | _COUNTING,
        kinds.EXPIRY: {*_OPEN, accounts.EXPIRED},
        kinds.ACTIVATION: {*_OPEN, accounts.DEBT},
        kinds.REDEMPTION: {accounts.AVAILABLE, accounts.REDEEMED},
        kinds.CANCELLATION: {accounts.REDEEMED} | _BACK,
        kinds.HOLD: {accounts.AVAILABLE, accounts.HELD},
        kinds.CAPTURE: {accounts.HELD, accounts.REDEEMED} | _BACK,
        kinds.RELEASE: {accounts.HELD} | _BACK,
        kinds.ADJUSTMENT: {accounts.ADJUSTED, accounts.AVAILABLE, accounts.DEBT, accounts.EXPIRED},
        kinds.REWARD: {accounts.ISSUED, accounts.AVAILABLE, accounts.DEBT, accounts.EXPIRED},
        kinds.GRANT: {accounts.ISSUED, *_OPEN, accounts.DEBT, accounts.EXPIRED},
        kinds.REVOCATION: _BACK,
        kinds.TRANSFER_OUT: {accounts.AVAILABLE, accounts.TRANSFERRED, accounts.CHARGED},
        kinds.TRANSFER_IN: {accounts.TRANSFERRED, accounts.AVAILABLE, accounts.DEBT},
        kinds.MERGE_OUT: _ACROSS,
        kinds.MERGE_IN: _ACROSS,
        kinds.UNMERGE_OUT: _ACROSS | _BACK,
        kinds.UNMERGE_IN: _ACROSS | _BACK,
        kinds.OPENING: {accounts.BROUGHT, accounts.AVAILABLE, accounts.DEBT, accounts.EXPIRED, *_COUNTING},
        kinds.CLOSURE: {*_OPEN, accounts.FORFEITED, accounts.FORGIVEN, accounts.DEBT},
        kinds.REVIEW: set(),
    }.items()
}
