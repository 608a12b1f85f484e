"""Reading a page as a person does."""

from django.http import HttpResponse
from lxml import html
from lxml.html import HtmlElement


def page(response: HttpResponse) -> HtmlElement:
    return html.fromstring(response.content.decode())


def words(element: HtmlElement | HttpResponse) -> str:
    """The text, with single spaces."""
    found = page(element) if isinstance(element, HttpResponse) else element
    return " ".join(found.text_content().split())


def cells(response: HttpResponse) -> list[list[str]]:
    """The rows of every table on the page, as text."""
    return [
        [words(cell) for cell in row.xpath("./td|./th")] for row in page(response).xpath("//table//tbody/tr")
    ]


def groups(response: HttpResponse) -> dict[str, list[str]]:
    """The groups of my work: title with count, and the references in each."""
    found = {}
    for panel in page(response).xpath("//*[contains(@class, 'panel')][header or summary]"):
        title = words(panel.xpath("./*/h2")[0])
        found[title] = [link.get("href").split("/")[2] for link in panel.xpath(".//a[@class='org']")]
    return found


def chips(response: HttpResponse) -> dict[str, str]:
    """What the list is filtered by, and the address without it."""
    return {
        words(chip).removeprefix("Remove the filter "): chip.get("href")
        for chip in page(response).xpath("//a[@class='chip']")
    }
