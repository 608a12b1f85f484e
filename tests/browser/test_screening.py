"""The screening tab in a real browser; that nobody is kept out of it is in test_every_tab.py."""

import pytest
from playwright.sync_api import Browser

from tests.browser.portal import Portal

pytestmark = pytest.mark.browser


def test_from_the_overview_a_hit_is_followed_to_its_card_without_a_script(
    portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, java_script_enabled=False)
    page.goto(f"/cases/{portal.cases['full']}/overview/")
    page.get_by_role("link", name="Fjellheim Energy Trading").click()
    card = page.locator("article:target")
    assert "Compared with FJELLHEIM ENERGI AS" in card.inner_text()
    assert card.bounding_box()["y"] > 0
    page.context.close()
