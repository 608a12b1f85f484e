"""Queries of the hot path whose SQL Django makes once for each connection; then they are sent with other parameters.

To make the SQL of a query costs Django several times what the database takes to answer it, and it is the same each
time. Only what was measured to matter is asked this way (docs/performance.md); everything else is plain ORM.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import ModelIterable, get_related_populators
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")
Value = int | str | datetime.datetime
KEPT_IN = "compiled_statements"  # the attribute of a connection


class Compiled(Generic[Row]):
    """A query that is asked with other values each time: `build` makes it, and is called once for each connection.

    A value is one of the types given, never None, and stands where `build` puts it as it is: what it computes of it,
    and the time it reads, would stay as they were. Gives instances, or tuples if `build` says values_list().
    """

    def __init__(self, build: Callable[..., "models.QuerySet[Any, Row]"], *types: type[Value]) -> None:
        self.build, self.types = build, types

    def all(self, *values: Value) -> list[Row]:
        """Ask, and give all rows, as list() would of the query that `build` makes of these values."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept: dict[Compiled[Any], _Statement] = connection.__dict__.setdefault(KEPT_IN, {})
        statement = kept.get(self)
        if statement is None:
            statement = kept[self] = _Statement(self.build(*self.samples()), self.samples(), connection)
        return cast(list[Row], statement.rows(values, connection))

    def first(self, *values: Value) -> Row | None:
        """The first row, or None; the query says itself in which order, and that it wants no more."""
        return next(iter(self.all(*values)), None)

    def get(self, *values: Value) -> Row:
        """The only row. Raises the model's DoesNotExist if there is none."""
        rows = self.all(*values)
        if len(rows) != 1:
            model = self.build(*values).model
            raise model.MultipleObjectsReturned if rows else model.DoesNotExist
        return rows[0]

    def samples(self) -> list[Value]:
        """Values, each found nowhere else, by which the places of the parameters are known in the SQL."""
        return [SAMPLES[kind](place) for place, kind in enumerate(self.types)]


def _moment(place: int) -> datetime.datetime:
    return datetime.datetime(1905, 6, 7, 8, 9, 10, 111000 + place, tzinfo=datetime.UTC)


SAMPLES: dict[type, Callable[[int], Value]] = {
    int: lambda place: 1_905_060_708 + place,
    str: lambda place: f"\N{PILCROW SIGN} parameter {place}",
    datetime.datetime: _moment,
}


class _Statement:
    """The SQL of a query for one connection, and what makes rows of its answer."""

    def __init__(
        self, query: "models.QuerySet[Any, Any]", samples: Sequence[Value], connection: BaseDatabaseWrapper
    ) -> None:
        compiler: Any = query.query.get_compiler(connection=connection)
        self._sql, parameters = compiler.as_sql()
        self._parameters, self._places = [*parameters], _places(parameters, samples, connection)
        self._locks = query.query.select_for_update
        self._converters = compiler.get_converters([column[0] for column in compiler.select])
        self._apply_converters = compiler.apply_converters
        self._made_of = _reader(compiler) if query._iterable_class is ModelIterable else tuple

    def rows(self, values: Sequence[Value], connection: BaseDatabaseWrapper) -> list[Any]:
        if self._locks and connection.features.has_select_for_update and connection.get_autocommit():
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        parameters = [*self._parameters]
        for place, number in self._places:
            parameters[place] = _adapted(values[number], connection)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, tuple(parameters))
            found: Iterable[Any] = cursor.fetchall()
        if self._converters:
            found = self._apply_converters(found, self._converters)
        return [self._made_of(row) for row in found]


def _adapted(value: Value, connection: BaseDatabaseWrapper) -> Any:
    """A value as Django's fields hand it to the database."""
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _places(
    parameters: Sequence[Any], samples: Sequence[Value], connection: BaseDatabaseWrapper
) -> list[tuple[int, int]]:
    """Where each sample stands among the parameters: place and number of the sample."""
    adapted = [_adapted(sample, connection) for sample in samples]
    if missing := [number for number, sample in enumerate(adapted) if sample not in parameters]:
        raise ValueError(f"not in the query as given: parameters {missing}")
    return [
        (place, adapted.index(parameter))
        for place, parameter in enumerate(parameters)
        if parameter in adapted
    ]


def _reader(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """What makes an instance of a row, as Django's ModelIterable does, with what was selected beside it."""
    model, chosen = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, end = chosen[0], chosen[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:end]]
    populators: Any = get_related_populators  # typed as in a later Django
    related = populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    beside = [*(compiler.annotation_col_map or {}).items()]

    def instance(row: Sequence[Any]) -> Any:
        made = model.from_db(DEFAULT_DB_ALIAS, names, row[first:end])
        for populator in related:
            populator.populate(row, made)
        for name, place in beside:
            setattr(made, name, row[place])
        return made

    return instance


def attach(rows: Iterable[models.Model], name: str, related: Iterable[models.Model]) -> None:
    """Give each row those of `related` that are its own, as prefetch_related() would under this name."""
    rows = list(rows)
    field: Any = type(rows[0])._meta.get_field(name).remote_field if rows else None
    of_row: dict[Any, list[models.Model]] = {row.pk: [] for row in rows}
    by_key = {row.pk: row for row in rows}
    for one in related:
        key = getattr(one, field.attname)
        if key in by_key:  # a row that was added since is not among these
            of_row[key].append(one)
            field.set_cached_value(one, by_key[key])
    for row in rows:
        prefetched = getattr(row, name).get_queryset()
        prefetched._result_cache, prefetched._prefetch_done = of_row[row.pk], True
        row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = prefetched
