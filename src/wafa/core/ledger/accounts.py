"""The accounts that postings move points between. The points of one entry's postings add up to zero.

A wallet's own: `available`, `pending`, `held`, and `debt`, which stands below zero while the member owes.
The programme's, against which they move: `issued` (below zero), `clawed_back`, `expired`.
A pair beside them keeps what counts for the tier: `qualifying` and its counterpart `qualified`.
"""

AVAILABLE = "available"
PENDING = "pending"
HELD = "held"
DEBT = "debt"
ISSUED = "issued"
CLAWED_BACK = "clawed_back"
EXPIRED = "expired"
QUALIFYING = "qualifying"
QUALIFIED = "qualified"

OF_THE_WALLET = (AVAILABLE, PENDING, HELD, DEBT)
OF_THE_PROGRAMME = (ISSUED, CLAWED_BACK, EXPIRED)
FOR_TIERS = (QUALIFYING, QUALIFIED)
ALL = (*OF_THE_WALLET, *OF_THE_PROGRAMME, *FOR_TIERS)
