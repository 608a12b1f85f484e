"""The index over what cases are found by: PostgreSQL's full text, SQLite's FTS5; the words are our own."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func

from cases.findings.search_words import INNER, Query, Term

Compiled = tuple[str, tuple[str | int, ...]]
ROWS, INDEX = "cases_casesearch", "cases_casesearch_words"
FEW = 1000


# The keys of the cases that are found, by the index alone.
POSTGRESQL = f"SELECT case_id FROM {ROWS} WHERE cases_search_vector(words) @@ %s::tsquery"  # noqa: S608
SQLITE = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608


def few(query: Query) -> list[int] | None:
    """The keys of the cases that are found, if they are few; None if they are many.

    No database guesses well how many a beginning of a word finds: of few it is told, and goes to each by its key.
    """
    if not query.parts:
        return []
    on_postgresql = connection.vendor == "postgresql"
    statement, words = (POSTGRESQL, as_tsquery(query)) if on_postgresql else (SQLITE, as_fts5(query))
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT {FEW + 1}", [words])
        keys = [key for (key,) in cursor.fetchall()]
    return keys if len(keys) <= FEW else None


class FoundBy(Func):
    """Whether a search finds the case with this key: looked up in the index alone."""

    output_field = models.BooleanField()

    def __init__(self, key: str, query: Query) -> None:
        super().__init__(F(key))
        self.query = query

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        """Ask the index over the words as a text search vector."""
        key, params = compiler.compile(self.source_expressions[0])
        return f"{key} IN ({POSTGRESQL})", (*params, as_tsquery(self.query))

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        """Ask the FTS5 table, whose rows are numbered as the cases are."""
        key, params = compiler.compile(self.source_expressions[0])
        return f"{key} IN ({SQLITE})", (*params, as_fts5(self.query))


def as_tsquery(query: Query) -> str:
    """Write a query as PostgreSQL reads it; its words hold letters and digits alone."""
    return _written(query, "&", "|", lambda word, begins: f"'{word}'{':*' if begins else ''}")


def as_fts5(query: Query) -> str:
    """Write a query as SQLite reads it."""
    return _written(query, "AND", "OR", lambda word, begins: f'"{word}"{" *" if begins else ""}')


def _written(query: Query, both: str, either: str, written: Any) -> str:
    def any_of(sides: list[str], by: str) -> str:
        return sides[0] if len(sides) == 1 else f"({f' {by} '.join(sides)})"

    def term(of: Term) -> str:
        shapes = [of.word, INNER + of.word] if of.inside else [of.word]
        return any_of([written(word, of.begins) for word in shapes], either)

    parts = [
        any_of([any_of([term(each) for each in way], both) for way in part.ways], either)
        for part in query.parts
    ]
    return any_of(parts, both)
