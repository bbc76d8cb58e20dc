"""The demo's receipts: loaded once, by the very import that a shop would use."""

from pathlib import Path

from wafa.jobs.imports.progress import ImportSummary, Watcher
from wafa.jobs.imports.run import import_receipts
from wafa.store.models import ImportRun, Merchant

RECEIPTS = Path(__file__).with_name("online-retail.csv.xz")
MAPPING = "online-retail"


def are_loaded(merchant: Merchant) -> bool:
    """Whether an import of the file has come to its end."""
    runs = ImportRun.objects.of(merchant).filter(file_name=RECEIPTS.name, finished_at__isnull=False)
    return runs.exists()


def load(merchant: Merchant, rejects: Path, progress: Watcher | None = None) -> ImportSummary:
    """Replay the year, each document at its own time; the clock then stands at the beginning of the day after it.

    What was loaded before is not loaded again, so a load that was killed is simply started again.
    """
    return import_receipts(merchant, RECEIPTS, MAPPING, replay=True, rejects=rejects, progress=progress)
