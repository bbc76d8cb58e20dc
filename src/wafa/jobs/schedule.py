"""What runs by the clock. The queue sees to it that one tick runs once, however many workers there are.

Cron lines have a sixth field, the seconds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from procrastinate import builtin_tasks
from procrastinate.job_context import JobContext

from wafa.jobs.app import app
from wafa.jobs.outbox import mark_done
from wafa.jobs.webhooks.delivering import deliver
from wafa.jobs.webhooks.forgetting import forget_deliveries
from wafa.operations.notice_occasions import notice_occasions
from wafa.operations.requalify_tiers import requalify_tiers
from wafa.operations.reward_referrals import reward_referrals
from wafa.operations.settle import settle_due
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


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="deliver_webhooks", lock="deliver_webhooks", pass_context=False)
def deliver_webhooks(timestamp: int) -> None:
    """Tell endpoints of numbered events, and try again what failed. One worker at a time, whose senders are many."""
    deliver()


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="forget_webhook_deliveries", pass_context=False)
def forget_webhook_deliveries(timestamp: int) -> None:
    """The log of what endpoints were told is not kept for ever; the events are."""
    _for_each_merchant("forgetting old deliveries", forget_deliveries)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="settle_wallets", pass_context=False)
def settle_wallets(timestamp: int) -> None:
    """Holds run out, pending points become available, lots expire: by each merchant's own clock and zone."""
    _for_each_merchant("settling", settle_due)


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="review_tiers", pass_context=False)
def review_tiers(timestamp: int) -> None:
    """Review every member's tier, once in each hour: so that each merchant's day has its review soon after it began."""
    _for_each_merchant("the review of tiers", requalify_tiers)


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="notice_occasions", pass_context=False)
def notice_members_occasions(timestamp: int) -> None:
    """Welcome who has joined, and count birthdays and anniversaries, soon after each merchant's day began."""
    _for_each_merchant("noticing occasions", notice_occasions)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="reward_referrals", pass_context=False)
def reward_members_referrals(timestamp: int) -> None:
    """Points for those who brought somebody along, and for whom they brought, once these have bought something."""
    _for_each_merchant("rewarding referrals", reward_referrals)


def _for_each_merchant(what: str, do: Callable[[Merchant], object]) -> None:
    """One merchant's trouble must not keep what is due for all others."""
    failed = []
    for merchant in Merchant.objects.order_by("id"):
        try:
            do(merchant)
        except Exception:
            logger.exception("%s failed for merchant %s", what, merchant.code)
            failed.append(merchant.code)
    if failed:
        raise RuntimeError(f"{what} failed for {', '.join(failed)}")


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
