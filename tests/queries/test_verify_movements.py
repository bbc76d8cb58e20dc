"""The same of every other movement: what is changed behind the guards' backs is named."""

from __future__ import annotations

import re

import pytest

from tests.db import query
from tests.queries.books import full_books
from tests.queries.corruption import Corruption, what_verify_says
from tests.queries.test_verify_corruption import of
from tests.queries.test_verify_ledger_corruption import told
from tests.world import World
from wafa.core.ledger.entry import KINDS, REINSTATEMENT, REVIEW
from wafa.store.models import Entry, Hold, Wallet

HOURS = "interval '1 hour'"


def entry(kind: str, member: str = "") -> str:
    """Entries of a kind, or of a kind in a member's wallets."""
    who = f" AND wallet_id IN (SELECT id FROM wallet WHERE member_id = member:{member})" if member else ""
    return f"kind = '{kind}'{who}"


def legs(kind: str, account: str, more: str = "") -> str:
    """Postings of entries of a kind."""
    return f"entry_id IN (SELECT id FROM entry WHERE {entry(kind)}) AND account = '{account}'{more}"


ENTRIES = [
    *of(
        "entry",
        entry("redemption", "amal") + " AND explanation ->> 'reference' = 'bill 7'",
        ("points = points - 1", "entry .* of member amal: points"),
        (told("{lots,0,points}", "1"), "amal: lots on its slip"),
        (told("{worth_minor}", "1"), "amal: worth by its slip"),
        ("redeeming_branch_id = NULL", "amal: redeeming branch"),
        ("request_key = NULL, request_hash = NULL", "amal: key of its request"),
        ("request_hash = '\\x00'", "amal: key of its request"),
        ("of_id = entry:P1", "amal: kind of the entry that it answers"),
        ("programme_version_id = NULL", "amal: programme version"),
        ("kind = 'hold'", "amal|hold"),
    ),
    *of(
        "entry",
        entry("cancellation"),
        ("of_id = entry:P1", "amal: kind of the entry that it answers"),
        ("of_id = NULL", "amal: kind of the entry that it answers"),
        (told("{redemption}", '"x"'), "amal: what it answers by its slip"),
        (told("{lapsed}", "9"), "amal: lapsed by its slip"),
        (told("{lots}", "[]"), "amal: lots on its slip"),
    ),
    *of(
        "entry",
        entry("reward"),
        (told("{activity}", '"dance"'), "amal: activity"),
        (told("{period}", '"day 2011-01-01"'), "amal: period that it counts in"),
        (told("{lots}", "[]"), "amal: lots on its slip"),
        ("programme_version_id = NULL", "amal: programme version"),
        ("kind = 'opening'", "amal"),
    ),
    *of(
        "entry",
        entry("grant", "chadi"),
        (told("{awards,0,points}", "9"), "chadi in stamps: points of its awards"),
        (told("{lots}", "[]"), "chadi in stamps: lots on its slip"),
        ("of_id = NULL", "kind of the entry that it answers"),
        ("programme_version_id = NULL", "chadi in stamps: programme version"),
        ("kind = 'revocation'", "chadi"),
    ),
    *of(
        "entry",
        entry("revocation", "chadi"),
        (told("{receipts,0,awards,0,after}", "1"), "chadi in stamps: points in all by its slip"),
        (
            told("{receipts,0,taken,already_expired}", "1"),
            "chadi in stamps: (points in all|expired points) by its slip",
        ),
        ("of_id = NULL", "kind of the entry that it answers"),
        ("kind = 'grant'", "chadi"),
    ),
    *of(
        "award",
        "rule = 'cups' AND document_id = document:C1",
        ("held_points = held_points - 1", "grants of receipt C1 of member chadi: points that its awards hold"),
        ("first_points = first_points + 1", "grants of receipt C1 of member chadi: first points of its awards"),
        ("rule = 'saucers'", "grants of receipt C1 of member chadi"),
    ),
    *of(
        "entry",
        entry("capture"),
        (told("{captured}", "9"), "captured points by its slip"),
        (told("{released,debt_paid}", "9"), "released.debt_paid by its slip"),
        ("of_id = NULL", "kind of the entry that it answers"),
    ),
    *of("entry", entry("release"), (told("{hold}", '"x"'), "what it answers by its slip"), ("DELETE", "hold")),
    *of(
        "entry",
        entry("hold", "amal"),
        (told("{expires_at}", '"2011-06-01T12:00:00+00:00"'), "hold .*: end is"),
        (told("{lots}", "[]"), "lots on its slip"),
    ),
    *of(
        "entry",
        entry("transfer_out"),
        (told("{fee}", "9"), "fee by its slip"),
        (told("{points}", "9"), "points by its slip"),
        (told("{lots,0,expires_on}", '"2012-01-01"'), "transfer .*: last day of lot 1"),
        ("DELETE", "transfer|kind of the entry that it answers"),
    ),
    *of(
        "entry", entry("transfer_in"), (told("{debt_paid}", "9"), "debt_paid by its slip"), ("of_id = NULL", "answers")
    ),
    *of(
        "entry",
        entry("adjustment", "amal") + " AND points < 0",
        (told("{lots}", "[]"), "amal: lots on its slip"),
        (told("{lapsed}", "9"), "amal: lapsed by its slip"),
    ),
    *of(
        "entry",
        entry("opening"),
        (told("{qualifying}", "9"), "qualifying by its slip"),
        (told("{lots,0,points}", "9"), "lots on its slip"),
        (told("{lots,0,expires_on}", '"2011-06-11"'), "lot .*: last day"),
        ("tier_after = 'gold'", "tier afterwards"),
    ),
    *of("entry", entry("activation"), (told("{lots}", "[]"), "lots on its slip|whether it is pending")),
    *of(
        "entry",
        entry("merge_out", "zayd"),
        (told("{available}", "9"), "available by its slip"),
        (told("{undo,tier}", '"gold"'), "tier kept for an undo"),
        (told("{undo,into_tier}", '"gold"'), "tier of the survivor kept"),
        (told("{undo,undated_qualifying}", "9"), "units of no day kept"),
        (told("{undo,member_id}", '"x"'), "member kept for an undo"),
        ("DELETE", "merge|zayd"),
    ),
    *of(
        "entry",
        entry("merge_in", "emir") + " AND explanation ->> 'member' = 'zayd'",
        (told("{qualifying}", "9"), "emir: qualifying by its slip"),
        (told("{debt_paid}", "9"), "emir: debt paid by its slip"),
        (told("{member}", '"x"'), "emir: member by its slip"),
        ("tier_after = 'gold'", "emir: tier afterwards"),
    ),
    *of(
        "entry",
        entry("unmerge_out"),
        (told("{points}", "9"), "points by its slip"),
        (told("{member}", '"x"'), "member by its slip"),
        ("of_id = NULL", "merge"),
    ),
    *of(
        "entry",
        entry("unmerge_in"),
        (told("{from}", '"x"'), "farid: survivor by its slip"),
        ("tier_after = 'gold'", "farid: tier afterwards"),
    ),
    *of("entry", entry("closure"), (told("{forfeited}", "9"), "gamal: forfeited by its slip"), ("DELETE", "gamal")),
    *of(
        "entry",
        entry("review", "amal"),
        (told("{to}", '"gold"'), "tier afterwards by its slip"),
        (told("{from}", '"gold"'), "tier before by its slip"),
        (told("{supported}", '"gold"'), "tier that is supported"),
        (told("{below_since}", '"2012-01-01"'), "since when less is supported by its slip"),
    ),
    *of(
        "entry",
        entry("reversal"),
        (told("{receipts,0,awards,0,points}", "9"), "emir: what its slip took from receipt D6"),
        (told("{receipts,0,taken,debt}", "9"), "emir: where its slip took it, receipt D6"),
        ("DELETE", "D6"),
    ),
    *of(
        "entry",
        entry("claim", "dana") + " AND explanation ->> 'number' = 'D4'",
        ("context = jsonb_set(context, '{tier}', '\"gold\"')", "receipt D4 of member dana: kept tier"),
        ("context = jsonb_set(context, '{headroom,tea}', '1')", "receipt D4 of member dana: kept headroom"),
        ("context = jsonb_set(context, '{spent,month}', '1')", "receipt D4 of member dana: kept spend"),
        (told("{awards,0,points}", "9"), "receipt D4 of member dana: points on its slip"),
        ("turn = 7", "purchase D4 .*: latest of the numbers"),
        ("DELETE", "D4"),
    ),
    *of("entry", entry("reinstatement"), (told("{receipts}", "[]"), "chadi: receipts on its slip"), ("DELETE", "C4")),
]

