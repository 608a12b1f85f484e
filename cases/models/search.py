"""What a case is found by, and the index over it: PostgreSQL's full text, SQLite's FTS5; the words are our own."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup

from cases.findings import searchable
from cases.findings.search_words import INNER, Query, Term
from cases.findings.searchable import Entry
from cases.models.case import Case
from cases.models.organisation import IdentifierKind

INDEX = "cases_casesearch_words"


class CaseSearch(models.Model):
    """What a case is found by: derived, and made anew at any time (workflows/searching.py).

    Indexes are made by a migration: on PostgreSQL over an expression, on SQLite as a table that triggers keep.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="search")
    # What the newest result tells: [text, [what it is, …]], as findings/searchable.py has them.
    told = models.JSONField(default=list)
    # What its firm is known by besides, as captures taught: the same form.
    known_as = models.JSONField(default=list)
    # Every word of these and of own_entries() once, parted by spaces.
    words = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"search of {self.case_id}"


def own_entries(case: Case) -> list[Entry]:
    """What a case is found by whatever its results tell."""
    about = case.organisation
    own = (
        (searchable.REFERENCE, case.reference),
        (searchable.DUNS if about.kind == IdentifierKind.DUNS else searchable.NUMBER, about.number),
        (searchable.NAME, about.name),
        (searchable.CUSTOMER_REFERENCE, case.customer_reference),
    )
    return [(text, [what]) for what, text in own if text]


class Finds(Lookup):
    """`words__found_by=Query(…)`: the rows whose words have every part of the query, by the index alone."""

    lookup_name = "found_by"
    prepare_rhs = False
    rhs: Query

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Ask the index over the words as a text search vector."""
        words, params = self.process_lhs(compiler, connection)
        return f"cases_search_vector({words}) @@ %s::tsquery", [*params, as_tsquery(self.rhs)]

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Ask the FTS5 table, whose rows are numbered as the cases are."""
        case = f"{connection.ops.quote_name(self.lhs.alias)}.case_id"
        return f"{case} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)", [as_fts5(self.rhs)]  # noqa: S608


CaseSearch._meta.get_field("words").register_lookup(Finds)


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
