"""References are given out without gaps: one that is missing was a case that was removed as a whole."""

import re
from collections.abc import Iterator
from itertools import groupby

from cases.models import Case, ReferenceCounter

REFERENCE = re.compile(r"C-([0-9]{4})-([0-9]{6,})")


def problems() -> Iterator[str]:
    """Name every gap, and every reference that was never given out."""
    # Counted before the cases are read: whatever was given out by then is there, and more may come meanwhile.
    given_out = dict(ReferenceCounter.objects.values_list("year", "last"))
    seen = {year: bytearray(last + 1) for year, last in given_out.items()}
    beyond = []
    for reference in Case.objects.order_by().values_list("reference", flat=True).iterator():
        found = REFERENCE.fullmatch(reference)
        year, number = (int(found[1]), int(found[2])) if found else (0, 0)
        if 0 < number < len(seen.get(year, b"")):
            seen[year][number] = 1
        else:
            beyond.append((reference, year, number))
    for year in sorted(seen):
        yield from _gaps(year, seen[year])
    yield from _never_given_out(beyond)


def _gaps(year: int, seen: bytearray) -> Iterator[str]:
    missing = (number for number in range(1, len(seen)) if not seen[number])
    for _start, run in groupby(enumerate(missing), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _place, number in run]
        first, last = numbers[0], numbers[-1]
        between = f"between {_reference(year, first - 1)} and {_reference(year, last + 1)}"
        if first == 1:
            between = f"before {_reference(year, last + 1)}"
        if last == len(seen) - 1:
            between = f"after {_reference(year, first - 1)}, and was given out"
        which = _reference(year, first)
        if first == last:
            yield f"{which} is missing {between}: the case was removed as a whole"
        else:
            yield (
                f"{which} to {_reference(year, last)} are missing {between}: {len(numbers)} cases were removed"
                " as a whole"
            )


def _reference(year: int, number: int) -> str:
    return f"C-{year}-{number:06d}"


def _never_given_out(beyond: list[tuple[str, int, int]]) -> Iterator[str]:
    """Of those that were not given out before, those that are not by now either."""
    given_out = dict(ReferenceCounter.objects.values_list("year", "last"))
    for reference, year, number in beyond:
        if not 0 < number <= given_out.get(year, 0):
            yield f"{reference} is a reference that was never given out: the case was added, or its counter put back"
