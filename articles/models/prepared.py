"""Queries that are compiled once.

Building and compiling a queryset costs several times what the database needs to answer it, and the pages that
are read most ask the same few questions with other values. A prepared query is an ordinary queryset with slots
in place of values; it is compiled at its first use and afterwards run as SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, models, router
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators
from django.utils.functional import cached_property

M = TypeVar("M", bound=models.Model)


class Slot(Expression):
    """A place for a value that comes later, of the type of `output_field`."""

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def filled(self, values: dict[str, Any], connection: Any) -> Any:
        """The value as this database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection, prepared=False)


@dataclass(frozen=True)
class _Compiled:
    """The SQL of a queryset, and how a row of it becomes a model with those that were joined to it."""

    alias: str
    sql: str
    params: tuple[Any, ...]
    compiler: Any
    converters: Any

    @classmethod
    def of(cls, queryset: models.QuerySet[Any], alias: str) -> _Compiled:
        compiler = queryset.query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters(column for column, _sql, _alias in compiler.select)
        return cls(alias, sql, tuple(params), compiler, converters)

    def filled(self, values: dict[str, Any]) -> list[Any]:
        connection = connections[self.alias]
        return [one.filled(values, connection) if isinstance(one, Slot) else one for one in self.params]

    def rows(self, params: list[Any]) -> Iterable[Any]:
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        for row in map(list, found):
            for place, (converters, column) in self.converters.items():
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
            yield row

    def models(self, params: list[Any]) -> list[Any]:
        select, info = self.compiler.select, self.compiler.klass_info
        begin, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, _sql, _alias in select[begin:end]]
        # (the stubs know a later Django, which takes a word more)
        joined = get_related_populators(info, select, self.alias)  # type: ignore[call-arg]
        made = []
        for row in self.rows(params):
            one = info["model"].from_db(self.alias, names, row[begin:end])
            for populator in joined:
                populator.populate(row, one)
            made.append(one)
        return made


class Prepared(Generic[M]):
    """A question with slots. Calling it with a value for each slot answers with the list of rows.

    A moment may stand in it as a slot only: what `build` reads from the clock would stand still.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M]]) -> None:
        self.build = build
        self.compiled: dict[str, _Compiled] = {}

    def __call__(self, **values: Any) -> list[M]:
        compiled = self._compiled()
        return compiled.models(compiled.filled(values))

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The same for a question that ends in values_list()."""
        compiled = self._compiled()
        return [tuple(row) for row in compiled.rows(compiled.filled(values))]

    def sql(self, **values: Any) -> tuple[str, list[Any]]:
        """The question itself, to stand in a larger one."""
        compiled = self._compiled()
        return compiled.sql, compiled.filled(values)

    def _compiled(self) -> _Compiled:
        alias = router.db_for_read(self.model)
        compiled = self.compiled.get(alias)
        if compiled is None:
            compiled = self.compiled[alias] = _Compiled.of(self.build(), alias)
        return compiled

    @cached_property
    def model(self) -> type[M]:
        return self.build().model
