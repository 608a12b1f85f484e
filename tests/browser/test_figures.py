"""Overview, company and financials in a real browser: readable, accessible, and never wider than the window."""

import pytest
from playwright.sync_api import Browser, Page, expect

from cases.web.case_page.tab_names import Tab
from tests.browser.portal import Portal
from tests.browser.test_case_page import violations

pytestmark = pytest.mark.browser

TABS = [Tab.OVERVIEW, Tab.COMPANY, Tab.FINANCIALS]


def stick_out(page: Page) -> list[str]:
    """What of a picture lies outside of it, and what of the page lies outside of the window."""
    found: list[str] = page.evaluate(
        """() => {
            const out = [...document.querySelectorAll("svg.chart *")].filter(part => {
                const [inner, outer] = [part.getBoundingClientRect(), part.ownerSVGElement.getBoundingClientRect()];
                return inner.left < outer.left - 1 || inner.right > outer.right + 1
                    || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
            }).map(part => part.outerHTML);
            const wide = document.documentElement.scrollWidth > innerWidth;
            return wide ? [...out, `the page is ${document.documentElement.scrollWidth} wide`] : out;
        }"""
    )
    return found


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_and_facts_are_accessible_and_stay_where_they_belong(
    scheme: str, width: int, portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, color_scheme=scheme, viewport={"width": width, "height": 900})
    for state in ("full", "bankrupt"):
        for name in TABS:
            page.goto(f"/cases/{portal.cases[state]}/{name}/")
            assert stick_out(page) == [], (state, name)
            if state != "full":  # that one, in these looks, is read in test_every_tab.py
                assert violations(page) == [], (state, name)
    assert page.complaints == []
    page.context.close()


def test_a_chart_has_its_colours_from_the_page_and_is_drawn_at_the_size_it_is_read_at(
    portal: Portal, chromium: Browser
) -> None:
    fills = set()
    for scheme in ("light", "dark"):
        page = portal.visit(chromium, color_scheme=scheme, viewport={"width": 360, "height": 900})
        page.goto(f"/cases/{portal.cases['full']}/{Tab.FINANCIALS}/")
        chart = page.locator("svg.chart").first
        assert chart.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width") == 1
        fills.add(chart.locator("rect").first.evaluate("bar => getComputedStyle(bar).fill"))
        page.context.close()
    assert len(fills) == 2


def test_the_next_step_leads_on_without_scripts(portal: Portal, chromium: Browser) -> None:
    page = portal.visit(chromium, java_script_enabled=False)
    page.goto(f"/cases/{portal.cases['bankrupt']}/{Tab.OVERVIEW}/")
    page.get_by_role("region", name="Next").get_by_role("link", name="See it").click()
    expect(page.locator(f"#tab-{Tab.SCREENING}")).to_have_attribute("aria-current", "page")
    page.context.close()
