"""Why a search found a case: who or what in it was meant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cases.findings.search.folded_words import Part, Query, words
from cases.findings.search.searchable import Entry, what_words
from cases.models import Case, CaseSearch
from cases.models.casework.search import own_entries

MOST_SHOWN = 3


@dataclass(frozen=True)
class Match:
    """A name or number that was found, and what it is in its case: 'beneficial owner, chair of the board'."""

    text: str
    what: str


def why(cases: Sequence[Case], query: Query) -> dict[int, list[Match]]:
    """Give for each case, by its key, what the search found in it; one query for all of them."""
    if not query.parts:
        return {}
    rows = CaseSearch.objects.filter(case__in=cases).values_list("case", "stated", "known_as")
    derived = {case: (*in_results, *known_as) for case, in_results, known_as in rows}
    return {case.pk: list(_matches((*own_entries(case), *derived.get(case.pk, ())), query)) for case in cases}


def _matches(entries: Iterable[Entry], query: Query) -> Iterator[Match]:
    """Give as few entries as show every part of the search, those that show the most of it first."""
    shows = [(entry, _parts_in(entry[0], query)) for entry in entries]
    left = set(query.parts)
    for _turn in range(MOST_SHOWN):
        entry, parts = max(shows, key=lambda show: len(show[1] & left), default=(("", []), set()))
        if not parts & left:
            return
        left -= parts
        kinds = dict.fromkeys(_lowered(str(what_words(what))) for what in entry[1])
        yield Match(entry[0], ", ".join(kinds))


def _parts_in(text: str, query: Query) -> set[Part]:
    if not any(part.may_be_in(text) for part in query.parts):
        return set()
    found = words(text)
    return {part for part in query.parts if part.is_in(found)}


def _lowered(text: str) -> str:
    """The text as within a sentence: words begin small, abbreviations do not."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
