"""The net under merchant scope: a statement that reads or changes merchant-owned rows must name the merchant.

The managers are the gate (see `scope`); this catches what goes round them, raw SQL and Django's own look-ups by id.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from wafa.store.scope import MerchantOwned, UnscopedQueryError

# Compared with a value, or brought along as one; merchants compared with each other name none.
_NAMES_MERCHANT = re.compile(r"merchant_id\"?\s*(=|in)\s*\(?(%|')|%s(::uuid)? as merchant_id", re.IGNORECASE)
_TOUCHES_ROWS = re.compile(r"[\s(]*(select|update|delete|with|insert)\b", re.IGNORECASE)

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def catch(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement, unless it is about merchant-owned rows and names no merchant."""
    unscoped = None if _allowed.get() or not isinstance(sql, str) else _unscoped_model(sql)
    if unscoped:
        raise UnscopedQueryError(unscoped)
    return execute(sql, params, many, context)


def hang(sender: Any, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Hang the net under a new connection."""
    if catch not in connection.execute_wrappers:
        connection.execute_wrappers.append(catch)


@contextmanager
def across_merchants() -> Iterator[None]:
    """For the query that finds out whose pages these are, and jobs that serve all merchants: nothing else."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)


_allowed: ContextVar[bool] = ContextVar("across_merchants", default=False)


@lru_cache(maxsize=4096)
def _unscoped_model(sql: str) -> type[MerchantOwned] | None:
    if not _TOUCHES_ROWS.match(sql) or _NAMES_MERCHANT.search(sql):
        return None
    owned, by_table = _owned()
    found = owned.search(sql)
    return by_table[found.group(1)] if found else None


@lru_cache(maxsize=1)
def _owned() -> tuple[re.Pattern[str], dict[str, type[MerchantOwned]]]:
    by_table = {
        model._meta.db_table: model
        for model in apps.get_app_config("store").get_models()
        if issubclass(model, MerchantOwned)
    }
    names = "|".join(sorted(by_table, key=len, reverse=True))
    return re.compile(rf'(?:\b(?:from|join|update)\s|,)\s*(?:only\s+)?"?({names})\b(?!"?\.)', re.IGNORECASE), by_table
