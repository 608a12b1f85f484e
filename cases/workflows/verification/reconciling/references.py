"""References are given out without gaps: one that is missing was a case that was removed as a whole."""

import re
from array import array
from collections.abc import Iterator
from itertools import pairwise

from cases.models import Case, ReferenceCounter

REFERENCE = re.compile(r"C-([0-9]{4})-([0-9]{6,9})")


def problems() -> Iterator[str]:
    """Name every gap, and every reference that was never given out."""
    # Counted before the cases are read: whatever was given out by then is there, and more may come meanwhile.
    given_out = dict(ReferenceCounter.objects.values_list("year", "last"))
    there = {year: array("L") for year in given_out}
    beyond = []
    for reference in Case.objects.order_by().values_list("reference", flat=True).iterator():
        found = REFERENCE.fullmatch(reference)
        year, number = (int(found[1]), int(found[2])) if found else (0, 0)
        if 0 < number <= given_out.get(year, 0):
            there[year].append(number)
        else:
            beyond.append((reference, year, number))
    for year in sorted(there):
        yield from _gaps(year, sorted(there[year]), given_out[year])
    yield from _never_given_out(beyond)


def _gaps(year: int, numbers: list[int], last: int) -> Iterator[str]:
    for before, after in pairwise([0, *numbers, last + 1]):
        if after - before > 1:
            yield _gap(year, before, after, last)


def _gap(year: int, before: int, after: int, last: int) -> str:
    """Say that what was given out between two numbers, themselves not, is missing."""
    first, until = _reference(year, before + 1), _reference(year, after - 1)
    where = f"between {_reference(year, before)} and {_reference(year, after)}"
    if before == 0:
        where = f"before {_reference(year, after)}"
    if after > last:
        where = f"after {_reference(year, before)}, and was given out" if before else "and was given out"
    if first == until:
        return f"{first} is missing {where}: the case was removed as a whole"
    return f"{first} to {until} are missing {where}: {after - before - 1} cases were removed as a whole"


def _reference(year: int, number: int) -> str:
    return f"C-{year}-{number:06d}"


def _never_given_out(beyond: list[tuple[str, int, int]]) -> Iterator[str]:
    """Name the references that had not been given out before and have not been by now either."""
    given_out = dict(ReferenceCounter.objects.values_list("year", "last"))
    for reference, year, number in beyond:
        if not 0 < number <= given_out.get(year, 0):
            yield f"{reference} is a reference that was never given out: the case was added, or its counter put back"
