"""A day of three people over one case, in a real browser: with keys and scripts, then without any script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal

pytestmark = pytest.mark.browser
PURPOSE = "Purpose and intended nature"
WAITS = "You proposed it, so you cannot countersign it."


def tab(page: Page, name: str) -> None:
    page.locator(f"#tab-{name}").click()
    expect(page.locator(f"#tab-{name}")).to_have_attribute("aria-current", "page")


def take_next(page: Page) -> str:
    """Take the next case; gives its reference."""
    page.goto("/")
    page.get_by_role("button", name="Take next", exact=True).click()
    page.wait_for_url(re.compile(r"/cases/C-\d{4}-\d+/"))
    return str(re.search(r"C-\d{4}-\d+", page.url).group())  # type: ignore[union-attr]


def answer_questions(page: Page) -> None:
    tab(page, "risk")
    for question in page.locator("fieldset.question").all():
        question.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Save the answers").click()
    expect(page.locator("#questions")).not_to_contain_text("not answered")


def judge(page: Page, *, by_keys: bool) -> None:
    tab(page, "screening")
    if by_keys:
        page.keyboard.press("1")
    else:
        page.locator("#verdict-FALSE_POSITIVE").check()
    page.get_by_label("Another date of birth").check()
    words = page.get_by_label("In your words")
    words.fill("The passport shows it.")
    if by_keys:
        words.press("Control+Enter")
    else:
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#judgement")).to_contain_text("A second person confirms it")


def conclude(page: Page) -> None:
    tab(page, "ownership")
    for choice in page.locator("#conclusions input[value=BENEFICIAL_OWNER]:visible").all():
        form = choice.locator("xpath=ancestor::div[contains(@class, 'concluded')]")
        choice.check()
        form.locator("[name$=ground]").select_option("SHARES_OVER_LIMIT")
        form.locator("[name$=words]").fill("Held against the register of shareholders.")
    page.get_by_role("button", name="Save conclusions").click()
    expect(page.locator("#conclusions")).to_contain_text("Held against the register of shareholders.")


def state_purpose(page: Page, words: str) -> None:
    page.locator("form.requirement-form input[value=MET]").check()
    page.locator("form.requirement-form textarea").fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#requirement")).to_contain_text(words)


def propose(page: Page) -> None:
    tab(page, "decision")
    page.locator("#propose input[value=APPROVE]").check()
    if not page.get_by_label("Rationale").input_value():
        page.get_by_label("Rationale").fill("The structure is simple, and the owners are known.")
    # What is blocked looks so and can be pressed all the same: it says why.
    page.get_by_role("button", name="Propose approval").focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_case_is_worked_on_judged_decided_sent_back_and_approved(
    scripts: bool, portal: Portal, chromium: Browser
) -> None:
    kari, ola, lena = (
        portal.visit(chromium, who, java_script_enabled=scripts) for who in ("kari", "ola", "lena")
    )
    reference = take_next(kari)
    decision = f"/cases/{reference}/decision/"
    expect(kari.locator("#points-to-check")).to_be_visible()
    answer_questions(kari)
    judge(kari, by_keys=scripts)

    ola.goto("/")
    ola.locator("li", has_text=reference).get_by_role("link", name="Confirm").click()
    ola.get_by_role("button", name="Confirm and next").click()
    expect(ola.locator("#content")).to_contain_text("Confirmed")

    conclude(kari)
    propose(kari)
    expect(kari.get_by_role("alert")).to_contain_text("an approval is blocked")
    expect(kari.locator("#blocks h3")).to_have_text("Approval is blocked by 1 requirement")
    expect(kari.get_by_role("button", name="Propose approval")).to_have_attribute("aria-disabled", "true")
    kari.locator("#blocks").get_by_role("link", name=PURPOSE).click()
    purpose = kari.url
    state_purpose(kari, "A loan for the shop, paid back from its sales.")
    propose(kari)
    expect(kari.locator(".standing-of")).to_contain_text(WAITS)
    expect(kari.locator("#answer")).to_have_count(0)

    ola.goto(decision)
    expect(ola.locator(".standing-of")).to_contain_text("The law reserves this to a superior")
    expect(ola.get_by_role("button", name="Send back to Kari Nordmann")).to_be_visible()
    expect(ola.get_by_role("button", name="Countersign", exact=True)).to_have_count(0)

    kari.goto(purpose)
    state_purpose(kari, "A loan for the shop and its stock.")
    tab(kari, "decision")
    expect(kari.locator(".standing-of")).to_contain_text("The proposal is void: what it rests on changed")
    expect(kari.locator(".standing-of")).to_contain_text(PURPOSE)
    propose(kari)
    expect(kari.locator(".standing-of")).to_contain_text(WAITS)

    sent_back_and_approved(kari, lena, reference)
    for page in (kari, ola, lena):
        assert [text for text in page.complaints if "422" not in text] == []
        page.context.close()


def sent_back_and_approved(kari: Page, lena: Page, reference: str) -> None:
    """Lena sends the proposal back, Kari proposes anew, and Lena countersigns as superior."""
    decision = f"/cases/{reference}/decision/"
    lena.goto("/")
    lena.get_by_role("link", name="Take next to countersign").click()
    lena.get_by_label("In your words").fill("Say who sells.")
    lena.get_by_role("button", name="Send back to Kari Nordmann").click()
    expect(lena.locator(".who-it-is")).to_contain_text("Sent back")

    kari.goto(decision)
    expect(kari.locator(".standing-of")).to_contain_text("Say who sells.")
    propose(kari)
    expect(kari.locator(".standing-of")).to_contain_text(WAITS)
    lena.goto(decision)
    lena.get_by_role("button", name="Countersign", exact=True).click()
    # A browser holds back what has no tick; without it the page says so.
    lena.get_by_label("I have read what it rests on").check()
    lena.get_by_role("button", name="Countersign", exact=True).click()
    expect(lena.locator(".who-it-is")).to_contain_text("Approved")
    expect(lena.locator(".sign-off")).to_contain_text("as superior")
    kari.goto(f"/cases/{reference}/")
    expect(kari.locator(".next")).to_contain_text("The case is decided")
