"""The closed list of refusals, in their order of precedence: of several that apply, the first is given."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a command changed nothing."""

    # What is wrong with it in itself.
    DOCUMENT_EMPTY = "document_empty"
    TEXT_NOT_USABLE = "text_not_usable"
    REASON_MISSING = "reason_missing"
    QUANTITY_NOT_ABOVE_ZERO = "quantity_not_above_zero"
    AMOUNT_BELOW_ZERO = "amount_below_zero"
    POINTS_NOT_ABOVE_ZERO = "points_not_above_zero"
    FIGURE_OUT_OF_RANGE = "figure_out_of_range"
    # Whether it was sent before.
    DOCUMENT_REUSED_WITH_OTHER_CONTENT = "document_reused_with_other_content"
    KEY_REUSED_WITH_OTHER_CONTENT = "key_reused_with_other_content"
    # What it names.
    CURRENCY_NOT_THE_MERCHANTS = "currency_not_the_merchants"
    OCCURRED_IN_FUTURE = "occurred_in_future"
    BRANCH_UNKNOWN = "branch_unknown"
    UNIT_UNKNOWN = "unit_unknown"
    MEMBER_UNKNOWN = "member_unknown"
    MEMBER_NOT_ACTIVE = "member_not_active"
    MEMBER_THE_SAME = "member_the_same"
    REDEMPTION_UNKNOWN = "redemption_unknown"
    HOLD_UNKNOWN = "hold_unknown"
    MERGE_UNKNOWN = "merge_unknown"
    RECEIPT_UNKNOWN = "receipt_unknown"
    RETURN_UNKNOWN = "return_unknown"
    ACTIVITY_UNKNOWN = "activity_unknown"
    # How what it names stands.
    REDEMPTION_CANCELLED_ALREADY = "redemption_cancelled_already"
    HOLD_CLOSED_ALREADY = "hold_closed_already"
    MERGE_UNDONE_ALREADY = "merge_undone_already"
    MERGE_TOO_OLD = "merge_too_old"
    MERGED_SINCE = "merged_since"
    RECEIPT_VOID = "receipt_void"
    RETURN_CANCELLED_ALREADY = "return_cancelled_already"
    RECEIPT_HAS_A_MEMBER = "receipt_has_a_member"
    RECEIPT_HAS_NO_MEMBER = "receipt_has_no_member"
    RECEIPT_TOO_OLD = "receipt_too_old"
    ACTIVITY_COUNTED_ALREADY = "activity_counted_already"
    # What the programme allows.
    HOLD_TIME_OUT_OF_BOUNDS = "hold_time_out_of_bounds"
    FEWER_POINTS_THAN_THE_LEAST = "fewer_points_than_the_least"
    PROOF_NEEDED = "proof_needed"
    TRANSFERS_NOT_ALLOWED = "transfers_not_allowed"
    TRANSFER_LIMIT_EXCEEDED = "transfer_limit_exceeded"
    # Whether there is enough.
    HOLD_OPEN = "hold_open"
    CAPTURED_MORE_THAN_HELD = "captured_more_than_held"
    RETURNED_MORE_THAN_LEFT = "returned_more_than_left"
    INSUFFICIENT_POINTS = "insufficient_points"
    RETURN_NOT_COVERED = "return_not_covered"
