"""Long lists a page at a time: which rows of which list a request asks for, and the addresses of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

ROWS = 100  # of a list that says nothing else


@dataclass(frozen=True)
class ListPage:
    """Some rows of a list. `first` and `last` count from 1; addresses are '' where there is no such page."""

    items: Sequence[Any]
    first: int
    last: int
    total: int
    previous: str = ""
    next: str = ""

    @property
    def is_whole(self) -> bool:
        return len(self.items) == self.total


class Paging:
    """The paging of the lists of one screen, by the names of the lists. `query` are the parameters of its address."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = dict(query.items())

    def list_page(self, items: Sequence[Any], name: str, rows: int = ROWS) -> ListPage:
        """The page that the address asks for; the nearest there is for a number too high or no number."""
        pages = max(1, -(-len(items) // rows))
        page = min(self._page(name), pages)
        start = (page - 1) * rows
        part = items[start : start + rows]
        return ListPage(
            items=part,
            first=start + 1 if part else 0,
            last=start + len(part),
            total=len(items),
            previous=self._address(name, page - 1) if page > 1 else "",
            next=self._address(name, page + 1) if page < pages else "",
        )

    def address_of(self, place: int, name: str, anchor: str, rows: int = ROWS) -> str:
        """Where the row at that place (from 0) of the list is: its page, and its anchor there."""
        page = place // rows + 1
        if page == self._page(name):
            return f"#{anchor}"
        return f"{self._address(name, page).partition('#')[0]}#{anchor}"

    def _page(self, name: str) -> int:
        value = self.query.get(name, "")
        return max(1, int(value)) if value.isascii() and value.isdecimal() and len(value) < 6 else 1

    def _address(self, name: str, page: int) -> str:
        query = {**self.query, name: str(page)}
        if page == 1:
            del query[name]
        return f"?{urlencode(query)}#{name}"


def whole(items: Sequence[Any], most: int | None = None) -> ListPage:
    """All of a list, or its first `most` rows: on paper there is nothing to turn over."""
    part = items if most is None else items[:most]
    return ListPage(part, 1 if part else 0, len(part), len(items))
