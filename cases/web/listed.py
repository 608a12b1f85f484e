"""A long list as a paginator takes it, counted and shown only as far as anybody turns its pages."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from django.db.models import Model, QuerySet

# A page costs the database all that stands before it, and a count all that there is. Who wants what is behind these
# finds it by a word, a filter or another order.
MOST_LISTED = 10_000
Row = TypeVar("Row")


class Listed(Sequence[Row], Generic[Row]):
    """The first rows of a query, in its order; those beyond `most` are neither counted nor reached."""

    def __init__(self, rows: "QuerySet[Any, Row]", most: int | None = None) -> None:
        self._rows: QuerySet[Model, Row] = rows
        self._most = MOST_LISTED if most is None else most

    def __len__(self) -> int:
        """How many are listed."""
        return min(self._counted, self._most)

    @property
    def are_more(self) -> bool:
        """Are there more than are listed?"""
        return self._counted > self._most

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return self[:][place]
        start, stop, _step = place.indices(len(self))
        return self._between(start, stop)

    def __iter__(self) -> Iterator[Row]:
        return iter(self[:])

    @cached_property
    def _counted(self) -> int:
        """How many there are, counted no further than one above what is listed."""
        return self._rows.order_by()[: self._most + 1].count()

    def _between(self, start: int, stop: int) -> list[Row]:
        return list(self._rows[start:stop])


class InParts(Listed[Row]):
    """Rows in an order that no index has: `parts` are queries of the same rows that follow one after the other.

    Few rows are sorted; of very many, the parts are gone through until a page is full. `sizes` counts every part.
    """

    def __init__(
        self,
        rows: "QuerySet[Any, Row]",
        parts: "Sequence[QuerySet[Any, Row]]",
        sizes: Callable[[], Sequence[int]],
    ) -> None:
        super().__init__(rows)
        self._parts, self._sizes = parts, sizes

    def _between(self, start: int, stop: int) -> list[Row]:
        if not self.are_more:
            return super()._between(start, stop)
        of_first = list(self._parts[0][start:stop])
        return of_first if len(of_first) == stop - start else list(self._of_parts(start, stop))

    def _of_parts(self, start: int, stop: int) -> Iterator[Row]:
        before = 0
        for part, size in zip(self._parts, self._sizes(), strict=True):
            first, last = max(0, start - before), min(size, stop - before)
            if first < last:
                yield from part[first:last]
            before += size
