"""The rows of a shop that has been open for a while, made by the database itself: a few statements, however many.

Receipts come round by round: each member buys once a round, of every third thing something else. What the operations
would have written is written here, column by column; `wafa verify` finds nothing in it.
"""

from __future__ import annotations

# An identifier sorts by its row's turn, as one that was made in the order of time would.
FUNCTIONS = """
    CREATE FUNCTION pg_temp.id(what int, turn bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
        SELECT (lpad(to_hex(turn), 12, '0') || '70008000' || lpad(to_hex(what), 12, '0'))::uuid
    $$
"""

RECEIPTS = """
    CREATE TEMP TABLE receipt AS
    SELECT n, member, round, at, at::date AS day, (at::date + interval '6 months')::date AS expires_on,
           pg_temp.id(1, n) AS document_id, pg_temp.id(2, n) AS entry_id, pg_temp.id(3, n) AS lot_id,
           pg_temp.id(8, member) AS wallet_id, pg_temp.id(7, member) AS member_id,
           'I' || n %% 997 AS item_1, 'J' || n %% 499 AS item_2, 'K' || n %% 101 AS item_3,
           amount_1, amount_2, amount_3, amount, base, tier, percent, base * percent / 100 AS bonus, welcome,
           base + base * percent / 100 + welcome AS points,
           sum(base + base * percent / 100 + welcome) OVER (PARTITION BY member ORDER BY round) AS balance
    FROM (
        SELECT *, amount_1 + amount_2 + amount_3 AS amount, (amount_1 + amount_2 + amount_3) / 100 AS base,
               CASE WHEN round > 0 AND %(first_minor)s > 0 THEN 'silver' ELSE 'bronze' END AS tier,
               CASE WHEN round > 0 AND %(first_minor)s > 0 THEN 25 ELSE 0 END AS percent,
               CASE WHEN round = 0 THEN 100 ELSE 0 END AS welcome
        FROM (
            SELECT n, n %% %(members)s AS member, n / %(members)s AS round,
                   %(opening)s::timestamptz + n / %(members)s * interval '1 day' * %(days_between)s
                   + n %% %(members)s * 28800 / %(members)s * interval '1 second' AS at,
                   500 + n * 37 %% 1500 + CASE WHEN n < %(members)s THEN %(first_minor)s ELSE 0 END AS amount_1,
                   100 + n * 91 %% 900 AS amount_2, 50 + n * 53 %% 450 AS amount_3
            FROM generate_series(0, %(receipts)s::bigint - 1) AS n
        ) AS bought
    ) AS worth
"""

_MEMBERS = """
    INSERT INTO member (merchant_id, id, number, name, phone, status, enrolled_at)
    SELECT %(merchant)s, pg_temp.id(7, n), lpad(n::text, 7, '0'), '', '', 'active', %(opening)s
    FROM generate_series(0, %(members)s::bigint - 1) AS n
"""

_WALLETS = """
    INSERT INTO wallet (merchant_id, id, member_id, unit, available, pending, held, debt, qualifying,
                        eligible_purchases, tier, sequence, status, posted_at)
    SELECT %(merchant)s, pg_temp.id(8, n), pg_temp.id(7, n), 'points', coalesce(points, 0), 0, 0, 0, coalesce(base, 0),
           coalesce(receipts, 0), CASE WHEN receipts > 0 THEN %(tier)s ELSE '' END, coalesce(receipts, 0), 'open', at
    FROM generate_series(0, %(members)s::bigint - 1) AS n
    LEFT JOIN (
        SELECT member, sum(points) AS points, sum(base) AS base, count(*) AS receipts, max(at) AS at
        FROM receipt GROUP BY member
    ) AS bought ON member = n
"""

_PROGRESS = """
    INSERT INTO progress (merchant_id, id, wallet_id, day, qualifying, spend_minor, visits)
    SELECT %(merchant)s, pg_temp.id(9, n), wallet_id, day, base, amount, 1 FROM receipt
"""

_NUMBERS = """
    INSERT INTO document_number (merchant_id, id, source, period, number)
    SELECT %(merchant)s, document_id, 'bench', '', n::text FROM receipt
"""

_DOCUMENTS = """
    INSERT INTO document (merchant_id, id, kind, source, period, number, content_hash, member_id, member_number,
                          anonymous_reason, branch_id, occurred_at, posted_at, currency, amount_minor, waited,
                          withheld_minor, channel, tags, payments)
    SELECT %(merchant)s, document_id, 'purchase', 'bench', '', n::text,
           -- As core.commands.content has it.
           sha256(convert_to(format(%(content)s, n, lpad(member::text, 7, '0'),
                                    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS+00:00'),
                                    item_1, amount_1, item_2, amount_2, item_3, amount_3), 'UTF8')),
           member_id, lpad(member::text, 7, '0'), '', %(branch)s, at, at, %(currency)s, amount, false, 0, '', '{}', '[]'
    FROM receipt
"""

