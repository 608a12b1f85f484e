"""Documents and their signatures in a real browser: looked at while one watches, checked again, readable by all."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal
from tests.browser.test_case_page import STATE_STYLES, order, tab, violations

pytestmark = pytest.mark.browser


def open_folds(page: Page) -> None:
    for fold in page.locator(".looked details").all():
        fold.locator("summary").first.click()


def test_the_verdict_on_a_document_comes_while_one_watches(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium)
    order(page, "319565329")
    tab(page, "documents")
    page.evaluate("window.neverReloaded = true")
    expect(page.locator("#capture-aml")).to_contain_text("Intact, signer not trusted")
    page.locator("#news a").click()
    expect(page.locator("#signature-1-aml")).to_contain_text("no roots are configured")
    expect(page.locator("#live[hx-get]")).to_have_count(0)
    assert page.complaints == []
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_document_is_checked_again_by_keyboard_with_or_without_scripts(
    scripts: bool, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, java_script_enabled=scripts)
    page.goto(f"/cases/{portal.cases['documents']}/documents/")
    page.locator("#signature-1-aml").get_by_role("button", name="Check again AML report").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#signature-1-aml")).to_contain_text("by Kari Nordmann")
    expect(page).to_have_url(re.compile("#document-1-aml$"))
    fold = page.locator("#signature-1-aml summary", has_text="earlier check")
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#signature-1-aml .tl")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), STATE_STYLES)
def test_every_verdict_is_accessible_and_never_wider_than_the_window(
    scheme: str, width: int, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, color_scheme=scheme, viewport={"width": width, "height": 800})
    case = portal.cases["documents"]
    for path in (
        f"/cases/{case}/documents/",
        f"/cases/{case}/documents/3/aml/",
        f"/cases/{case}/overview/?session=3",
    ):
        page.goto(path)
        open_folds(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(page) == [], path
    assert page.complaints == []
    page.context.close()
