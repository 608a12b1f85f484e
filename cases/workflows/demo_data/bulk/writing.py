"""Very many rows into a table at once: COPY on PostgreSQL, one prepared statement on SQLite. Keys are ours."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from django.db import connection
from django.db.models import Model
from psycopg import sql

from cases.workflows.demo_data.bulk.formats import Format
from cases.workflows.demo_data.bulk.places import Bytes, columns

IN_COPY = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NOTHING = "\\N"


class RowFormat(Protocol):
    """A row of a pattern, filled from the values of a copy."""

    def fill(self, values: list[Any]) -> Any: ...


class Database(Protocol):
    """What rows are written to."""

    nothing: str | None

    def row_format(self, row: Sequence[Any]) -> RowFormat:
        """Make a row ready: of each column what stays, or parts with places."""

    def text(self, text: str) -> str:
        """A text that may hold anything, as it stands at a place."""

    def stored(self, at: str) -> str:
        """A moment as it is stored; `at` as events tell it."""

    def keys(self, model: type[Model], number: int) -> Iterator[int]:
        """So many keys that no other row has or will have. Inside the transaction that writes the rows."""

    def write(self, model: type[Model], rows: list[Any]) -> None:
        """Write filled rows."""

    def check(self) -> None:
        """Hold what was written so far against the constraints that wait for the end of the transaction."""


def database() -> Database:
    """That of the settings."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def analyse() -> None:
    """Let the planner know what there is now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class PostgreSQL:
    """Rows are lines of COPY; keys come from the sequences, which need no correction afterwards."""

    nothing: str | None = NOTHING

    def row_format(self, row: Sequence[Any]) -> RowFormat:
        parts: list[str | int] = []
        for column in row:
            parts += [*self._column(column), "\t"]
        return Format([*parts[:-1], "\n"])

    def _column(self, column: Any) -> list[str | int]:
        if column is None:
            return [NOTHING]
        if isinstance(column, Bytes):  # as text: a backslash would have to be doubled once more
            return [part if isinstance(part, int) else self.text(self.text(part)) for part in column.parts]
        if isinstance(column, list):
            return [part if isinstance(part, int) else self.text(part) for part in column]
        return [self.text(str(column))]

    def text(self, text: str) -> str:
        return text.translate(IN_COPY) if "\\" in text or not text.isprintable() else text

    def stored(self, at: str) -> str:
        return at

    def keys(self, model: type[Model], number: int) -> Iterator[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, %s)", [model._meta.db_table, model._meta.pk.column]
            )
            sequence = cursor.fetchone()
            cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [*sequence, number])
            return iter([key for (key,) in cursor.fetchall()])

    def write(self, model: type[Model], rows: list[Any]) -> None:
        names = [sql.Identifier(str(field.column)) for field in columns(model)]
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(model._meta.db_table), sql.SQL(", ").join(names)
        )
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("".join(rows))

    def check(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class SQLite:
    """Rows are tuples. The transaction holds the only lock there is, so that the next keys are ours."""

    nothing: str | None = None

    def row_format(self, row: Sequence[Any]) -> RowFormat:
        return _SQLiteRow(row)

    def text(self, text: str) -> str:
        return text

    def stored(self, at: str) -> str:
        """As Django writes it: parts of a second only where there are any."""
        moment = f"{at[:10]} {at[11:26]}"
        return moment.removesuffix(".000000")

    def keys(self, model: type[Model], number: int) -> Iterator[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            last = (cursor.fetchone() or (0,))[0]
        return iter(range(last + 1, last + number + 1))

    def write(self, model: type[Model], rows: list[Any]) -> None:
        quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in columns(model))
        places = ", ".join("%s" for _ in columns(model))
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", rows)  # noqa: S608 - our own names

    def check(self) -> None:
        """At the end of the transaction all the same."""


class _SQLiteRow:
    def __init__(self, row: Sequence[Any]) -> None:
        self._stays: list[Any] = []
        self._places: list[tuple[int, int]] = []
        self._texts: list[tuple[int, Format, bool]] = []
        for at, column in enumerate(row):
            parts = column.parts if isinstance(column, Bytes) else column
            self._stays.append("" if isinstance(parts, list) else column)
            if not isinstance(parts, list):
                continue
            if len(parts) == 1 and isinstance(parts[0], int):
                self._places.append((at, parts[0]))
            else:
                self._texts.append((at, Format(parts), isinstance(column, Bytes)))

    def fill(self, values: list[Any]) -> list[Any]:
        row = self._stays.copy()
        for at, place in self._places:
            row[at] = values[place]
        for at, text, is_bytes in self._texts:
            filled = text.fill(values)
            row[at] = filled.encode() if is_bytes else filled
        return row
