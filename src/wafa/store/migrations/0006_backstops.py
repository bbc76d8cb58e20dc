"""More that the database itself refuses: what no law allows, and changes of what is for ever."""

from django.db import migrations, models

from wafa.store.guards import append_only_but_for, free, never_changed


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0005_complete_ledger'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['purchase', 'return', 'exchange', 'void', 'cancel_return'])), name='document_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('withheld_minor__gte', 0)), name='document_withheld_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('waited', False), models.Q(('kind', 'return'), ('receipt__isnull', False)), _connector='OR'), name='document_waits_for_a_receipt'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('sequence__gt', 0), ('turn__gte', 0)), name='entry_counts_up'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('available_after__gte', 0), ('debt_after__gte', 0), ('held_after__gte', 0), ('pending_after__gte', 0), models.Q(('available_after', 0), ('debt_after', 0), _connector='OR')), name='entry_leaves_what_can_be'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='lot_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('covered__lte', models.F('points'))), name='lot_covered_within_its_size'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['active', 'blocked', 'closed'])), name='member_status_known'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('survivor', models.F('id')), _negated=True), name='member_survived_by_another'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('numbering__in', ['once', 'day', 'year'])), name='source_numbering_known'),
        ),
        migrations.AddConstraint(
            model_name='wallet',
            constraint=models.CheckConstraint(condition=models.Q(('qualifying__gte', 0)), name='wallet_qualifying_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='wallet',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'absorbed', 'closed'])), name='wallet_status_known'),
        ),
        never_changed("document_number"),
        # The guard of awards was made before they had an entry.
        free("award", "fixed"),
        free("award", "append_only"),
        append_only_but_for("award", "held_points"),
        append_only_but_for(
            "wallet",
            "available",
            "pending",
            "held",
            "debt",
            "qualifying",
            "eligible_purchases",
            "tier",
            "below_since",
            "sequence",
            "posted_at",
            "status",
        ),
        append_only_but_for("progress", "qualifying", "spend_minor", "visits"),
    ]
