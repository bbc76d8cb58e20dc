"""What all tills point at together - merchant, branch, version - is looked up once a statement, and locked by none."""

from django.db import migrations

from wafa.store.guards import never_goes
from wafa.store.keys import references_by_statement


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0009_entries_at_tills"),
    ]

    operations = [
        never_goes("merchant"),
        never_goes("branch"),
        never_goes("member"),
        references_by_statement("document_number", ["merchant_id"], merchant_id="merchant"),
        references_by_statement(
            "document",
            ["member_id", "named_member_id", "branch_id"],
            moving=["member_id"],
            member_id="member",
            named_member_id="member",
            branch_id="branch",
        ),
        references_by_statement(
            "document_line", ["member_id"], moving=["member_id"], document_id="document", member_id="member"
        ),
        references_by_statement(
            "entry",
            ["wallet_id", "programme_version_id", "redeeming_branch_id"],
            only={"programme_version_id": "t.state <> 'draft'"},
            wallet_id="wallet",
            document_id="document",
            programme_version_id="programme_version",
            redeeming_branch_id="branch",
            of_id="entry",
        ),
        references_by_statement(
            "lot",
            ["wallet_id", "origin_id", "issuing_branch_id"],
            moving=["wallet_id"],
            wallet_id="wallet",
            origin_id="wallet",
            entry_id="entry",
            document_id="document",
            issuing_branch_id="branch",
        ),
        references_by_statement("progress", ["wallet_id"], wallet_id="wallet"),
        references_by_statement(
            "outbox_event", ["merchant_id", "wallet_id"], merchant_id="merchant", wallet_id="wallet"
        ),
    ]
