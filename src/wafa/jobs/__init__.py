"""What happens by itself: the outbox, the schedule, the worker; and the commands of the command line."""

# Modules that define jobs; the worker imports them all. A new module of jobs is added here.
TASK_MODULES = ("wafa.jobs.schedule",)
