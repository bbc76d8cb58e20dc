"""Handing single commands to the batcher, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import InterfaceError, OperationalError

from wafa.core.commands import Command
from wafa.core.outcomes import Outcome
from wafa.operations.group_commit import MemberBusyError, QueueFullError
from wafa.operations.post_singly import KeyEndedError, Single, post_singly
from wafa.store.identify import Found, MemberName, NotOneMemberError, the_one
from wafa.web.api.access import Caller
from wafa.web.api.problems import AGAIN_SECONDS, ProblemError, lost, not_one


def ask(
    caller: Caller, make: Callable[..., Command], *members: MemberName, paths: tuple[str, ...] = ("member",)
) -> Outcome:
    """Post what `make` makes of the instant and the members' numbers, in their order. Raises ProblemError."""

    def made(at: datetime, found: Found) -> Command:
        return make(at, *(the_one(found, name) for name in members))

    try:
        return post_singly(Single(caller.merchant.id, caller.key.id, caller.actor, made, members))
    except NotOneMemberError as error:
        raise not_one(error, paths[members.index(error.name)]) from None
    except KeyEndedError:
        raise ProblemError(401, "key_not_valid") from None
    except QueueFullError:
        raise ProblemError(503, "queue_full", retry_after=AGAIN_SECONDS) from None
    except MemberBusyError:
        raise ProblemError(429, "member_busy", retry_after=AGAIN_SECONDS) from None
    except (OperationalError, InterfaceError) as error:
        raise lost(error) from None
