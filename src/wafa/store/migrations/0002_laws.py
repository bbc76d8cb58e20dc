"""Composite keys, append-only tables, balanced postings: the laws that the database itself keeps."""

from django.db import migrations

from wafa.store.guards import FUNCTIONS, append_only, append_only_but_for
from wafa.store.keys import composite_key


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [
        composite_key("branch", merchant_id="merchant"),
        composite_key("member", merchant_id="merchant"),
        composite_key("programme_version", merchant_id="merchant"),
        composite_key("document_number", merchant_id="merchant"),
        composite_key("staff", merchant_id="merchant", branch_id="branch"),
        composite_key("wallet", member_id="member"),
        composite_key(
            "document",
            id="document_number",
            receipt_id="document_number",
            named_member_id="member",
            member_id="member",
            branch_id="branch",
        ),
        composite_key("document_line", document_id="document", member_id="member"),
        composite_key("return_match", returned_line_id="document_line", sold_line_id="document_line"),
        composite_key("entry", wallet_id="wallet", document_id="document", programme_version_id="programme_version"),
        composite_key("lot", wallet_id="wallet", entry_id="entry", document_id="document", issuing_branch_id="branch"),
        composite_key("award", document_id="document", lot_id="lot"),
        composite_key("posting", entry_id="entry", lot_id="lot", document_id="document"),
        composite_key("outbox_event", merchant_id="merchant", wallet_id="wallet"),
        FUNCTIONS,
        append_only("document"),
        append_only("return_match"),
        append_only("entry"),
        append_only("posting"),
        append_only_but_for("document_line", "returned_milli"),
        append_only_but_for("lot", "remaining", "expired", "answered"),
        append_only_but_for("award", "held_points"),
        # Room on each page for the next version of a row: a balance changes more often than it is made.
        migrations.RunSQL("ALTER TABLE wallet SET (fillfactor = 70)", migrations.RunSQL.noop),
    ]
