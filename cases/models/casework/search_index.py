"""The index over what cases are found by: PostgreSQL's full text, SQLite's FTS5; the words are our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func

from cases.findings.search.folded_words import INNER, Part, Query, Term

Compiled = tuple[str, tuple[str | int, ...]]
ROWS, INDEX = "cases_casesearch", "cases_casesearch_words"
FEW = 1000
# How many of the newest cases tell whether a search finds very many, and how many of them it finds then.
SAMPLE, COMMON = 300, 60


# The keys of the cases that are found, by the index alone.
POSTGRESQL = f"SELECT case_id FROM {ROWS} WHERE cases_search_vector(words) @@ %s::tsquery"  # noqa: S608
SQLITE = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608


def _found_by(query: Query, *, on_postgresql: bool) -> tuple[str, list[str]]:
    """The SQL of the keys of the cases found: by the index, and for initials by the words of those."""
    statement, words = (POSTGRESQL, as_tsquery(query)) if on_postgresql else (SQLITE, as_fts5(query))
    if not query.has_initials:
        return statement, [words]
    at = f"{ROWS}.case_id" if on_postgresql else f"{INDEX}.rowid"
    holds, sought = _holds(query, at, on_postgresql=on_postgresql)
    return f"{statement} AND {holds}", [words, *sought]


def few(query: Query) -> list[int] | None:
    """The keys of the cases that are found, if they are few; None if they are many.

    No database guesses well how many a beginning of a word finds: of few it is told, and goes to each by its key.
    """
    if not query.parts:
        return []
    statement, words = _found_by(query, on_postgresql=connection.vendor == "postgresql")
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT {FEW + 1}", words)
        keys = [key for (key,) in cursor.fetchall()]
    return keys if len(keys) <= FEW else None


@dataclass(frozen=True)
class Walk:
    """The keys that were found by going through cases in their order; `is_all` if there are no others."""

    keys: list[int]
    is_all: bool


def is_common(query: Query) -> bool:
    """Does a query find a fifth or more of the newest cases? The index could tell only after listing them all."""
    if not query.parts:
        return False
    newest = "SELECT id FROM cases_case ORDER BY updated_at DESC, id DESC LIMIT %s"
    holds, words = _holds(query, "walked.id", on_postgresql=connection.vendor == "postgresql")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({newest}) AS walked WHERE {holds}", [SAMPLE, *words])  # noqa: S608
        (found,) = cursor.fetchone()
    return bool(found >= COMMON)


def walk(cases: models.QuerySet[Any, Any], query: Query, far: int, most: int) -> Walk:
    """Find at most `most` cases among the first `far`, in the order of `cases`.

    Each case's words are read, not the index: of a common word it takes few cases to find enough. Without an ORDER BY
    around it: rows pass filter and LIMIT as they are numbered, and a sort would read all `far` first (146 ms, not 8).
    """
    try:
        ordered, params = cases.values_list("id")[: far + 1].query.sql_with_params()
    except EmptyResultSet:
        return Walk([], is_all=True)
    holds, words = _holds(query, "walked.id", on_postgresql=connection.vendor == "postgresql")
    walked = f"SELECT id, row_number() OVER () AS place FROM ({ordered}) AS ordered"  # noqa: S608
    statement = f"SELECT id, place FROM ({walked}) AS walked WHERE place > %s OR {holds} LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, far, *words, most + 1])
        found = sorted(cursor.fetchall(), key=lambda row: row[1])
    keys = [key for key, place in found if place <= far]
    return Walk(keys[:most], is_all=len(keys) == len(found) <= most)


def _holds(query: Query, key: str, *, on_postgresql: bool) -> tuple[str, list[str]]:
    """The SQL condition that the words of the case with this key (an SQL expression) are those searched for."""
    at = "strpos" if on_postgresql else "instr"
    sought: list[str] = []

    def is_in(word: str, begins: bool) -> str:
        sought.append(f" {word}" if begins else f" {word} ")
        return f"{at}(' ' || told.words || ' ', %s) > 0"

    condition = _written(query.parts, "AND", "OR", is_in)
    return f"(SELECT {condition} FROM {ROWS} AS told WHERE told.case_id = {key})", sought  # noqa: S608


class FoundBy(Func):
    """Whether a search finds the case with this key: looked up in the index alone."""

    output_field = models.BooleanField()

    def __init__(self, key: str, query: Query) -> None:
        super().__init__(F(key))
        self.query = query

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        """Ask the index over the words as a text search vector, before anything else.

        Left to choose, the planner goes through all cases by their order if it takes those found for evenly spread.
        """
        key, params = compiler.compile(self.source_expressions[0])
        statement, words = _found_by(self.query, on_postgresql=True)
        return f"{key} = ANY(ARRAY({statement}))", (*params, *words)

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        """Ask the FTS5 table, whose rows are numbered as the cases are."""
        key, params = compiler.compile(self.source_expressions[0])
        statement, words = _found_by(self.query, on_postgresql=False)
        return f"{key} IN ({statement})", (*params, *words)


def as_tsquery(query: Query) -> str:
    """Write a query as PostgreSQL reads it; its words hold letters and digits alone."""
    return _written(
        _without_initials(query), "&", "|", lambda word, begins: f"'{word}'{':*' if begins else ''}"
    )


def as_fts5(query: Query) -> str:
    """Write a query as SQLite reads it."""
    return _written(
        _without_initials(query), "AND", "OR", lambda word, begins: f'"{word}"{" *" if begins else ""}'
    )


def _without_initials(query: Query) -> list[Part]:
    """The parts that an index is asked for, without initials: beside an initial is always a longer word."""
    bare = [[tuple(term for term in way if not term.is_initial) for way in part.ways] for part in query.parts]
    return [Part(tuple(ways)) for ways in bare if all(ways)] or list(query.parts)


def _written(parts: Iterable[Part], both: str, either: str, written: Callable[[str, bool], str]) -> str:
    def any_of(sides: list[str], by: str) -> str:
        return sides[0] if len(sides) == 1 else f"({f' {by} '.join(sides)})"

    def term(part: Term) -> str:
        shapes = [part.word, INNER + part.word] if part.inside else [part.word]
        return any_of([written(word, part.begins) for word in shapes], either)

    sentences = [
        any_of([any_of([term(term_) for term_ in way], both) for way in part.ways], either) for part in parts
    ]
    return any_of(sentences, both)
