"""Every tab of a case by mouse and by keyboard alone, light and dark, wide and narrow, with and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from cases.web.case_page.tab_names import Tab
from tests.browser.accessibility import COLOURS, overflow, violations
from tests.browser.portal import Portal

pytestmark = pytest.mark.browser

# An ordinary result in every look, the others in the two that are furthest apart.
STATE_STYLES = [(("light",), 1440), (("dark",), 360)]
SEEN_AS = [("full", ("light", "dark"), width) for width in (1440, 360)]
SEEN_AS += [(case, *look) for case in ("crowded", "odd", "hostile", "foreign") for look in STATE_STYLES]
MOST_STOPS = 400
FOCUSED = """() => {
    const focus = document.activeElement, box = focus.getBoundingClientRect(), style = getComputedStyle(focus);
    const drawn = focus.querySelector('.form') || focus, name = focus.querySelector('.name') || focus;
    return {
        id: focus.id,
        what: focus.outerHTML.slice(0, 120),
        body: focus === document.body,
        frame: focus.tagName === 'IFRAME',
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        ring: style.outlineStyle !== 'none' || style.boxShadow !== 'none'
            || parseFloat(getComputedStyle(drawn).strokeWidth) >= 3
            || getComputedStyle(name).textDecorationLine === 'underline',
    };
}"""


@pytest.mark.parametrize(("case", "schemes", "width"), SEEN_AS)
def test_every_tab_is_accessible_and_never_wider_than_the_window(
    case: str, schemes: tuple[str, ...], width: int, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, color_scheme=schemes[0], viewport={"width": width, "height": 800})
    for tab in Tab:
        page.goto(f"/cases/{portal.cases[case]}/{tab}/")
        assert overflow(page) <= 0, tab
        assert violations(page) == [], tab
        for scheme in schemes[1:]:
            page.emulate_media(color_scheme=scheme)
            assert violations(page, COLOURS) == [], (tab, scheme)
        page.emulate_media(color_scheme=schemes[0])
    assert page.complaints == []
    page.context.close()


@pytest.mark.parametrize("width", [1440, 360])
def test_every_tab_is_the_same_without_scripts(width: int, portal: Portal, chromium: Browser) -> None:
    shown = {}
    for scripts in (True, False):
        viewport = {"width": width, "height": 800}
        page = portal.visit(chromium, java_script_enabled=scripts, viewport=viewport)
        page.goto(f"/cases/{portal.cases['full']}/")
        shown[scripts] = {tab: read_by_mouse(page, tab) for tab in Tab}
        page.context.close()
    assert shown[True] == shown[False]
    assert len({*shown[True].values()}) == len(Tab)


def read_by_mouse(page: Page, tab: Tab) -> str:
    """Go to the tab with a click; give its headings as they are read."""
    page.locator(f"#tab-{tab}").click()
    expect(page.locator(f"#tab-{tab}")).to_have_attribute("aria-current", "page")
    return " | ".join(page.locator("#content :is(h2, h3)").all_inner_texts())


def test_every_tab_is_reached_and_walked_by_keyboard_alone(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium, viewport={"width": 1440, "height": 800})
    page.goto(f"/cases/{portal.cases['full']}/")
    for tab in Tab:
        go_by_keyboard(page, f"tab-{tab}")
        page.keyboard.press("Enter")
        expect(page.locator(f"#tab-{tab}")).to_have_attribute("aria-current", "page")
        stops = walk(page)
        assert [
            stop["what"] for stop in stops if not (stop["seen"] and stop["ring"]) and not stop["frame"]
        ] == [], tab
    page.context.close()


def go_by_keyboard(page: Page, wanted: str) -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED)["id"] == wanted:
            return
    raise AssertionError(f"{wanted} is not reached by keyboard")


def walk(page: Page) -> list[dict]:
    """Every stop of the Tab key from the top of the page to its end."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["body"] and stops:
            return stops
        stops.append(stop)
    raise AssertionError("the keyboard never comes to the end of the page")
