"""The form of a policy document in a browser: by keyboard, without a script, on a phone, for who cannot see."""

import pytest
from playwright.sync_api import Browser, expect

from cases.models import PolicyKind
from tests.browser.accessibility import COLOURS, overflow, violations
from tests.browser.portal import Portal

pytestmark = pytest.mark.browser
RISK = "/policy/risk_model/new/"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_the_pages_of_policy_are_accessible_and_never_wider_than_the_window(
    scheme: str, width: int, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, "lena", color_scheme=scheme, viewport={"width": width, "height": 800})
    addresses = ["/policy/", "/policy/risk_model/import/"]
    addresses += [f"/policy/{kind}/{of_kind}/" for kind in PolicyKind.values for of_kind in ("1", "new")]
    for address in addresses:
        page.goto(address)
        # All rows are unfolded, so that all of it is looked at.
        page.evaluate("for (const row of document.querySelectorAll('details.policy-row')) row.open = true")
        assert overflow(page) <= 0, address
        assert violations(page) == [], address
        assert violations(page, COLOURS) == [], address
    assert page.complaints == []
    page.context.close()


def test_a_draft_is_written_by_keyboard_and_without_a_script(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium, "lena", java_script_enabled=False)
    page.goto(RISK)
    points = page.locator("[name='bands-bands-0-to']")
    points.fill("many")
    points.press("Enter")  # checks, and keeps nothing
    expect(page.locator("#wrong")).to_contain_text("Classes by points › Normal › Up to points")
    page.get_by_role("link", name="Classes by points › Normal › Up to points").click()
    expect(points).to_be_focused()
    expect(points).to_have_value("many")
    points.fill("33")

    row = page.locator("#id_factors-factors-3")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    row.get_by_role("button", name="Add a line").press("Enter")
    added = page.locator("#id_factors-factors-3-codes-4")
    expect(added).to_be_in_viewport()
    added.locator("select").select_option("loss")
    added.get_by_label("Points", exact=False).last.fill("4")
    page.get_by_label("Why").fill("Losses count too.")
    page.get_by_role("button", name="Keep the draft").press("Enter")
    expect(page.locator("#differences")).to_contain_text("Factors › C4 Register status › Loss")
    expect(page.locator("#differences")).to_contain_text("Why: Losses count too.")
    expect(page.locator("#impact")).to_contain_text("another person must put it in force")
    page.context.close()
