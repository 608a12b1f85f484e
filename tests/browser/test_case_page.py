"""The case page in a real browser, over the whole portal as processes and the sandbox provider."""

import re
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from cases.web.case_page.tab_names import Tab
from tests.browser.accessibility import violations
from tests.browser.portal import Portal, sign_in, watched

pytestmark = pytest.mark.browser

KINDS = ["json", "aml", "certificate_of_registration"]
CAPTURED = re.compile("captured")
# What says that a tab shows its chapter of the example result.
SEEN = {
    Tab.OVERVIEW: "Company facts",
    Tab.REQUIREMENTS: "Every hit judged",
    Tab.COMPANY: "000000FJELLHEIMEN091",
    Tab.OWNERSHIP: "Beneficial owners",
    Tab.PEOPLE: "Authority to sign",
    Tab.SCREENING: "EU-7781",
    Tab.RISK: "How the points come about",
    Tab.DECISION: "Approval is blocked",
    Tab.FINANCIALS: "Balance sheet",
    Tab.DOCUMENTS: "Certificate of registration",
    Tab.TIMELINE: "captured a result: AML report of capture 1",
}


@pytest.fixture
def visit(portal: Portal, chromium: Browser) -> Iterator[Page]:
    page = portal.visit(chromium)
    yield page
    page.context.close()


def order(page: Page, number: str, *, scripted: bool = True) -> None:
    """Open a new case about a Norwegian organisation, as a person does."""
    page.goto("/cases/new/")
    # With scripts a note on the number comes.
    with page.expect_response("**/cases/new/check/") if scripted else nullcontext():
        page.locator("#id_identifier").fill(number)
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_url(re.compile(r"/cases/C-\d{4}-\d+/"))


def test_the_note_on_a_number_moves_nothing_under_the_pointer(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium)
    page.goto("/cases/new/")
    button = page.get_by_role("button", name="Open the case")
    before = button.bounding_box()
    button.evaluate("button => button.isTheSame = true")
    with page.expect_response("**/cases/new/check/"):
        page.locator("#id_identifier").fill("917103801")
    expect(page.locator("#number-notes")).to_contain_text("the check digit is right")
    assert button.bounding_box() == before
    assert button.evaluate("button => button.isTheSame")
    page.context.close()


def tab(page: Page, name: Tab) -> None:
    page.locator(f"#tab-{name}").click()
    expect(page.locator(f"#tab-{name}")).to_have_attribute("aria-current", "page")


def is_viewed(page: Page) -> bool:
    """Does the browser's own viewer stand in the frame? Then the PDF was neither refused nor saved."""
    for _ in range(100):
        if any(frame.url.startswith("chrome-extension://") for frame in page.frames):
            return True
        page.wait_for_timeout(100)
    return False


def test_a_case_is_opened_captured_and_read_to_the_last_document(portal: Portal, chromium: Browser) -> None:
    context = chromium.new_context(base_url=portal.url)
    page = watched(context)
    page.goto("/")
    sign_in(page)
    order(page, "317835337")
    page.evaluate("window.neverReloaded = true")
    states = {kind: page.locator(f"#capture-{kind}").get_attribute("class") for kind in KINDS}
    assert not any("captured" in (state or "") for state in states.values())
    page.locator("#tab-company").focus()
    for kind in KINDS:
        expect(page.locator(f"#capture-{kind}")).to_have_class(CAPTURED)
    expect(page.locator("#capture-head")).to_contain_text("Complete")
    expect(page.locator("#who h1")).to_have_text("FJELLHEIM ENERGI AS")
    expect(page).to_have_title(re.compile("FJELLHEIM ENERGI AS · "))
    expect(page.locator("#content")).to_contain_text("Ingrid Solvang")
    expect(page.locator("#capture-summary")).to_contain_text("3 of 3 captured")
    expect(page.locator("#read-at")).to_contain_text(re.compile(r"capture 1 \(\d"))
    expect(page.locator("#hit-count")).to_contain_text("2")
    assert page.evaluate("window.neverReloaded")
    expect(page.locator("#tab-company")).to_be_focused()
    expect(page.locator("#live[hx-get]")).to_have_count(0)

    for name in Tab:
        tab(page, name)
        expect(page.locator("#content")).to_contain_text(SEEN[name])

    for document in ("AML report", "Certificate of registration"):
        tab(page, Tab.DOCUMENTS)
        with page.expect_response(re.compile("/file/$")) as shown:
            page.get_by_role("link", name=f"View {document}").click()
        assert (shown.value.status, shown.value.headers["content-type"]) == (200, "application/pdf")
        expect(page.locator("iframe.pdf")).to_be_visible()
        assert is_viewed(page)
    tab(page, Tab.TIMELINE)
    expect(page.get_by_text("opened a document")).to_have_count(2)
    expect(page.locator("#content")).to_contain_text("Kari Nordmann opened a new case")
    assert page.complaints == []
    context.close()


