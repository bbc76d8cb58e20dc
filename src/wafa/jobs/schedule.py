"""What runs by the clock. The queue sees to it that one tick runs once, however many workers there are.

Cron lines have a sixth field, the seconds.
"""

from __future__ import annotations

import logging

from procrastinate import builtin_tasks
from procrastinate.job_context import JobContext

from wafa.jobs.app import app
from wafa.jobs.outbox import mark_done
from wafa.operations.expire_lots import expire_due_lots
from wafa.store.models import Merchant

logger = logging.getLogger("wafa.jobs")

OUTBOX_BATCH = 10_000
# What one tick numbers at most: after a large import the worker is not kept from its other jobs for long.
OUTBOX_BATCHES_MAX = 20
FAILED_JOBS_KEPT_HOURS = 14 * 24


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="number_events", pass_context=False)
def number_events(timestamp: int) -> None:
    """Number and mark what was committed since the last tick."""
    for _ in range(OUTBOX_BATCHES_MAX):
        if mark_done(OUTBOX_BATCH) < OUTBOX_BATCH:
            return


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="expire_lots")
def expire_lots(timestamp: int) -> None:
    """Book the expiry of lots whose last day is over, by each merchant's own clock and zone."""
    failed = []
    for merchant in Merchant.objects.order_by("id"):
        try:
            expire_due_lots(merchant)
        except Exception:
            # One merchant's trouble must not keep the points of all others.
            logger.exception("expiry failed for merchant %s", merchant.code)
            failed.append(merchant.code)
    if failed:
        raise RuntimeError(f"expiry failed for {', '.join(failed)}")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs back whose worker was killed while it ran them."""
    for job in await context.app.job_manager.get_stalled_jobs():
        logger.warning("job %s (%s) lost its worker and runs again", job.id, job.task_name)
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="forget_failed_jobs", pass_context=True)
async def forget_failed_jobs(context: JobContext, timestamp: int) -> None:
    """Delete failed jobs that nobody looked at (finished ones go at once)."""
    await builtin_tasks.remove_old_jobs(
        context, max_hours=FAILED_JOBS_KEPT_HOURS, remove_failed=True, remove_cancelled=True, remove_aborted=True
    )
