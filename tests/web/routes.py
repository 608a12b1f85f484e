"""Every route of the portal as a whole, whichever folder says it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

Route = URLPattern | URLResolver


def of_portal() -> list[Route]:
    return get_resolver("cases.urls").url_patterns


def leaves(routes: list[Route], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each with its whole path, such as `cases/<reference:reference>/`."""
    for route in routes:
        path = before + str(route.pattern)
        if isinstance(route, URLPattern):
            yield path, route
        else:
            yield from leaves(route.url_patterns, path)


def filled_in(path: str, samples: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """The addresses that the samples for its parameters make of a path."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", path)
    for values in product(*(samples[name] for name in names)):
        address = path
        for value in values:
            address = re.sub(r"<[^>]+>", str(value), address, count=1)
        yield address
