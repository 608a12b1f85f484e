"""What axe-core has against a page, and whether it fits its window."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # the only ones that look at colours


def violations(page: Page, rules: list[str] = RULES) -> list[tuple[str, list[str]]]:
    """The rules that do not hold, each with the elements concerned, seen from the top of the page.

    Elsewhere the strip that stays covers a part of whatever is scrolled under it, which is no fault of that.
    """
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        (violation["id"], [node["html"] for node in violation["nodes"]]) for violation in found["violations"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
