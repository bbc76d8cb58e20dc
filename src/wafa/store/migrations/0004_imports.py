"""Imports: the record of what was read from which file."""

import django.db.models.deletion
import wafa.store.ids
from django.db import migrations, models

from wafa.store.keys import composite_key


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0003_console_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('file_digest', models.BinaryField(help_text='SHA-256 of the file as it is stored.', max_length=32)),
                ('mapping', models.CharField(help_text='Name of the mapping that it was read by.', max_length=100)),
                ('source', models.CharField(max_length=60)),
                ('replay', models.BooleanField(help_text='Whether each document was posted at its own time.')),
                ('started_at', models.DateTimeField(help_text="By the system's clock.")),
                ('finished_at', models.DateTimeField(help_text="By the system's clock; null: it runs, or was stopped.", null=True)),
                ('rows_read', models.BigIntegerField(default=0)),
                ('rows_rejected', models.BigIntegerField(default=0, help_text='Rows that could not be used by themselves.')),
                ('documents_read', models.BigIntegerField(default=0, help_text='Documents with a row that could be used.')),
                ('counted', models.BigIntegerField(default=0, help_text='Documents counted by this run.')),
                ('counted_before', models.BigIntegerField(default=0, help_text='Documents that had been counted before.')),
                ('anonymous', models.BigIntegerField(default=0, help_text='Of those counted, how many credit nobody.')),
                ('refused', models.BigIntegerField(default=0, help_text='Documents that were refused whole.')),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
            ],
            options={
                'db_table': 'import_run',
            },
        ),
        migrations.CreateModel(
            name='ImportRefusal',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=60)),
                ('period', models.CharField(blank=True, max_length=20)),
                ('number', models.CharField(max_length=60)),
                ('content_hash', models.BinaryField(help_text='Of what the file said; see core.commands.', max_length=32)),
                ('refusal', models.CharField(max_length=60)),
                ('detail', models.JSONField(default=dict)),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
                ('run', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='store.importrun')),
            ],
            options={
                'db_table': 'import_refusal',
            },
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(models.F('merchant_id'), models.F('started_at'), name='import_run_by_time'),
        ),
        migrations.AddConstraint(
            model_name='importrefusal',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('source'), models.F('period'), models.F('number'), name='import_refusal_once'),
        ),
        composite_key("import_run", merchant_id="merchant"),
        composite_key("import_refusal", run_id="import_run"),
    ]
