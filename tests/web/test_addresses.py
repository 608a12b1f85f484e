"""Addresses and the views they lead to."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import get_template
from django.urls import URLPattern

from cases.web.case_page.tab_names import EVERY_TAB
from cases.web.case_page.tabs.table import VIEWS
from tests.web.routes import Route, filled_in, leaves, of_portal

SAMPLES: dict[str, list[Any]] = {
    "reference": ["C-2026-000123"],
    "tab": list(EVERY_TAB),
    "number": [7],
    "kind": ["aml", "file", "now", "check"],
    "token": ["t0ken", "people"],
}


def matching(routes: list[Route], path: str) -> Iterator[URLPattern]:
    for route in routes:
        match = route.pattern.match(path)
        if match and isinstance(route, URLPattern):
            yield route
        elif match:
            yield from matching(route.url_patterns, match[0])


def test_every_address_is_of_one_route_so_that_their_order_does_not_matter() -> None:
    routes = of_portal()
    addresses = [address for path, _route in leaves(routes) for address in filled_in(path, SAMPLES)]
    assert len(addresses) > 40
    assert {address: found for address in addresses if len(found := [*matching(routes, address)]) != 1} == {}


def test_every_tab_hands_in_what_is_its_own_and_has_a_template() -> None:
    assert tuple(VIEWS) == EVERY_TAB
    for tab, view in VIEWS.items():
        for name in (f"case_page/tabs/{tab}.html", view.kept_back, view.news, view.badge or view.news):
            assert get_template(name)
