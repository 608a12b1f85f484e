"""Reading a page as a person does."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import html
from lxml.html import HtmlElement


def page(response: HttpResponse) -> HtmlElement:
    return html.fromstring(response.content.decode())


def press(client: Client, address: str, fields: dict[str, Any], **extra: Any) -> HttpResponse:
    """Send a form as its button does: one that is refused leads to its page, filled in."""
    answer = client.post(address, fields, **extra)
    is_refused = answer.status_code == HTTPStatus.FOUND and "typed=" in answer.url
    return client.get(answer.url) if is_refused else answer


def words(element: HtmlElement | HttpResponse) -> str:
    """The text, with single spaces."""
    found = page(element) if isinstance(element, HttpResponse) else element
    return " ".join(found.text_content().split())


def cells(response: HttpResponse) -> list[list[str]]:
    """The rows of every table on the page, as text."""
    return [
        [words(cell) for cell in row.xpath("./td|./th")] for row in page(response).xpath("//table//tbody/tr")
    ]


def listed(response: HttpResponse) -> list[list[str]]:
    """The rows of every table of the page about provider and queue but that of verifications, which is always there."""
    rows = page(response).xpath("//table[not(@aria-labelledby='verified')]//tbody/tr")
    return [[words(cell) for cell in row.xpath("./td|./th")] for row in rows]


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