POSTINGS = [
    *of("posting", legs("redemption", "redeemed"), ("account = 'expired'", "account of a posting|expired")),
    *of("posting", legs("hold", "held"), ("points = points + 1", "held|sum of its postings")),
    *of("posting", legs("cancellation", "redeemed"), ("points = points + 1", "points restored to lot")),
    *of("posting", legs("capture", "redeemed"), ("lot_id = lot:P2", "lot")),
    *of("posting", legs("clawback", "debt"), ("for_lot_id = NULL", "covered|for no lot"), ("DELETE", "bilal")),
    *of("posting", legs("clawback", "debt"), ("for_lot_id = lot:S3", "covered is")),
    *of("posting", legs("accrual", "debt"), ("for_lot_id = lot:P2", "covered is|receipt of what is given")),
    *of("posting", legs("merge_in", "transferred"), ("points = points - 1", "merge .*: points on their way")),
    *of(
        "posting", legs("transfer_out", "charged"), ("account = 'transferred'", "transfer .*: points on their way|fee")
    ),
    *of("posting", legs("opening", "brought"), ("account = 'issued'", "account of a posting")),
]

LOTS = [
    *of(
        "lot",
        "entry_id IN (SELECT id FROM entry WHERE kind = 'opening') AND expires_on IS NOT NULL",
        ("expires_on = expires_on + 1", "lot .* of member amal: last day"),
        ("held = held + 1", "lot .*: held is"),
        ("covered = covered + 1", "lot .*: covered is"),
        ("pending = true", "lot .*: whether it is pending"),
        ("idle_months = 3", "last day|months|amal"),
        ("origin_id = wallet:bilal", "wallet that it was opened in"),
        ("issuing_branch_id = branch:olaya", "issuing branch"),
    ),
    *of("lot", "document_id = document:Z1", ("wallet_id = wallet:zayd", "lot .*: wallet is")),
    *of("lot", "document_id = document:F1", ("wallet_id = wallet:emir", "lot .*: wallet is")),
    *of("lot", "document_id = document:S1", ("covered = 0", "covered is")),
    *of("lot", "expired > 0 AND answered = 0", ("answered = 1", "answered for returns")),
    *of(
        "lot",
        "entry_id IN (SELECT id FROM entry WHERE kind = 'transfer_in')",
        ("expires_on = expires_on + 2", "last day"),
        ("issuing_branch_id = branch:airport", "transfer .*: issuing branch"),
        ("available_at = available_at + interval '1 hour'", "transfer .*: when it became available"),
    ),
    *of(
        "lot",
        "document_id = document:P1 AND expires_on < '2011-09-15'",
        ("available_at = available_at + interval '3 days'", "receipt P1 .*: when it becomes available"),
        ("available_at = NULL", "receipt P1 .*: when it becomes available"),
    ),
]

