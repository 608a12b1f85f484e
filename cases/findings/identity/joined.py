"""Things that are joined into groups, one by one (union-find): one of a group stands for all of it."""

from collections.abc import Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item", int, tuple[str, str])


class Joined(Generic[Item]):
    """Groups of things; what was never joined is a group by itself."""

    def __init__(self) -> None:
        self._nearer: dict[Item, Item] = {}

    def one_of(self, item: Item) -> Item:
        """Give the one that stands for the group of an item, and shorten the way to it."""
        while (nearer := self._nearer.get(item, item)) != item:
            self._nearer[item] = self._nearer.get(nearer, nearer)
            item = nearer
        return item

    def join(self, items: Iterable[Item]) -> None:
        """Make one group of the groups of these items."""
        ends = {self.one_of(item) for item in items}
        for end in ends:
            self._nearer[end] = min(ends)
