"""Trees that lead from numbers to objects (ISO 32000-2, 7.9.7), as from pages to tags. In the child process alone."""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, Reference
from pyhanko.sign.diff_analysis import SuspiciousModification

from cases.signatures.pdf.pdf_history import entry, raw_items

NUMBERS = "/Nums"
DEEPEST = 60


def rows(node: Any, depth: int = DEEPEST) -> Iterator[tuple[Any, Any]]:
    """The numbers of a number tree with what they lead to. Raises SuspiciousModification if it is no such tree."""
    if not isinstance(node, DictionaryObject) or depth == 0:
        raise SuspiciousModification("a list of tags that is none")
    numbers = raw_items(entry(node, NUMBERS))
    yield from zip(numbers[::2], numbers[1::2], strict=True)
    for raw_item in raw_items(entry(node, "/Kids")):
        yield from rows(raw_item.get_object(), depth - 1)


def is_in_order(node: Any, depth: int = DEEPEST) -> bool:
    """Do the rows of a tree stand in the order of their numbers, and within the limits its parts state?"""
    numbers = [key for key, _value in rows(node, depth)]
    if any(not isinstance(number, int) for number in numbers) or numbers != sorted(set(numbers)):
        return False
    limits = raw_items(entry(node, "/Limits"))
    parts = [raw_item.get_object() for raw_item in raw_items(entry(node, "/Kids"))]
    return (not limits or not numbers or limits == [numbers[0], numbers[-1]]) and all(
        is_in_order(part, depth - 1) for part in parts
    )


def nodes_of(node: Any, depth: int = DEEPEST) -> Iterator[Reference]:
    """The nodes of a number tree that are objects of their own."""
    if depth == 0:
        return
    if isinstance(node, IndirectObject):
        yield node.reference
    for raw_item in raw_items(entry(node.get_object(), "/Kids")):
        yield from nodes_of(raw_item, depth - 1)
