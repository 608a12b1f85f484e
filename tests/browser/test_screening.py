"""The screening tab in a real browser: nobody is kept out, on a telephone and at a desk, by day and by night."""

import pytest
from playwright.sync_api import Browser

from tests.browser.portal import Portal
from tests.browser.test_case_page import violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_hits_can_be_compared_by_everybody_on_every_screen(
    scheme: str, width: int, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, color_scheme=scheme, viewport={"width": width, "height": 800})
    for name in ("full", "hostile", "odd"):
        page.goto(f"/cases/{portal.cases[name]}/screening/")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []
    page.context.close()


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
