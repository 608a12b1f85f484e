"""The signatory check and comments in a real browser: by keyboard alone, without scripts, and never in the way."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal
from tests.browser.test_case_page import STATE_STYLES, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(portal: Portal, chromium: Browser) -> Iterator[Page]:
    page = portal.visit(chromium)
    yield page
    page.context.close()


def go(page: Page, portal: Portal, tab: str, case: str = "full") -> None:
    page.goto(f"/cases/{portal.cases[case]}/{tab}/")


def comment(page: Page, text: str) -> None:
    page.locator("#id_text").fill(text)
    page.get_by_role("button", name="Comment", exact=True).click()
    page.wait_for_url(re.compile(r"/timeline/#event-\d+$"))


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id || document.activeElement.outerHTML.slice(0, 80)")
    return found


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press it until the focus is there, as somebody without a mouse does."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached; the focus is on {focused(page)}")


def test_signers_are_checked_and_the_answer_kept_by_keyboard_alone(visit: Page, portal: Portal) -> None:
    page = visit
    go(page, portal, "people")
    tab_to(page, "#signing li:nth-child(2) input")
    page.keyboard.press("Space")
    tab_to(page, "#signing form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/\?typed=[0-9a-f]+#signers-answer$"))
    expect(page.locator("#signers-answer")).to_be_focused()
    expect(page.locator("#signers-answer")).to_contain_text("Not sufficient")
    expect(page.locator("#signing input:checked")).to_have_count(1)
    tab_to(page, "#signing li:nth-child(3) input")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#signers-answer")).to_contain_text("Fulfilled: Per Haugland")
    tab_to(page, "#signers-answer form button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/timeline/#event-\d+$"))
    kept = page.locator("li:target")
    expect(kept).to_contain_text("checked who signed: capture 1")
    expect(kept).to_contain_text("Sufficient: Per Haugland and Maja Lindqvist together.")
    assert page.complaints == []


def test_back_and_reload_show_the_answer_of_a_check_again(visit: Page, portal: Portal) -> None:
    page = visit
    go(page, portal, "people")
    page.get_by_label("Ingrid Solvang").check()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#signers-answer")).to_contain_text("Fulfilled: Ingrid Solvang")
    page.reload()
    expect(page.locator("#signers-answer")).to_contain_text("Fulfilled: Ingrid Solvang")
    page.locator("#tab-company").click()
    page.wait_for_url(re.compile("/company/"))
    page.go_back()
    expect(page.locator("#signers-answer")).to_contain_text("Fulfilled: Ingrid Solvang")
    expect(page.locator("#signing input:checked")).to_have_count(1)
    assert page.complaints == []


def test_a_comment_is_written_by_keyboard_alone(visit: Page, portal: Portal) -> None:
    page = visit
    go(page, portal, "timeline")
    tab_to(page, "#id_text")
    page.keyboard.type("By keyboard.\nTwo lines.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/timeline/#event-\d+$"))
    expect(page.locator("li:target .said")).to_have_text("By keyboard.\nTwo lines.", use_inner_text=True)
    expect(page.locator("#id_text")).to_have_value("")
    assert page.complaints == []


def test_without_scripts_signers_are_checked_and_comments_written(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium, java_script_enabled=False)
    go(page, portal, "people")
    page.get_by_label("Ingrid Solvang").check()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#signers-answer")).to_contain_text("Fulfilled: Ingrid Solvang")
    page.get_by_role("button", name="Save the check").click()
    expect(page.locator("li:target")).to_contain_text("Sufficient: Ingrid Solvang alone.")
    page.get_by_label("Comment", exact=True).fill("   ")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#comment")).to_contain_text("Write something first.")
    page.get_by_label("Comment", exact=True).fill("Without scripts.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("li:target .said")).to_have_text("Without scripts.")
    page.get_by_role("link", name=re.compile("^Comments")).click()
    page.get_by_role("link", name=re.compile("^Findings")).click()
    expect(page).to_have_url(re.compile(r"\?kind=findings&kind=comments$"))
    page.context.close()


def test_a_comment_made_elsewhere_is_announced_and_what_is_being_written_stays(
    visit: Page, portal: Portal
) -> None:
    page = visit
    go(page, portal, "timeline", "waiting")
    page.locator("#id_text").fill("Half a thought")
    page.evaluate("window.scrollTo(0, 120); window.neverReloaded = true")
    before = page.locator("#events-title").bounding_box()
    elsewhere = page.context.new_page()
    go(elsewhere, portal, "timeline", "waiting")
    comment(elsewhere, "Look at the owners.")
    expect(page.locator("#news")).to_contain_text("New events")
    expect(page.locator("#events")).not_to_contain_text("Look at the owners.")
    assert page.locator("#events-title").bounding_box() == before
    expect(page.locator("#id_text")).to_be_focused()
    page.locator("#news a").click()
    expect(page.locator("#events")).to_contain_text("Look at the owners.")
    expect(page.locator("#id_text")).to_have_value("Half a thought")
    expect(page.locator("#news")).not_to_contain_text("New events")
    expect(page.locator("#events-title")).to_be_focused()
    assert page.evaluate("window.neverReloaded")
    assert page.complaints == []


def test_half_a_comment_is_not_left_without_a_question(visit: Page, portal: Portal) -> None:
    page = visit
    dialogs: list[str] = []

    def stay(dialog: object) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    go(page, portal, "timeline")
    page.locator("#id_text").press_sequentially("Half")
    page.locator("#tab-company").click(no_wait_after=True)
    expect(page.locator("#id_text")).to_have_value("Half")
    page.wait_for_function("document.querySelector('#tab-timeline').matches('[aria-current]')")
    assert dialogs == ["beforeunload"]
    page.get_by_role("button", name="Comment", exact=True).click()
    page.wait_for_url(re.compile(r"/timeline/#event-\d+$"))
    assert dialogs == ["beforeunload"]


@pytest.mark.parametrize(("scheme", "width"), STATE_STYLES)
def test_answers_comments_and_errors_are_accessible_and_never_wider_than_the_window(
    scheme: str, width: int, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, color_scheme=scheme, viewport={"width": width, "height": 800})
    for text in ("W" * 5000, "😀" * 5000, "مرحبا\n\u202eturned", "<script>alert(1)</script>"):
        go(page, portal, "timeline", "hostile")
        comment(page, text)
        expect(page.locator("li:target .said")).to_contain_text(text[:20])

    def fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        assert violations(page) == [], page.url

    for name in ("hostile", "full"):
        go(page, portal, "people", name)
        page.locator("#signing input[type=checkbox]").first.check()
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator("#signers-answer")).to_be_visible()
        fits()
        go(page, portal, "timeline", name)
        page.get_by_role("button", name="Comment", exact=True).click()
        expect(page.locator("#comment")).to_contain_text("Write something first.")
        fits()
    assert page.complaints == []
    page.context.close()
