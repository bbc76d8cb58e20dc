"""The complete ledger: holds, covers, merges, requests, units, progress by day, numbering periods.

What counts of each day cannot be worked out by SQL alone from books that were kept without it, so there must be none
yet.
"""

import django.db.models.deletion
import django.db.models.expressions
import wafa.store.ids
from django.db import migrations, models

from wafa.store.guards import append_only_but_for, free
from wafa.store.keys import composite_key, further_references, references_by_statement

NO_BOOKS_YET = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM entry) THEN
            RAISE EXCEPTION 'these books were kept by a version before the complete ledger, and cannot be taken over'
                USING HINT = 'start with an empty WAFA_HOME, and import the receipts again';
        END IF;
    END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0004_imports'),
    ]

    operations = [
        migrations.RunSQL(NO_BOOKS_YET, migrations.RunSQL.noop),
        free("document", "append_only"),
        free("document_line", "fixed"),
        free("document_line", "append_only"),
        free("lot", "fixed"),
        free("lot", "append_only"),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('points', models.BigIntegerField()),
                ('expires_at', models.DateTimeField()),
                ('is_open', models.BooleanField(default=True)),
            ],
            options={
                'db_table': 'hold',
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(help_text="The merchant's day on which the receipts happened.")),
                ('qualifying', models.BigIntegerField(default=0, help_text="In units of the programme's measure.")),
                ('spend_minor', models.BigIntegerField(default=0, help_text='Eligible amount that receipts of the day still hold.')),
                ('visits', models.IntegerField(default=0, help_text='Receipts of the day that still hold an eligible amount.')),
            ],
            options={
                'db_table': 'progress',
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(help_text='As its documents name it.', max_length=60)),
                ('numbering', models.CharField(choices=[('once', 'Once'), ('day', 'Day'), ('year', 'Year')], default='once', max_length=10)),
            ],
            options={
                'db_table': 'document_source',
            },
        ),
        migrations.RemoveConstraint(
            model_name='award',
            name='award_rule_once_a_receipt',
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_document_counts_once',
        ),
        migrations.RemoveConstraint(
            model_name='lot',
            name='lot_not_negative',
        ),
        migrations.RemoveConstraint(
            model_name='lot',
            name='lot_within_its_size',
        ),
        migrations.RemoveConstraint(
            model_name='posting',
            name='posting_account_known',
        ),
        migrations.RemoveConstraint(
            model_name='returnmatch',
            name='return_match_above_zero',
        ),
        migrations.AddField(
            model_name='award',
            name='entry',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='store.entry'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='document',
            name='member_number',
            field=models.CharField(blank=True, help_text="The member's number as the source gave it.", max_length=60),
        ),
        migrations.AddField(
            model_name='document',
            name='waited',
            field=models.BooleanField(default=False, help_text='A return that came before the receipt that it names.'),
        ),
        migrations.AddField(
            model_name='document',
            name='withheld_minor',
            field=models.BigIntegerField(default=0, help_text='What the till kept of the money for points that were no longer there.'),
        ),
        migrations.AddField(
            model_name='documentline',
            name='is_returned',
            field=models.BooleanField(default=False, help_text='It came back; else it was sold.'),
        ),
        migrations.AddField(
            model_name='entry',
            name='of',
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text='The entry that it answers: the hold that it captures, the redemption that it cancels.', null=True, on_delete=django.db.models.deletion.PROTECT, to='store.entry'),
        ),
        migrations.AddField(
            model_name='entry',
            name='redeeming_branch',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='store.branch'),
        ),
        migrations.AddField(
            model_name='entry',
            name='request_hash',
            field=models.BinaryField(help_text='SHA-256 of what was asked for.', max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='request_key',
            field=models.CharField(help_text='Idempotency key of what asked for it.', max_length=120, null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='turn',
            field=models.SmallIntegerField(default=0, help_text='Which entry about its document it is; 0 for the first.'),
        ),
        migrations.AddField(
            model_name='lot',
            name='covered',
            field=models.BigIntegerField(default=0, help_text='Points that others, or debt, have given in place of what it no longer had (law 6).'),
        ),
        migrations.AddField(
            model_name='lot',
            name='held',
            field=models.BigIntegerField(default=0, help_text='Points of it that are reserved at a till.'),
        ),
        migrations.AddField(
            model_name='lot',
            name='idle_months',
            field=models.SmallIntegerField(help_text='After how many months without activity it expires: each activity moves its last day.', null=True),
        ),
        migrations.AddField(
            model_name='lot',
            name='origin',
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text='The wallet that it was opened in; a merge moves it to another.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.wallet'),
        ),
        migrations.AddField(
            model_name='lot',
            name='pending',
            field=models.BooleanField(default=False, help_text='Whether its points cannot be spent yet.'),
        ),
        migrations.AddField(
            model_name='member',
            name='survivor',
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The member that this one was merged into, in the end; its number stands for that one's.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.member'),
        ),
        migrations.AddField(
            model_name='posting',
            name='for_lot',
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text='The lot in whose place these points are taken, or owed (law 6).', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.lot'),
        ),
        migrations.AddField(
            model_name='wallet',
            name='below_since',
            field=models.DateField(help_text='Since when less than the tier held is supported.', null=True),
        ),
        migrations.AddField(
            model_name='wallet',
            name='status',
            field=models.CharField(choices=[('open', 'Open'), ('absorbed', 'Absorbed'), ('closed', 'Closed')], default='open', max_length=10),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('purchase', 'Purchase'), ('return', 'Return'), ('exchange', 'Exchange'), ('void', 'Void'), ('cancel_return', 'Cancel Return')], max_length=20),
        ),
        migrations.AlterField(
            model_name='document',
            name='receipt',
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text='Of a return or an exchange: the purchase that it names; of what annuls: the document annulled.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.documentnumber'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(help_text='See core.ledger.entry.', max_length=20),
        ),
        migrations.AlterField(
            model_name='lot',
            name='available_at',
            field=models.DateTimeField(help_text='When they can by themselves; null: an event says when.', null=True),
        ),
        migrations.AlterField(
            model_name='lot',
            name='remaining',
            field=models.BigIntegerField(help_text='What can be drawn, or will be once it is no longer pending.'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(models.F('merchant_id'), models.F('receipt_id'), condition=models.Q(('receipt__isnull', False)), name='document_by_receipt'),
        ),
        migrations.AddIndex(
            model_name='lot',
            index=models.Index(models.F('merchant_id'), models.F('wallet_id'), condition=models.Q(('covered__gt', 0)), name='lot_covered_by_wallet'),
        ),
        migrations.AddIndex(
            model_name='lot',
            index=models.Index(models.F('merchant_id'), models.F('available_at'), models.F('wallet_id'), condition=models.Q(('pending', True)), name='lot_pending_by_time'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(models.F('merchant_id'), models.F('survivor_id'), condition=models.Q(('survivor__isnull', False)), name='member_by_survivor'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(models.F('merchant_id'), models.F('for_lot_id'), condition=models.Q(('for_lot__isnull', False)), name='posting_by_covered_lot'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('document_id'), models.F('entry_id'), models.F('rule'), name='award_rule_once_a_receipt'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('receipt_id'), models.F('kind'), condition=models.Q(('kind__in', ['void', 'cancel_return'])), name='document_annulled_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('accrual', 'clawback', 'reinstatement', 'reversal', 'claim', 'expiry', 'activation', 'redemption', 'cancellation', 'hold', 'capture', 'release', 'adjustment', 'transfer_out', 'transfer_in', 'merge_out', 'merge_in', 'unmerge_out', 'unmerge_in', 'opening', 'closure', 'review'))), name='entry_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('document_id'), models.F('turn'), condition=models.Q(('document__isnull', False)), name='entry_document_counts_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('of_id'), models.F('kind'), models.F('wallet_id'), condition=models.Q(('of__isnull', False)), name='entry_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('request_key'), condition=models.Q(('request_key__isnull', False)), name='entry_request_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('request_hash__isnull', True), ('request_key__isnull', True)), models.Q(('request_hash__isnull', False), ('request_key__isnull', False)), _connector='OR'), name='entry_request_whole'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('covered__gte', 0), ('expired__gte', 0), ('held__gte', 0), ('remaining__gte', 0)), name='lot_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('points__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('remaining'), '+', models.F('held')), '+', models.F('expired')))), name='lot_within_its_size'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('account__in', ('available', 'pending', 'held', 'debt', 'issued', 'brought', 'redeemed', 'clawed_back', 'expired', 'adjusted', 'transferred', 'charged', 'forfeited', 'forgiven', 'withheld', 'qualifying', 'qualified'))), name='posting_account_known'),
        ),
        migrations.AddConstraint(
            model_name='returnmatch',
            constraint=models.CheckConstraint(condition=models.Q(('quantity_milli', 0), _negated=True), name='return_match_not_zero'),
        ),
        migrations.AddField(
            model_name='hold',
            name='merchant',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant'),
        ),
        migrations.AddField(
            model_name='hold',
            name='wallet',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='store.wallet'),
        ),
        migrations.AddField(
            model_name='progress',
            name='merchant',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant'),
        ),
        migrations.AddField(
            model_name='progress',
            name='wallet',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='store.wallet'),
        ),
        migrations.AddField(
            model_name='source',
            name='merchant',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant'),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(models.F('merchant_id'), models.F('wallet_id'), condition=models.Q(('is_open', True)), name='hold_open_by_wallet'),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(models.F('merchant_id'), models.F('expires_at'), condition=models.Q(('is_open', True)), name='hold_open_by_time'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='hold_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('wallet_id'), models.F('day'), name='progress_day_once'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.CheckConstraint(condition=models.Q(('qualifying__gte', 0), ('spend_minor__gte', 0), ('visits__gte', 0)), name='progress_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('code'), name='source_code_once'),
        ),
        composite_key("hold", id="entry", wallet_id="wallet"),
        composite_key("progress", wallet_id="wallet"),
        composite_key("document_source", merchant_id="merchant"),
        further_references("member", survivor_id="member"),
        further_references("entry", of_id="entry", redeeming_branch_id="branch"),
        further_references("lot", origin_id="wallet"),
        references_by_statement("document_line", ["document_id"], document_id="document"),
        references_by_statement("award", ["document_id", "lot_id"], document_id="document", entry_id="entry", lot_id="lot"),
        references_by_statement(
            "posting",
            ["entry_id", "lot_id", "document_id"],
            entry_id="entry",
            lot_id="lot",
            document_id="document",
            for_lot_id="lot",
        ),
        append_only_but_for("document", "member_id"),
        append_only_but_for("document_line", "member_id", "returned_milli"),
        append_only_but_for(
            "lot", "wallet_id", "remaining", "held", "expired", "answered", "covered", "pending", "expires_on"
        ),
        append_only_but_for("hold", "wallet_id", "is_open"),
        # The few documents that are neither sales nor returns, for the console's list of them.
        migrations.RunSQL(
            "CREATE INDEX document_rare_by_time ON document (merchant_id, occurred_at DESC, id DESC) "
            "WHERE kind IN ('exchange', 'void', 'cancel_return')",
            "DROP INDEX document_rare_by_time",
        ),
        # Room on each page for the next version of a row: a day's progress grows with each visit.
        migrations.RunSQL("ALTER TABLE progress SET (fillfactor = 80)", migrations.RunSQL.noop),
    ]
