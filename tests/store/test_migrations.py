"""The migrations are complete."""

from __future__ import annotations

from django.core.management import call_command


def test_the_models_need_no_further_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
