"""A report asked for in a real browser, made by the queue, read and saved."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.portal import Portal
from tests.browser.test_case_page import is_viewed, violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_a_report_is_ordered_appears_by_itself_and_is_read_and_saved(
    scheme: str, width: int, portal: Portal, chromium: Browser, tmp_path: Path
) -> None:
    page = portal.visit(chromium, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(f"/cases/{portal.cases['full']}/ownership/")
    page.locator("details.more summary").click()
    page.get_by_role("button", name="Make a report").click()
    page.wait_for_url(re.compile(r"/documents/#report-\d+$"))
    number = page.url.rpartition("-")[2]
    page.evaluate("window.neverReloaded = true")
    report = page.locator(f"#report-{number}")
    expect(report).to_contain_text(re.compile("Being made|SHA-256"))
    assert violations(page) == []
    expect(report).to_contain_text("SHA-256")
    assert page.evaluate("window.neverReloaded")
    expect(page.locator("#report-list[hx-get]")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []

    with page.expect_download() as download:
        report.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == f"{portal.cases['full']}-report-{number}.pdf"
    download.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-1.7")

    with page.expect_response(re.compile("/file/$")) as shown:
        report.get_by_role("link", name="View").click()
    assert (shown.value.status, shown.value.headers["content-type"]) == (200, "application/pdf")
    assert is_viewed(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert page.complaints == []
    page.context.close()


def test_without_scripts_a_report_is_asked_for_and_found_by_refreshing(
    portal: Portal, chromium: Browser
) -> None:
    page = portal.visit(chromium, java_script_enabled=False)
    page.goto(f"/cases/{portal.cases['hostile']}/documents/")
    page.get_by_role("button", name="Make a report").click()
    report = page.locator("#report-1")
    for _ in range(60):
        if report.get_by_text("SHA-256").count():
            break
        report.get_by_role("link", name="Refresh").click()
        page.wait_for_timeout(500)
    expect(report).to_contain_text("SHA-256")
    page.context.close()
