"""Webhooks: endpoints, and what they were told."""

import django.contrib.postgres.fields
import django.db.models.deletion
import wafa.store.ids
from django.db import migrations, models

from wafa.store.keys import composite_key
from wafa.store.statistics import any_merchant_may_be_large


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0012_keys_of_the_api'),
    ]

    operations = [
        migrations.AddField(
            model_name='merchant',
            name='webhooks_reach_private',
            field=models.BooleanField(db_default=False, default=False, help_text='Whether its webhooks may go to addresses of private networks.'),
        ),
        migrations.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('url', models.CharField(max_length=500)),
                ('description', models.CharField(blank=True, max_length=200)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Kinds of events; empty: all.', size=None)),
                ('secrets', models.JSONField(help_text='Newest first: {"secret": "whsec_…", "until": null}. An older one signs too, until its instant.')),
                ('is_active', models.BooleanField(default=True)),
                ('off_because', models.CharField(blank=True, help_text='gone: it answered 410. owner: by hand.', max_length=20)),
                ('cursor', models.BigIntegerField(help_text='Number of the last event of the log that was looked at for it.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
            ],
            options={
                'db_table': 'webhook_endpoint',
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(help_text="The event's place in the merchant's log.")),
                ('wallet_id', models.UUIDField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Delivered'), ('given_up', 'Given Up')], default='waiting', max_length=10)),
                ('attempts', models.IntegerField(default=0)),
                ('next_at', models.DateTimeField(help_text="When it is due, by the system's clock.")),
                ('last_status', models.SmallIntegerField(help_text="HTTP's; null: there was no answer.", null=True)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('event', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='store.outboxevent')),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
                ('endpoint', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='store.webhookendpoint')),
            ],
            options={
                'db_table': 'webhook_delivery',
            },
        ),
        migrations.AddIndex(
            model_name='webhookendpoint',
            index=models.Index(models.F('merchant_id'), models.F('created_at'), models.F('id'), name='webhook_endpoint_by_time'),
        ),
        migrations.AddConstraint(
            model_name='webhookendpoint',
            constraint=models.CheckConstraint(condition=models.Q(('cursor__gte', 0)), name='webhook_endpoint_cursor_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='webhookendpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_active', True), ('off_because', '')), models.Q(('is_active', False), ('off_because__in', ['gone', 'owner'])), _connector='OR'), name='webhook_endpoint_off_for_a_reason'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(models.F('merchant_id'), models.F('endpoint_id'), models.F('next_at'), condition=models.Q(('attempts__gt', 0), ('state', 'waiting')), name='webhook_delivery_again'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(models.F('merchant_id'), models.F('endpoint_id'), models.F('number'), condition=models.Q(('attempts', 0), ('state', 'waiting')), name='webhook_delivery_first'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(models.F('merchant_id'), models.F('id'), name='webhook_delivery_latest'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(models.F('merchant_id'), models.F('endpoint_id'), models.F('id'), name='webhook_delivery_of_endpoint'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(models.F('merchant_id'), models.F('endpoint_id'), models.F('id'), condition=models.Q(('state', 'given_up')), name='webhook_delivery_given_up'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('endpoint_id'), models.F('event_id'), name='webhook_delivery_once'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'given_up'])), name='webhook_delivery_state_known'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('attempts__gte', 0)), name='webhook_delivery_attempts_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivered_at__isnull', False), ('state', 'delivered')), models.Q(models.Q(('state', 'delivered'), _negated=True), ('delivered_at__isnull', True)), _connector='OR'), name='webhook_delivery_delivered_at_an_instant'),
        ),
        composite_key("webhook_endpoint", merchant_id="merchant"),
        composite_key("webhook_delivery", endpoint_id="webhook_endpoint", event_id="outbox_event"),
        any_merchant_may_be_large("webhook_endpoint"),
        any_merchant_may_be_large("webhook_delivery"),
    ]
