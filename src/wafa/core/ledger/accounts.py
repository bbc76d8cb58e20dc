"""The accounts that postings move points between. The points of one entry's postings add up to zero.

A wallet's own: `available`, `pending`, `held`, and `debt`, which stands below zero while the member owes.
The programme's, against which they move: `issued` and `brought` (opening balances), below zero; `redeemed`, `expired`,
`clawed_back`; `adjusted` and `transferred`, to either side; `charged` (fees), `forfeited` (by leaving); `forgiven` and
`withheld`, which answer for points that were clawed back and nowhere to be found.
A pair beside them keeps what counts for the tier: `qualifying` and its counterpart `qualified`.
"""

AVAILABLE = "available"
PENDING = "pending"
HELD = "held"
DEBT = "debt"
ISSUED = "issued"
BROUGHT = "brought"
REDEEMED = "redeemed"
CLAWED_BACK = "clawed_back"
EXPIRED = "expired"
ADJUSTED = "adjusted"
TRANSFERRED = "transferred"
CHARGED = "charged"
FORFEITED = "forfeited"
FORGIVEN = "forgiven"
WITHHELD = "withheld"
QUALIFYING = "qualifying"
QUALIFIED = "qualified"

OF_THE_WALLET = (AVAILABLE, PENDING, HELD, DEBT)
OF_THE_PROGRAMME = (
    ISSUED,
    BROUGHT,
    REDEEMED,
    CLAWED_BACK,
    EXPIRED,
    ADJUSTED,
    TRANSFERRED,
    CHARGED,
    FORFEITED,
    FORGIVEN,
    WITHHELD,
)
FOR_TIERS = (QUALIFYING, QUALIFIED)
ALL = (*OF_THE_WALLET, *OF_THE_PROGRAMME, *FOR_TIERS)
