"""What rules read besides the receipt: items and categories, groups of branches, profiles; activities, once a period."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.fields.json
import wafa.store.ids
from django.db import migrations, models

from wafa.store.keys import composite_key, further_references
from wafa.store.statistics import any_merchant_may_be_large


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0010_no_shared_row_is_locked'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60)),
                ('name', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'db_table': 'category',
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('brand', models.CharField(blank=True, max_length=60)),
                ('supplier', models.CharField(blank=True, max_length=60)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
            ],
            options={
                'db_table': 'item',
            },
        ),
        migrations.CreateModel(
            name='BudgetSlice',
            fields=[
                ('id', models.UUIDField(default=wafa.store.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=60)),
                ('slice', models.SmallIntegerField()),
                ('left', models.BigIntegerField()),
                ('merchant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant')),
            ],
            options={
                'db_table': 'budget_slice',
                'constraints': [models.UniqueConstraint(models.F('merchant_id'), models.F('rule'), models.F('slice'), name='budget_slice_once'), models.CheckConstraint(condition=models.Q(('left__gte', 0)), name='budget_slice_not_negative')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_kind_known',
        ),
        migrations.AddField(
            model_name='branch',
            name='groups',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='Codes of the groups that rules name.', size=None),
        ),
        migrations.AddField(
            model_name='member',
            name='birth_calendar',
            field=models.CharField(choices=[('gregorian', 'Gregorian'), ('jalali', 'Jalali'), ('hijri', 'Hijri')], db_default='gregorian', default='gregorian', max_length=10),
        ),
        migrations.AddField(
            model_name='member',
            name='born_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='Segments that rules name.', size=None),
        ),
        migrations.AddField(
            model_name='member',
            name='referrer',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='The member who brought this one along.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.member'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('referrer', models.F('id')), _negated=True), name='member_referred_by_another'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(models.F('merchant_id'), models.F('referrer_id'), condition=models.Q(('referrer__isnull', False)), name='member_by_referrer'),
        ),
        migrations.AddField(
            model_name='merchant',
            name='hijri_shift',
            field=models.SmallIntegerField(db_default=0, default=0, help_text='Days by which its Hijri day runs ahead of Umm al-Qura, as where the moon is sighted.'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('accrual', 'clawback', 'reinstatement', 'reversal', 'claim', 'expiry', 'activation', 'redemption', 'cancellation', 'hold', 'capture', 'release', 'adjustment', 'reward', 'grant', 'revocation', 'transfer_out', 'transfer_in', 'merge_out', 'merge_in', 'unmerge_out', 'unmerge_in', 'opening', 'closure', 'review'))), name='entry_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('wallet_id'), django.db.models.fields.json.KeyTextTransform('activity', 'explanation'), django.db.models.fields.json.KeyTextTransform('period', 'explanation'), condition=models.Q(('kind', 'reward')), name='entry_activity_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('birth_calendar__in', ['gregorian', 'jalali', 'hijri'])), name='member_birth_calendar_known'),
        ),
        migrations.AddField(
            model_name='category',
            name='merchant',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant'),
        ),
        migrations.AddField(
            model_name='category',
            name='parent',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.category'),
        ),
        migrations.AddField(
            model_name='item',
            name='category',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.category'),
        ),
        migrations.AddField(
            model_name='item',
            name='merchant',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.merchant'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('code'), name='category_code_once'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='category_below_another'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(models.F('merchant_id'), models.F('code'), name='item_code_once'),
        ),
        # Rows are also made by SQL that knows nothing of Django's defaults.
        migrations.RunSQL(
            "ALTER TABLE branch ALTER COLUMN groups SET DEFAULT '{}'; ALTER TABLE member ALTER COLUMN tags SET DEFAULT '{}'",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(models.F('merchant_id'), models.F('born_on'), condition=models.Q(('born_on__isnull', False)), name='member_by_birth'),
        ),
        further_references("member", referrer_id="member"),
        composite_key("category", merchant_id="merchant", parent_id="category"),
        composite_key("budget_slice", merchant_id="merchant"),
        any_merchant_may_be_large("budget_slice"),
        composite_key("item", merchant_id="merchant", category_id="category"),
        any_merchant_may_be_large("category"),
        any_merchant_may_be_large("item"),
    ]
