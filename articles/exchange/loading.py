"""Rows by the million: past the models, straight into their tables, with indexes built once at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

Tell = Callable[[str, int, int], None]  # what is being done, how many are, of how many

# What hangs on these tables and is quicker made at the end than kept up row by row: how to drop it, how to make it.
# In this order it can be dropped, in the other made: a foreign key may stand on one of the indexes.
HANGING = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = ANY(%(tables)s::regclass[]) AND contype IN ('f', 'u')
ORDER BY contype, conrelid, conname
"""
INDEXES = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[])
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
ORDER BY indexrelid
"""
MEMORY = "SET LOCAL maintenance_work_mem = '512MB'"  # for the building; a transaction's own, gone with it


class Loading:
    """Rows on their way to their tables. What a caller does not give takes the model's default."""

    def __init__(self) -> None:
        self.waiting: defaultdict[tuple[type[Model], tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(
            list
        )

    def add(self, model: type[Model], **values: Any) -> None:
        """One row, by the names of its columns, each value as the database takes it."""
        self.waiting[model, tuple(values)].append(tuple(values.values()))

    def write(self) -> None:
        """By COPY where the database has it."""
        for (model, names), rows in self.waiting.items():
            left = _defaults(model, names)
            rest = tuple(left.values())
            _insert(model._meta.db_table, [*names, *left], [row + rest for row in rows])
        self.waiting.clear()


def _defaults(model: type[Model], given: Sequence[str]) -> dict[str, Any]:
    return {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.column and field.column not in given and not field.generated and not field.has_db_default()
    }


def _insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    place = f"{quote(table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {place} FROM STDIN") as copying:
                for row in rows:
                    copying.write_row(row)
        else:
            values = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {place} VALUES ({values})", rows)  # noqa: S608  (our own names)


@contextmanager
def without_indexes(models: Sequence[type[Model]], tell: Tell) -> Iterator[None]:
    """Load these tables without their indexes and foreign keys; all are back, and checked, at the end.

    Inside a transaction, whose end in failure brings them back too. Nobody can read the tables meanwhile.
    Where the database cannot do that, nothing is dropped.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        # what was put off until the end of the transaction would keep its tables from being altered
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        hanging = _hanging(models)
        for drop, _make in hanging:
            cursor.execute(drop)
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(MEMORY)
        for done, (_drop, make) in enumerate(reversed(hanging), start=1):
            cursor.execute(make)
            tell("indexes", done, len(hanging))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _hanging(models: Sequence[type[Model]]) -> list[tuple[str, str]]:
    tables = {"tables": [model._meta.db_table for model in models]}
    with connection.cursor() as cursor:
        cursor.execute(HANGING, tables)
        constraints = cursor.fetchall()
        cursor.execute(INDEXES, tables)
        return [*constraints, *cursor.fetchall()]


def set_sequences(models: Sequence[type[Model]]) -> None:
    """The database goes on counting where we stopped."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def settle(models: Sequence[type[Model]]) -> None:
    """Tell the planner what there is, and spare the first readers the marking of new rows as seen."""
    vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        if vacuum:
            names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
            cursor.execute(f"VACUUM (ANALYZE) {names}")
        cursor.execute("ANALYZE")