def test_a_newer_result_is_announced_and_moves_nothing_that_is_read(visit: Page) -> None:
    page = visit
    order(page, "319613846")
    for kind in KINDS:
        expect(page.locator(f"#capture-{kind}")).to_have_class(CAPTURED)
    page.locator("details.more summary").click()
    page.get_by_role("link", name="Order new capture").click()
    page.get_by_role("button", name="Order new capture").click()
    tab(page, Tab.COMPANY)
    page.set_viewport_size({"width": 900, "height": 400})
    page.evaluate("window.scrollTo(0, 260); window.neverReloaded = true")
    heading = page.locator("#content h2", has_text="Addresses")
    before = heading.bounding_box()
    expect(page.locator("#news")).to_contain_text("New results")
    assert heading.bounding_box() == before
    expect(page.locator("#content")).to_contain_text("Showing capture 1")
    assert page.evaluate("window.neverReloaded")
    page.locator("#news a").click()
    expect(page.locator("#content")).not_to_contain_text("Showing capture 1")
    expect(page.locator("#read-at")).to_contain_text("capture 2")


def test_without_scripts_a_case_is_opened_captured_and_read(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium, java_script_enabled=False)
    order(page, "312433060", scripted=False)
    for _ in range(60):
        if page.locator("#capture-head", has_text="Complete").count():
            break
        page.get_by_role("link", name="Refresh").click()
        page.wait_for_timeout(300)
    expect(page.locator("#capture-head")).to_contain_text("Complete")
    for name in Tab:
        tab(page, name)
        expect(page.locator("#content")).not_to_contain_text("Awaited from the provider")
    tab(page, Tab.DOCUMENTS)
    with page.expect_response(re.compile("/file/$")) as shown:
        page.get_by_role("link", name="View AML report").click()
    assert shown.value.status == 200
    page.locator("details.more summary").click()
    expect(page.get_by_role("link", name="Download the JSON as captured")).to_be_visible()
    page.context.close()


STATE_STYLES = [("light", 1440), ("dark", 360)]
STATES = ["waiting", "late", "failed", "partial", "unknown"]  # whole captures: test_every_tab.py


@pytest.mark.parametrize(("scheme", "width"), STATE_STYLES)
def test_every_state_of_a_capture_is_accessible_and_never_wider_than_the_window(
    scheme: str, width: int, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, color_scheme=scheme, viewport={"width": width, "height": 800})
    paths = [f"/cases/{portal.cases[state]}/overview/" for state in STATES]
    paths += [f"/cases/{portal.cases['failed']}/ownership/", f"/cases/{portal.cases['unknown']}/resolve/"]
    paths += [f"/cases/{portal.cases['full']}/order/"]
    for path in paths:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(page) == [], path
    page.context.close()


def test_a_hostile_result_runs_nothing_and_loads_nothing_from_elsewhere(visit: Page, portal: Portal) -> None:
    dialogs: list[str] = []

    def remember(request: Request) -> None:
        dialogs.append(request.url)

    visit.on("request", remember)
    visit.on("dialog", lambda dialog: dialogs.append(f"dialog {dialog.message}"))
    for name in Tab:
        visit.goto(f"/cases/{portal.cases['hostile']}/{name}/")
    assert [text for text in dialogs if not text.startswith((portal.url, "data:"))] == []
    assert visit.complaints == []


def test_what_goes_on_being_shown_follows_what_is_ticked(portal: Portal, visit: Page) -> None:
    page = visit
    page.goto(f"/cases/{portal.cases['full']}/order/")
    held = page.locator(".held")
    expect(held).to_be_hidden()  # for everything is ordered anew
    page.locator("#id_preset_owners").check()
    expect(held).to_contain_text("Accounts")
    expect(held).not_to_contain_text("Shareholders")
    page.locator("#id_preset_custom").check()
    for tick in page.locator('[name="wanted"]').all():
        tick.uncheck()
    expect(held).to_contain_text("Sanctions lists")
    page.locator('[name="wanted"][value="sanction"]').check()
    expect(held).not_to_contain_text("Sanctions lists")
    expect(held).to_contain_text("Shareholders")
    assert page.complaints == []
