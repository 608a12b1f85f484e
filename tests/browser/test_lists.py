"""My work, cases, new case in a real browser: kept up to date without moving, warned at once, accessible."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.portal import Portal

pytestmark = pytest.mark.browser

PATHS = ["/", "/cases/", "/cases/?status=NEW&capture=waiting&assignee=me", "/cases/new/", "/password/"]
STATE_STYLES = [("light", 1440), ("light", 1000), ("dark", 360)]


@pytest.fixture
def visit(portal: Portal, chromium: Browser) -> Iterator[Page]:
    page = portal.visit(chromium)
    yield page
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), STATE_STYLES)
def test_every_list_is_accessible_and_never_wider_than_the_window(
    scheme: str, width: int, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(page) == [], path
    assert page.complaints == []
    page.context.close()


def test_a_number_is_judged_while_it_is_typed_and_the_typing_goes_on(visit: Page) -> None:
    page = visit
    page.goto("/cases/new/")
    page.locator("#id_identifier").press_sequentially("1234567")
    expect(page.locator("#number-notes")).to_contain_text("this is none of them")
    page.locator("#id_identifier").press_sequentially("89")
    expect(page.locator("#number-notes")).to_contain_text("The check digit is wrong")
    expect(page.locator("#id_identifier")).to_be_focused()
    page.locator("#id_due").fill("2020-01-31")
    page.keyboard.press("Tab")
    expect(page.locator("#due-notes")).to_contain_text("This day is past")
    assert violations(page) == []
    page.locator("#id_anyway").check()
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_url(re.compile(r"/cases/C-\d{4}-\d+/"))
    assert page.complaints == []


def test_my_work_says_how_a_capture_goes_and_moves_nothing(visit: Page) -> None:
    page = visit
    page.goto("/cases/new/")
    page.locator("#id_identifier").fill("316923232")
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_url(re.compile(r"/cases/C-\d{4}-\d+/"))
    reference = re.search(r"C-\d{4}-\d+", page.url)[0]
    page.set_viewport_size({"width": 1200, "height": 500})
    page.goto("/")
    page.evaluate("window.scrollTo(0, 200); window.neverReloaded = true")
    link = page.locator(f"a.org[href='/cases/{reference}/']")
    link.focus()
    before = link.bounding_box()
    expect(page.locator(f"#task-{reference}")).to_have_text("Read the new result")
    expect(page.locator(f"#screening-{reference}")).to_have_text("no hits")
    expect(page.locator("#work-news")).to_contain_text("moved to another group")
    expect(link).to_be_focused()
    assert link.bounding_box() == before
    assert page.evaluate("window.neverReloaded")
    assert page.complaints == []
    page.locator("#work-news a").click()
    expect(page.locator("section", has=page.locator("#group-unread"))).to_contain_text(reference)
