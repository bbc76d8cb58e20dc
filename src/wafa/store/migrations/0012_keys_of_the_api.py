"""Keys of the API, what members show to be known by, writes that move no points, adjustments that wait."""

import django.contrib.postgres.fields
import django.db.models.deletion
import wafa.store.ids
from django.db import migrations, models

from wafa.store.guards import append_only
from wafa.store.keys import composite_key
from wafa.store.statistics import any_merchant_may_be_large


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0011_what_rules_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='consents',
            field=models.JSONField(blank=True, db_default={}, default=dict, help_text='What they agreed to or not, and since when: {"sms": {"given": true, "at": "2026-01-31T…"}}'),
        ),
        migrations.AddField(
            model_name='member',
            name='email',
            field=models.CharField(blank=True, db_default='', help_text='As it was given; empty: none.', max_length=254),
        ),
        migrations.AddField(
            model_name='member',
            name='language',
            field=models.CharField(blank=True, db_default='', help_text='en, ar or fa; empty: not said.', max_length=2),
        ),
        migrations.AddField(
            model_name='member',
            name='pin_hash',
            field=models.CharField(blank=True, db_default='', help_text="Django's; empty: has no PIN.", max_length=128),
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='What it is for; entries name it as their actor.', max_length=60)),
                ('secret_hash', models.BinaryField(help_text='SHA-256 of the whole token.', max_length=32)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), help_text='What it may do: see docs/reference/api.md.', size=None)),
                ('branches', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='Codes; it acts for no other. Empty: all.', size=None)),
                ('till', models.CharField(blank=True, help_text='The one source that it sends for; empty: any.', max_length=60)),
                ('adjusts_most', models.BigIntegerField(help_text="Points that it may give or take by hand at once, without a second person's approval.", null=True)),
                ('requests_a_minute', models.IntegerField(help_text='More are refused; null: no limit.', null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(help_text="By the system's clock; null: never.", null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('last_used_at', models.DateTimeField(help_text='To the minute, about.', null=True)),
                ('follows', models.ForeignKey(db_constraint=False, db_index=False, help_text='The key in whose place it was made.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.apikey')),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
            ],
            options={
                'db_table': 'api_key',
            },
        ),
        migrations.CreateModel(
            name='DoneRequest',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=120)),
                ('content_hash', models.BinaryField(help_text='SHA-256 of what was asked for.', max_length=32)),
                ('status', models.SmallIntegerField(help_text='Of the answer, as HTTP counts them.')),
                ('answer', models.JSONField(help_text='Without secrets: these are shown once.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
            ],
            options={
                'db_table': 'done_request',
            },
        ),
        migrations.CreateModel(
            name='MemberToken',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('card', 'Card'), ('qr', 'Qr')], max_length=10)),
                ('value', models.CharField(help_text="A card's number; of a QR token the SHA-256, in hexadecimal.", max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(help_text='Lost, or replaced: it opens nothing any more.', null=True)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='store.member')),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
            ],
            options={
                'db_table': 'member_token',
            },
        ),
        migrations.CreateModel(
            name='WaitingAdjustment',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(help_text="Idempotency key; once approved, its entry's.", max_length=120)),
                ('content_hash', models.BinaryField(help_text='SHA-256 of what was asked for.', max_length=32)),
                ('member_number', models.CharField(max_length=60)),
                ('unit', models.CharField(max_length=20)),
                ('points', models.BigIntegerField()),
                ('reason', models.CharField(max_length=60)),
                ('note', models.CharField(max_length=400)),
                ('branch_code', models.CharField(blank=True, max_length=60)),
                ('expires_on', models.DateField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('approved', 'Approved'), ('declined', 'Declined')], default='waiting', max_length=10)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('decided_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.apikey')),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
            ],
            options={
                'db_table': 'waiting_adjustment',
            },
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('secret_hash'), name='api_key_secret_once'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('adjusts_most__gte', 0)), name='api_key_limit_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('requests_a_minute__gt', 0)), name='api_key_rate_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='donerequest',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('key'), name='done_request_once'),
        ),
        migrations.AddIndex(
            model_name='membertoken',
            index=models.Index(models.F('merchant_id'), models.F('member_id'), name='member_token_by_member'),
        ),
        migrations.AddConstraint(
            model_name='membertoken',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('kind'), models.F('value'), name='member_token_once'),
        ),
        migrations.AddConstraint(
            model_name='membertoken',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['card', 'qr'])), name='member_token_kind_known'),
        ),
        migrations.AddIndex(
            model_name='waitingadjustment',
            index=models.Index(models.F('merchant_id'), models.F('asked_at'), models.F('id'), condition=models.Q(('state', 'waiting')), name='waiting_adjustment_by_time'),
        ),
        migrations.AddConstraint(
            model_name='waitingadjustment',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('key'), name='waiting_adjustment_once'),
        ),
        migrations.AddConstraint(
            model_name='waitingadjustment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'approved', 'declined'])), name='waiting_adjustment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='waitingadjustment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by', ''), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='waiting_adjustment_decided_by_somebody'),
        ),
        composite_key("api_key", merchant_id="merchant", follows_id="api_key"),
        composite_key("member_token", member_id="member"),
        composite_key("done_request", merchant_id="merchant"),
        composite_key("waiting_adjustment", asked_by_id="api_key"),
        *(any_merchant_may_be_large(table) for table in ("api_key", "member_token", "done_request", "waiting_adjustment")),
        append_only("done_request"),
        migrations.RunSQL(
            "CREATE INDEX member_by_email ON member (merchant_id, lower(email)) WHERE email <> ''",
            "DROP INDEX member_by_email",
        ),
    ]
