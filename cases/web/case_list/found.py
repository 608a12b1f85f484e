"""What a search finds, in the order of the list: all of it where it is little, the first of very much."""

from functools import cached_property

from cases.findings.search.folded_words import Query
from cases.models.casework import search_index
from cases.models.casework.case import CaseQuerySet
from cases.models.casework.search_index import Walk
from cases.web.listed import Listed
from cases.workflows.results import searching

# How many cases are gone through, one by one, before the index is asked instead.
FAR, FAR_FOR_EACH = 8000, 20


class Found(Listed[int]):
    """The keys of the cases that a search finds, as a paginator takes them; at most search_index.FEW are listed.

    An index over words knows no order: that of a common word lists nearly all cases before the first can be shown.
    Such a word is found soon by going through the cases in the order of the list, and nothing is counted to the end.
    """

    def __init__(self, cases: CaseQuerySet, query: Query, *, is_filtered: bool) -> None:
        super().__init__(cases.values_list("pk", flat=True), search_index.FEW)
        self._cases, self._query, self._is_filtered = cases, query, is_filtered
        self._walk: Walk | None = None

    def _between(self, start: int, stop: int) -> list[int]:
        if self._first is not None:
            return self._first[start:stop]
        walk = self._walk or self._walked(stop)
        return walk.keys[start:stop] if len(walk.keys) >= stop else self._by_index(slice(start, stop))

    @cached_property
    def _counted(self) -> int:
        """How many are found, counted no further than one above what is listed."""
        return self._most + 1 if self._first is None else len(self._first)

    @cached_property
    def _first(self) -> list[int] | None:
        """The keys of all cases found, or of those listed and one more; None if more are found than are listed."""
        if search_index.is_common(self._query):
            self._walk = self._walked(self._most + 1)
            if self._walk.is_all or len(self._walk.keys) > self._most:
                return self._walk.keys
        few = search_index.few(self._query)
        if few is not None:
            return list(self._cases.filter(pk__in=few).values_list("pk", flat=True))
        return self._by_index(slice(self._most + 1)) if self._is_filtered else None

    def _walked(self, most: int) -> Walk:
        return search_index.walk(self._cases, self._query, max(FAR, FAR_FOR_EACH * most), most)

    def _by_index(self, place: slice) -> list[int]:
        with searching.room_for_many():
            return list(self._cases.found_by(self._query).values_list("pk", flat=True)[place])
