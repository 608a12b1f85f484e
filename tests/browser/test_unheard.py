"""A page that hears nothing from the portal says since when, and stops looking busy."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.accessibility import violations
from tests.browser.portal import Portal

pytestmark = pytest.mark.browser
MOVES = "getComputedStyle(document.querySelector('.progress .track'), '::after').animationName"
SINCE = re.compile(
    r"Nothing was heard from the portal since \d+ \w+, \d\d:\d\d:\d\d (CET|CEST|GMT[+]\d)\. What stands here"
)


@pytest.fixture
def visit(portal: Portal, chromium: Browser) -> Iterator[Page]:
    page = portal.visit(chromium, viewport={"width": 360, "height": 800})
    page.goto(f"/cases/{portal.cases['waiting']}/overview/")
    yield page
    page.context.close()


def refuse(route: Route) -> None:
    route.fulfill(status=503, body="")


def test_when_every_poll_fails_the_page_says_since_when_and_nothing_moves(visit: Page) -> None:
    page = visit
    unheard = page.locator("#unheard")
    assert page.evaluate(MOVES) == "wander"
    expect(unheard).to_be_empty()
    for fail in (lambda: page.context.set_offline(True), lambda: page.route("**/live/**", refuse)):
        fail()
        expect(unheard).to_have_text(SINCE, timeout=40_000)
        assert page.evaluate(MOVES) == "none"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert violations(page) == []
        page.context.set_offline(False)
        page.unroute("**/live/**")
        expect(unheard).to_be_empty(timeout=40_000)
        assert page.evaluate(MOVES) == "wander"
