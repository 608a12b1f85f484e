"""Payloads, what was asked for, and how a test sees a rendered result."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from cases.findings.result import Result, read
from cases.findings.vocabulary.presence import OrderedParts
from cases.provider.contract import Contract

PAYLOADS = Path(__file__).parent.parent / "payloads"
NAMES = sorted(file.stem for file in PAYLOADS.glob("*.json"))
CONTRACT = Contract()
INLINE = {"a", "b", "bdi", "code", "data", "small", "span", "strong", "time"}


def ordered(**changes: Any) -> OrderedParts:
    """Everything, captured, unless told otherwise."""
    everything = {
        "expands": CONTRACT.expands,
        "reports": CONTRACT.reports,
        "scopes": (CONTRACT.scope_basic, CONTRACT.scope_ofac),
    }
    return OrderedParts(**{**everything, **changes})


def payload(name: str) -> dict[str, Any]:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def result(document: Any, **changes: Any) -> Result:
    return read(document, ordered(**changes))


def of(name: str, **changes: Any) -> Result:
    return result(payload(name), **changes)


def codes(found: Result) -> list[str]:
    return [warning.code for warning in found.warnings]


class Page(HTMLParser):
    """A rendered page: its text as read, and its start tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.pieces: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        self.text = one_spaced("".join(self.pieces))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.set_apart(tag)

    def handle_endtag(self, tag: str) -> None:
        self.set_apart(tag)

    def set_apart(self, tag: str) -> None:
        if tag not in INLINE:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def one_spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def page(found: Result, template: str = "_result") -> Page:
    return Page(render_to_string(f"findings/{template}.html", {"result": found}))
