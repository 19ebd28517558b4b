"""Which database answers: the replica for readers' pages while it may be read, the primary for all else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from articles.press.replica import REPLICA, replica

_alias = ContextVar("database that readers' pages are drawn from", default=DEFAULT_DB_ALIAS)


class Router:
    """Django asks it where to read and to write (settings.DATABASE_ROUTERS)."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        alias = _alias.get()
        if alias != DEFAULT_DB_ALIAS and transaction.get_connection().in_atomic_block:
            return DEFAULT_DB_ALIAS  # what it changes, it also sees
        return alias

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True  # the same rows, wherever they were read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


@contextmanager
def from_replica() -> Iterator[None]:
    token = _alias.set(REPLICA)
    try:
        with connections[REPLICA].execute_wrapper(replica.through):
            yield
    finally:
        _alias.reset(token)
