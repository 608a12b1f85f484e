"""Everything that a reader meets of a case: each address by each role, with what came back and what it cost."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from cases.models import Case
from cases.presentation.event_kinds import EventKind
from cases.web.case_page.tab_names import EVERY_TAB
from tests import factories
from tests.web.routes import filled_in, leaves, of_portal

READERS = {role: make for role, make in factories.CAST.items() if role != "suspicion_officer"}
# What is another each time a page is sent.
OF_ONE_ANSWER = (
    (r'name="csrfmiddlewaretoken" value="\w+"', "csrf"),
    (r"\"X-CSRFToken\": ?\"\w+\"", "csrf"),
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "submission"),
    (r'data-now="[^"]+"', "now"),
    (r"nonce-?=?\"?[\w+/=-]+", "nonce"),
)
OF_ONE_HEADER = {"Set-Cookie", "Expires"}


@dataclass(frozen=True)
class Answer:
    """What came back, without what is another each time; the statements that it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    statements: tuple[str, ...]


def addresses(case: Case, words: str) -> Iterator[str]:
    """Every address of the portal that needs no more than a case, and further ones that filter, search and ask."""
    samples = {"reference": [case.reference], "tab": EVERY_TAB, "number": [1], "kind": ["json", "aml"]}
    for path, _route in leaves(of_portal()):
        if {*re.findall(r"<(?:\w+:)?(\w+)>", path)} <= {*samples}:
            yield from (f"/{text}" for text in filled_in(path, samples))
    page = f"/cases/{case.reference}"
    yield from (f"{page}/timeline/?kind={kind}" for kind in EventKind.values)
    yield from (f"{page}/live/?tab={tab}&shown=1&seen=news-0" for tab in EVERY_TAB)
    yield from (f"/cases/?q={words}", f"/cases/?q={case.reference}", f"{page}/timeline/?page=2")


def answers(browsers: dict[str, Client], case: Case, words: str) -> dict[tuple[str, str], Answer]:
    """What each of them gets of each address; nothing of it stays."""
    return {
        (role, address): answer(browser, address)
        for address in addresses(case, words)
        for role, browser in browsers.items()
    }


def answer(browser: Client, address: str, method: str = "get") -> Answer:
    """What comes back, of which nothing stays."""
    cookies, statements = browser.cookies.copy(), []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(re.sub(r'SAVEPOINT ".*', "SAVEPOINT", sql))
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(note):
        found = getattr(browser, method)(address)
        body = _body(found)
        transaction.set_rollback(True)
    browser.cookies = cookies
    headers = [(name, _same(text)) for name, text in found.headers.items() if name not in OF_ONE_HEADER]
    return Answer(found.status_code, tuple(sorted(headers)), body, tuple(statements))


def _body(found: HttpResponse) -> str:
    data = b"".join(found.streaming_content) if found.streaming else found.content
    return _same(data.decode("latin-1"))


def _same(text: str) -> str:
    for pattern, name in OF_ONE_ANSWER:
        text = re.sub(pattern, name, text)
    return text


def differences(
    before: dict[tuple[str, str], Answer], after: dict[tuple[str, str], Answer]
) -> list[tuple[str, str, str]]:
    """Who gets something else of which address, and of what kind it is."""
    return [
        (role, address, what)
        for (role, address), found in before.items()
        for what in ("status", "headers", "body", "statements")
        if getattr(found, what) != getattr(after[role, address], what)
    ]
