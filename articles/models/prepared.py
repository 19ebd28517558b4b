"""Queries that are compiled once.

Building and compiling a queryset costs several times what the database needs to answer it, and the pages that
are read most ask the same few questions with other values. A prepared query is an ordinary queryset with slots
in place of values; it is compiled at its first use and afterwards run as SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, connections, models, router
from django.db.models.expressions import Expression

M = TypeVar("M", bound=models.Model)


class Slot(Expression):
    """A place for a value that comes later, of the type of `output_field`."""

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def filled(self, values: dict[str, Any]) -> Any:
        """The value as this database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection, prepared=False)


class Prepared(Generic[M]):
    """A question with slots. Calling it with a value for each slot answers with the list of rows.

    The queryset may not use select_related: its columns are those of one table.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M]]) -> None:
        self.build = build
        self.compiled: dict[str, tuple[type[M], str, tuple[Any, ...]]] = {}

    def __call__(self, **values: Any) -> list[M]:
        model, sql, params = self.compiled.get(connection.vendor) or self._compile()
        filled = [one.filled(values) if isinstance(one, Slot) else one for one in params]
        return list(model._base_manager.raw(sql, filled))

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The same for a question that ends in values_list(): words and numbers as the database gives them."""
        model, sql, params = self.compiled.get(connection.vendor) or self._compile()
        filled = [one.filled(values) if isinstance(one, Slot) else one for one in params]
        with connections[router.db_for_read(model)].cursor() as cursor:
            cursor.execute(sql, filled)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _compile(self) -> tuple[type[M], str, tuple[Any, ...]]:
        queryset = self.build()
        sql, params = queryset.query.get_compiler(connection=connection).as_sql()
        compiled = self.compiled[connection.vendor] = (queryset.model, sql, tuple(params))
        return compiled
