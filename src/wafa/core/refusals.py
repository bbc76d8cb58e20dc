"""The closed list of refusals, in their order of precedence: of several that apply, the first is given."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a command changed nothing."""

    DOCUMENT_EMPTY = "document_empty"
    TEXT_NOT_USABLE = "text_not_usable"
    QUANTITY_NOT_ABOVE_ZERO = "quantity_not_above_zero"
    AMOUNT_BELOW_ZERO = "amount_below_zero"
    FIGURE_OUT_OF_RANGE = "figure_out_of_range"
    DOCUMENT_REUSED_WITH_OTHER_CONTENT = "document_reused_with_other_content"
    CURRENCY_NOT_THE_MERCHANTS = "currency_not_the_merchants"
    OCCURRED_IN_FUTURE = "occurred_in_future"
    BRANCH_UNKNOWN = "branch_unknown"
    MEMBER_UNKNOWN = "member_unknown"
    RECEIPT_UNKNOWN = "receipt_unknown"
    RETURNED_MORE_THAN_LEFT = "returned_more_than_left"