OTHERS = [
    *of(
        "hold",
        "is_open",
        ("is_open = false", "hold .*: whether it is open"),
        ("points = points + 1", "hold .*: points"),
        (f"expires_at = expires_at + {HOURS}", "hold .*: end"),
        ("wallet_id = wallet:bilal", "hold .*: wallet"),
        ("DELETE", "hold .*: its row is none"),
    ),
    *of("hold", "NOT is_open", ("is_open = true", "hold .*: whether it is open")),
    *of(
        "progress",
        "wallet_id IN (SELECT id FROM wallet WHERE member_id = member:amal) AND qualifying > 0",
        ("qualifying = qualifying + 1", "wallet of member amal: progress of"),
        ("spend_minor = spend_minor + 1", "wallet of member amal: progress of"),
        ("visits = visits + 1", "wallet of member amal: progress of"),
        ("day = day + 1000", "wallet of member amal: progress of"),
        ("DELETE", "wallet of member amal: progress of"),
    ),
    *of(
        "wallet",
        "member_id = member:zayd AND unit = 'points'",
        ("status = 'open'", "wallet of member zayd: status"),
        ("below_since = '2012-01-01'", "wallet of member zayd: since when"),
    ),
    *of("wallet", "member_id = member:gamal", ("status = 'open'", "wallet of member gamal: status")),
    *of("member", "number = 'zayd'", ("survivor_id = NULL", "member zayd: member that stands for it")),
    *of("member", "number = 'farid'", ("survivor_id = member:emir", "member farid: member that stands for it")),
    *of("document", "number = 'Z1'", ("member_id = member:zayd", "purchase Z1: member")),
    *of("document", "number = 'F1'", ("member_id = member:emir", "purchase F1: member")),
    *of("document", "number = 'D6'", ("member_id = member:emir", "purchase D6: member")),
    *of("document", "number = 'D1'", ("waited = false", "return D1"), ("member_id = NULL", "D1")),
    *of("document", "number = 'D3'", ("waited = false", "return D3"), ("member_id = member:dana", "return D3")),
    *of("document", "number = 'D3'", ("DELETE", "number NEVER of till: its document is none")),
    *of("document", "number = 'S2'", ("withheld_minor = 5", "return S2: content hash")),
    *of("document", "number = 'S3'", ("member_number = 'amal'", "purchase S3.*: (content hash|member whom)")),
    *of("document", "number = 'C2'", ("kind = 'purchase'", "C2"), ("amount_minor = 0", "exchange C2: amount")),
    *of("document", "number = 'C6'", ("receipt_id = document:C1", "C6|C1"), ("kind = 'cancel_return'", "C6")),
    *of("document", "number = 'C4'", ("receipt_id = document:C1", "C4"), ("DELETE", "C3|C4")),
    *of(
        "document_line",
        "document_id = document:C2 AND is_returned",
        ("is_returned = false", "exchange C2"),
        ("item = 'CUP'", "exchange C2"),
    ),
    *of("document_line", "document_id = document:P2", ("is_returned = true", "purchase P2: whether it came back")),
    *of("document_line", "document_id = document:C6", ("quantity_milli = 500", "void C6: matched quantity")),
    *of(
        "return_match",
        "quantity_milli < 0",
        ("DELETE", "line 2 of receipt C1: returned quantity"),
        ("quantity_milli = -500", "quantity taken back by a cancellation"),
    ),
    *of(
        "award",
        "document_id = document:D6 AND held_points = 0",
        ("held_points = 1", "receipt D6 of member emir: points that its awards hold"),
        ("entry_id = entry:P1", "award .* of receipt D6: (entry of its lot|receipt of its entry)"),
    ),
    *of("outbox_event", "kind = 'HoldCaptured'", ("body = body - 'unit'", "event HoldCaptured"), ("DELETE", "event")),
    *of("outbox_event", "kind = 'MergeUndone'", ("kind = 'MemberParted'", "event M")),
    *of(
        "programme_version",
        "number = 1",
        ("body = jsonb_set(body, '{rules,2,cap,points}', '30')", "kept headroom of caps"),
        ("body = jsonb_set(body, '{rules,2,available,days}', '20')", "when it becomes available"),
        ("body = jsonb_set(body, '{redemption,worth,minor}', '200')", "worth by its slip"),
        ("body = jsonb_set(body, '{transfers,fee_percent}', '20')", "fee that the programme asks"),
        ("body = jsonb_set(body, '{activities,0,points}', '9')", "points of its activity"),
        ("body = jsonb_set(body, '{activities,0,expiry}', '{\"kind\": \"never\"}')", "last day of its points"),
        ("body = jsonb_set(body, '{qualification,window,months}', '24')", "review|tier"),
    ),
]


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Books with every kind of movement; each test puts back what it changed."""
    return full_books()


def test_the_books_hold_every_kind_of_entry(shop: World) -> None:
    found = set(Entry.objects.of(shop.id).values_list("kind", flat=True))
    assert set(KINDS) - found == set()
    assert {REVIEW, REINSTATEMENT} <= found
    assert set(Hold.objects.of(shop.id).values_list("is_open", flat=True)) == {True, False}
    assert set(Wallet.objects.of(shop.id).values_list("status", flat=True)) == {"open", "absorbed", "closed"}


@pytest.mark.parametrize("corruption", ENTRIES + POSTINGS + LOTS + OTHERS, ids=str)
def test_it_is_named(shop: World, corruption: Corruption) -> None:
    said = what_verify_says(shop, corruption)
    assert [each for each in said if re.search(corruption.says, each)], said


def test_points_drawn_from_a_lot_that_runs_out_later(shop: World) -> None:
    """A redemption that took newer points than it should have: sums are right, the order is not."""
    newer = query(
        "SELECT id FROM lot WHERE merchant_id = %s AND document_id = (SELECT id FROM document WHERE merchant_id = %s "
        "AND number = 'P1') ORDER BY expires_on DESC LIMIT 1",
        *(shop.id, shop.id),
    )[0][0]
    where = legs("redemption", "redeemed") + " AND points = 25"
    moved = Corruption(
        "posting",
        f"lot_id = '{newer}'",
        f"entry_id IN (SELECT entry_id FROM posting WHERE {where})",
        "lots that it drew on",
    )
    said = what_verify_says(shop, moved)
    assert [each for each in said if re.search(moved.says, each)], said
