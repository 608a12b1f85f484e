"""The screening tab in a real browser: hits judged by keyboard, and without a script.

That nobody is kept out of it is in test_every_tab.py.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal

pytestmark = pytest.mark.browser


def go(page: Page, portal: Portal, case: str) -> None:
    page.goto(f"/cases/{portal.cases[case]}/screening/")


def test_from_the_overview_a_hit_is_followed_to_its_comparison_without_a_script(
    portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, java_script_enabled=False)
    page.goto(f"/cases/{portal.cases['full']}/overview/")
    page.get_by_role("link", name="Fjellheim Energy Trading").click()
    assert page.locator("h2:target").bounding_box()["y"] > 0
    expect(page.locator("#one-hit")).to_contain_text("Compared with FJELLHEIM ENERGI AS")
    page.context.close()


def test_a_hit_is_judged_by_keyboard_and_the_next_one_is_read_out(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium)
    go(page, portal, "judging")
    expect(page.locator("#name-of-hit")).to_contain_text("Arvid STORHOLM")
    expect(page.locator(".judge-rest")).to_be_hidden()
    page.keyboard.press("1")
    expect(page.locator("#verdict-FALSE_POSITIVE")).to_be_checked()
    expect(page.locator(".reasons.of-TRUE_MATCH")).to_be_hidden()
    page.get_by_label("Another date of birth").check()
    words = page.get_by_label("In your words")
    words.fill("1 and j are typed here, and do nothing else.")
    words.press("Control+Enter")
    page.wait_for_url(re.compile("hit="))
    expect(page.locator("#name-of-hit")).to_contain_text("STORHOLM, Arvid")
    expect(page.locator("#name-of-hit")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#judgement")).to_contain_text("Another date of birth")
    page.keyboard.press("j")
    expect(page.locator("#name-of-hit")).to_contain_text("STORHOLM, Arvid")
    assert page.complaints == []
    page.context.close()


def test_a_hit_is_judged_and_refused_without_a_script(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium, java_script_enabled=False)
    go(page, portal, "judging without a script")
    page.locator("#verdict-CANNOT_TELL").check()
    page.get_by_label("Customer asked").check()
    page.get_by_role("button", name="Save", exact=True).click()
    errors = page.locator("form.judge .errors")
    expect(errors).to_contain_text("Say in your words why")
    expect(errors).to_contain_text("Say whom you ask")
    expect(page.get_by_label("Customer asked")).to_be_checked()
    page.locator("#verdict-TRUE_MATCH").check()
    page.get_by_label("Warning or enforcement list without a freeze").check()
    page.get_by_label("In your words").fill("Seen in the passport.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#judgement")).to_contain_text("The same")
    expect(page.locator("#judgement")).to_contain_text("A second person confirms it")
    page.context.close()