_LINES = """
    INSERT INTO document_line (merchant_id, id, document_id, member_id, position, item, description, quantity_milli,
                               amount_minor, tags, is_returned, returned_milli)
    SELECT %(merchant)s, pg_temp.id(10 + position, n), document_id, member_id, position, item, '', 1000, amount_minor,
           '{}', false, 0
    FROM receipt CROSS JOIN LATERAL (
        VALUES (1, item_1, amount_1), (2, item_2, amount_2), (3, item_3, amount_3)
    ) AS line (position, item, amount_minor)
"""

_ENTRIES = """
    INSERT INTO entry (merchant_id, id, wallet_id, sequence, kind, document_id, turn, occurred_at, posted_at,
                       programme_version_id, actor_kind, actor_name, points, explanation, context, available_after,
                       pending_after, held_after, debt_after, tier_after)
    SELECT %(merchant)s, entry_id, wallet_id, round + 1, 'accrual', document_id, 0, at, at, %(version)s, 'till',
           'bench', points,
           jsonb_build_object('awards', base_award || tier_award || welcome_award, 'debt_paid', 0, 'lapsed', 0,
                              'reason', NULL),
           jsonb_build_object('occurred_on', day, 'tier', tier, 'earlier_purchases', round),
           balance, 0, 0, 0, %(tier)s
    FROM receipt
    CROSS JOIN LATERAL (SELECT
        jsonb_build_array(jsonb_build_object('rule', 'base', 'kind', 'per_amount', 'points', base, 'figures',
            jsonb_build_object('eligible_minor', amount, 'per_minor', 100, 'each', 1))) AS base_award,
        CASE WHEN bonus > 0 THEN
            jsonb_build_array(jsonb_build_object('rule', 'tier', 'kind', 'tier_percentage', 'points', bonus, 'figures',
                jsonb_build_object('of', 'base', 'of_points', base, 'tier', tier, 'percent', percent)))
            ELSE '[]' END AS tier_award,
        CASE WHEN welcome > 0 THEN
            jsonb_build_array(jsonb_build_object('rule', 'welcome', 'kind', 'first_purchase', 'points', welcome,
                                                 'figures', '{}'::jsonb))
            ELSE '[]' END AS welcome_award
    ) AS slip
"""

_LOTS = """
    INSERT INTO lot (merchant_id, id, wallet_id, origin_id, entry_id, document_id, issuing_branch_id, sequence, points,
                     remaining, held, expired, answered, covered, pending, available_at, expires_on)
    SELECT %(merchant)s, lot_id, wallet_id, wallet_id, entry_id, document_id, %(branch)s, round + 1, points, points,
           0, 0, 0, 0, false, at, expires_on
    FROM receipt
"""

_AWARDS = """
    INSERT INTO award (merchant_id, id, document_id, entry_id, lot_id, rule, qualifying, first_points, held_points)
    SELECT %(merchant)s, pg_temp.id(20 + place, n), document_id, entry_id, lot_id, rule, rule = 'base', award.points,
           award.points
    FROM receipt CROSS JOIN LATERAL (
        VALUES (1, 'base', base), (2, 'tier', bonus), (3, 'welcome', welcome)
    ) AS award (place, rule, points)
    WHERE award.points > 0
"""

_POSTINGS = """
    INSERT INTO posting (merchant_id, id, entry_id, account, lot_id, document_id, points)
    SELECT %(merchant)s, pg_temp.id(30 + place, n), entry_id, account, leg.lot_id, document_id, leg.points
    FROM receipt CROSS JOIN LATERAL (VALUES
        (1, 'issued', lot_id, -points), (2, 'available', lot_id, points),
        (3, 'qualifying', NULL, base), (4, 'qualified', NULL, -base)
    ) AS leg (place, account, lot_id, points)
"""

_ENROLMENTS = """
    INSERT INTO outbox_event (merchant_id, id, kind, wallet_id, wallet_sequence, body, created_at)
    SELECT %(merchant)s, pg_temp.id(40, n), 'MemberEnrolled', pg_temp.id(8, n), 0,
           jsonb_build_object('member', pg_temp.id(7, n)), %(opening)s
    FROM generate_series(0, %(members)s::bigint - 1) AS n
"""

_EVENTS = """
    INSERT INTO outbox_event (merchant_id, id, kind, wallet_id, wallet_sequence, body, created_at)
    SELECT %(merchant)s, pg_temp.id(41, n), 'PointsAccrued', wallet_id, round + 1,
           jsonb_build_object('entry', entry_id, 'member', member_id, 'document', document_id, 'unit', 'points',
               'points', points,
               'balance', jsonb_build_object('available', balance, 'pending', 0, 'held', 0, 'debt', 0)), at
    FROM receipt
    UNION ALL
    SELECT %(merchant)s, pg_temp.id(42, n), 'TierChanged', wallet_id, round + 1,
           jsonb_build_object('member', member_id, 'from', tier, 'to', %(tier)s), at
    FROM receipt WHERE tier <> %(tier)s
"""

TABLES = (
    _MEMBERS,
    _WALLETS,
    _PROGRESS,
    _NUMBERS,
    _DOCUMENTS,
    _LINES,
    _ENTRIES,
    _LOTS,
    _AWARDS,
    _POSTINGS,
    _ENROLMENTS,
    _EVENTS,
)
"""One statement a table, in the order in which they refer to each other."""
