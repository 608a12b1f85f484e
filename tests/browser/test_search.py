"""The search on every page: by its key, without a name in the address, and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.portal import Portal
from tests.browser.test_lists import visit  # noqa: F401

pytestmark = pytest.mark.browser


def test_a_key_goes_to_the_search_unless_one_types(visit: Page) -> None:  # noqa: F811
    page = visit
    for path, box in (("/", "#find"), ("/cases/", "#id_q"), ("/cases/new/", "#find")):
        page.goto(path)
        page.locator("body").click(position={"x": 5, "y": 5})
        page.keyboard.press("/")
        expect(page.locator(box)).to_be_focused()
        page.keyboard.type("a/b")
        expect(page.locator(box)).to_have_value("a/b")
    assert page.complaints == []


def test_a_person_is_found_from_any_page_and_no_address_names_them(portal: Portal, chromium: Browser) -> None:
    for width, scripts in ((1440, True), (360, False)):
        page = portal.visit(chromium, viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        page.goto(f"/cases/{portal.cases['full']}/")
        page.locator("#find").fill("solvang ingrid")
        page.locator("#find").press("Enter")
        expect(page.locator("main")).to_contain_text("Ingrid Solvang, beneficial owner")
        assert "olvang" not in page.url
        if scripts:
            assert violations(page) == []
        page.context.close()
