"""The ownership chart in a real browser: from node to row and back, by mouse, by keys, and without scripts."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal

pytestmark = pytest.mark.browser


def tab(portal: Portal, case: str = "full", name: str = "ownership") -> str:
    return f"/cases/{portal.cases[case]}/{name}/"


@pytest.fixture
def chart(portal: Portal, chromium: Browser) -> Iterator[Page]:
    """The ownership tab of an ordinary case."""
    page = portal.visit(chromium, viewport={"width": 1440, "height": 700})
    page.goto(tab(portal))
    yield page
    assert page.complaints == []
    page.context.close()


def width(page: Page) -> float:
    return page.locator("svg.structure").evaluate("it => it.getBoundingClientRect().width")


def until(page: Page, is_so: Callable[[], bool]) -> bool:
    """Wait a moment for what scrolls; the page's own policy forbids the browser to wait for words."""
    for _ in range(400):
        if is_so():
            return True
        page.wait_for_timeout(50)
    return False


def in_sight(page: Page, selector: str) -> bool:
    """Is it in the window, and on top there?"""
    return page.locator(selector).evaluate(
        """it => {
          const box = it.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
          const found = document.elementFromPoint(x, y);
          return !!found && (it.contains(found) || found.contains(it));
        }"""
    )


def test_a_node_leads_to_its_row_and_the_row_back(chart: Page) -> None:
    chart.locator("#node-p0 .form").click()
    expect(chart).to_have_url(re.compile("#owners-p0$"))
    row = chart.locator("#owners-p0")
    expect(row).to_contain_text("NORDLYS HOLDING AS")
    assert until(chart, lambda: in_sight(chart, "#owners-p0"))
    row.get_by_role("link", name="Show in the chart").click()
    expect(chart).to_have_url(re.compile("#node-p0$"))
    assert until(chart, lambda: in_sight(chart, "#node-p0"))


def test_every_node_is_reached_by_tab_and_shows_that_it_has_the_focus(chart: Page) -> None:
    chart.locator(".chartbox").focus()
    names = []
    for _ in range(7):
        chart.keyboard.press("Tab")
        focused = chart.evaluate(
            """() => {
              const it = document.activeElement, form = it.querySelector(".form");
              return [it.querySelector("title").textContent, parseFloat(getComputedStyle(form).strokeWidth)];
            }"""
        )
        names.append(focused[0].partition("\n")[0])
        assert focused[1] == 4
    assert names[0] == "Aarne Koskela"
    assert names[-1] == "VINDKAMMEN DRIFT AS"
    chart.keyboard.press("Enter")
    expect(chart).to_have_url(re.compile("#subsidiaries-p5$"))


def test_buttons_and_keys_make_it_larger_smaller_and_as_drawn(chart: Page) -> None:
    drawn = width(chart)
    chart.get_by_role("button", name="Larger").click()
    assert width(chart) == pytest.approx(drawn * 1.25, rel=0.01)
    expect(chart.locator("[data-zoom=fit]")).to_have_text("125 %")
    chart.locator(".chartbox").focus()
    chart.keyboard.press("-")
    chart.keyboard.press("-")
    assert width(chart) == pytest.approx(drawn / 1.25, rel=0.01)
    chart.keyboard.press("0")
    assert width(chart) == drawn
    for _ in range(9):
        chart.keyboard.press("+")
    assert width(chart) == pytest.approx(drawn * 3, rel=0.01)
    assert chart.evaluate("document.documentElement.scrollWidth") <= 1440


def test_the_wheel_zooms_with_ctrl_only(chart: Page) -> None:
    drawn = width(chart)
    chart.locator(".chartbox").hover()
    chart.mouse.wheel(0, 120)
    assert width(chart) == drawn
    chart.keyboard.down("Control")
    chart.mouse.wheel(0, -120)
    chart.keyboard.up("Control")
    assert until(chart, lambda: width(chart) > drawn + 50)


def test_dragging_and_arrow_keys_move_a_large_chart_and_follow_no_link(chart: Page) -> None:
    box = chart.locator(".chartbox")
    for _ in range(4):
        chart.get_by_role("button", name="Larger").click()
    form = chart.locator("#node-p0 .form")
    form.hover()
    before = box.evaluate("it => it.scrollLeft")
    node = form.bounding_box()
    assert node is not None
    chart.mouse.move(node["x"] + 20, node["y"] + 20)
    chart.mouse.down()
    chart.mouse.move(node["x"] - 80, node["y"] + 20, steps=4)
    chart.mouse.up()
    after = box.evaluate("it => it.scrollLeft")
    assert after == pytest.approx(before + 100, abs=2)
    assert "#" not in chart.url
    box.focus()
    chart.keyboard.press("ArrowLeft")
    assert until(chart, lambda: box.evaluate("it => it.scrollLeft") < after - 10)


@pytest.mark.parametrize("javascript", [True, False])
def test_shares_and_names_are_in_sight_with_and_without_scripts(
    javascript: bool, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, java_script_enabled=javascript)
    page.goto(tab(portal))
    for words in (
        "NORDLYS HOLDING AS",
        "60\N{NO-BREAK SPACE}%",
        "Ingrid Solvang",
        "0.1\N{NO-BREAK SPACE}% not explained",
    ):
        expect(page.locator("svg.structure").get_by_text(words, exact=True).first).to_be_visible()
    expect(page.get_by_role("group", name="Size of the chart")).to_be_visible(visible=javascript)
    page.locator("#node-p1").click()
    expect(page).to_have_url(re.compile("#owners-p1$"))
    page.locator("#owners-p1").get_by_role("link", name="Show in the chart").click()
    assert until(page, lambda: in_sight(page, "#node-p1"))
    page.context.close()


def test_no_text_leaves_its_box(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium)
    for case in ("full", "odd", "hostile"):
        page.goto(tab(portal, case))
        page.evaluate("document.fonts.ready")
        outside = page.evaluate(
            """() => [...document.querySelectorAll(".node:not(.itself)")].flatMap((node) => {
              const box = node.querySelector(".form").getBoundingClientRect();
              return [...node.querySelectorAll("text:not(.share)")].filter((text) => {
                const line = text.getBoundingClientRect();
                return line.left < box.left || line.right > box.right || line.top < box.top || line.bottom > box.bottom;
              }).map((text) => text.textContent);
            })"""
        )
        assert outside == [], case
    page.context.close()
