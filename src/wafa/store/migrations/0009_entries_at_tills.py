"""What was asked for at a branch's tills, the latest first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0008_references_of_entries_and_lots"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                *map(models.F, ("merchant_id", "redeeming_branch_id", "posted_at", "id")),
                name="entry_at_tills_by_time",
                condition=models.Q(("redeeming_branch__isnull", False)),
            ),
        ),
    ]
