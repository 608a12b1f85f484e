"""The session ends while somebody types: the window asks who it is, and everything typed is there again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser.portal import Portal

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(portal: Portal, chromium: Browser) -> Iterator[Page]:
    page = portal.visit(chromium)
    yield page
    page.context.close()


def sign_in(page: Page) -> None:
    expect(page).to_have_title(re.compile("^Sign in"))
    assert page.locator("input[name=username]").count() == 1
    page.locator("#id_username").fill("kari")
    page.locator("#id_password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def ask(page: Page) -> None:
    """Ask for changes now, as the page does by itself every few seconds."""
    page.evaluate("htmx.ajax('GET', document.querySelector('[hx-get]').getAttribute('hx-get'), '[hx-get]')")


@pytest.mark.parametrize(("number", "cookies"), [("310512303", {"name": "sessionid"}), ("310552828", {})])
def test_a_new_case_that_is_being_typed_survives_the_end_of_the_session(
    number: str, cookies: dict[str, str], visit: Page
) -> None:
    page = visit
    page.goto("/cases/new/")
    page.locator("#id_purpose").fill("A new customer\nof Bergen")
    page.locator("#id_customer_reference").fill("K-17")
    page.locator("#id_due").fill("2031-01-31")
    page.locator("#id_mine").uncheck()
    page.context.clear_cookies(**cookies)
    page.locator("#id_identifier").press_sequentially(number)
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/cases/new/\?typed="))
    expect(page.locator("#id_identifier")).to_have_value(number)
    expect(page.locator("#id_purpose")).to_have_value("A new customer\nof Bergen")
    expect(page.locator("#id_customer_reference")).to_have_value("K-17")
    expect(page.locator("#id_due")).to_have_value("2031-01-31")
    expect(page.locator("#id_mine")).not_to_be_checked()


def test_a_comment_survives_twice_and_no_question_is_in_the_way(visit: Page, portal: Portal) -> None:
    page = visit
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    timeline = f"/cases/{portal.cases['late']}/timeline/"
    page.goto(timeline)
    page.locator("#id_text").fill("Called the chair,\nwho was out.")
    for _time in range(2):
        end_session(page)
        ask(page)
        sign_in(page)
        expect(page).to_have_url(re.compile(re.escape(timeline) + r"\?typed="))
        expect(page.locator("#id_text")).to_have_value("Called the chair,\nwho was out.")
    end_session(page)
    page.get_by_role("button", name="Comment").click()
    sign_in(page)
    expect(page.locator("#id_text")).to_have_value("Called the chair,\nwho was out.")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("blockquote.said")).to_have_text("Called the chair,\nwho was out.")
    assert dialogs == []


def test_a_page_that_only_watches_goes_to_sign_in_and_back_to_its_place(visit: Page, portal: Portal) -> None:
    page = visit
    address = f"/cases/{portal.cases['documents']}/timeline/?kind=case#events"
    page.goto(address)
    end_session(page)
    ask(page)
    sign_in(page)
    expect(page).to_have_url(re.compile(re.escape(address)))
