"""Who gets what of every address: each URL name, method and role, held against the addresses that there are."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.models import ReportState
from cases.web.sign_in import request_origin
from tests import factories

# What comes back does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TABLE = Path(__file__).with_name("access.txt")
METHODS = ("GET", "POST")
NOBODY = "nobody"
SIGN_IN = "login"

Answers = dict[str, str]  # by role: a status, or SIGN_IN where one is led to sign in


def table() -> tuple[list[str], dict[tuple[str, str], Answers]]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    (_name, _method, *roles), *rows = lines
    return roles, {(name, method): dict(zip(roles, answers, strict=True)) for name, method, *answers in rows}


def addresses(
    patterns: list[URLPattern | URLResolver], before: str = "", words: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every name there is, each with what its address is made of."""
    for pattern in patterns:
        every = (*words, *(pattern.pattern.converters or pattern.pattern.regex.groupindex))
        if isinstance(pattern, URLResolver):
            yield from addresses(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else before, every
            )
        elif pattern.name:
            yield before + pattern.name, every
        else:
            assert before, (
                f"{pattern.pattern} needs a name, by which the table knows it"
            )  # Django's own lead elsewhere


def everything() -> dict[str, str]:
    """An address for each name; of a case that has all that addresses may lead to."""
    session = factories.session(results={"json": "CAPTURED", "aml": "CAPTURED"})
    factories.report(session.case, ReportState.MADE)
    words: dict[str, object] = {
        "reference": session.case.reference,
        "tab": "company",
        "number": 1,
        "kind": "aml",
        "token": "x" * 43,
        "object_id": factories.kari().pk,
        "id": factories.kari().pk,
        "app_label": "cases",
        "content_type_id": 1,
        "url": "nothing",
    }
    of_policy = {**words, "kind": "hit_reasons"}
    return {
        name: reverse(
            name, kwargs={word: (of_policy if "policy" in name else words)[word] for word in made_of}
        )
        for name, made_of in addresses(get_resolver().url_patterns)
    }


def answers_of(clients: dict[str, Client], method: str, url: str) -> Answers:
    found = {}
    for role, client in clients.items():
        cookies = client.cookies.copy()
        with transaction.atomic():
            found[role] = _answer(getattr(client, method.lower())(url))
            transaction.set_rollback(True)
        client.cookies = cookies
    return found


def _answer(response: HttpResponse) -> str:
    leads_to_sign_in = response.status_code == 302 and "login/?next=" in response.url
    return SIGN_IN if leads_to_sign_in else str(response.status_code)


def test_every_address_answers_every_role_as_the_table_says(client: Client) -> None:
    roles, expected = table()
    clients = {role: Client() for role in [*factories.CAST, NOBODY]}
    assert roles == [*clients], "the table names every role"
    urls = everything()
    for role, make in factories.CAST.items():
        clients[role].force_login(make())

    found = {
        (name, method): answers_of(clients, method, url) for name, url in urls.items() for method in METHODS
    }

    assert found == expected


def test_who_is_led_to_sign_in_comes_back_to_the_page_and_never_to_a_part_or_a_form() -> None:
    _roles, expected = table()
    led = [key for key, answers in expected.items() if answers[NOBODY] == SIGN_IN and ":" not in key[0]]
    urls, client, wrong = everything(), Client(), []
    for name, method in led:
        is_a_page = method == "GET" and name not in request_origin.NOT_PAGES
        answer = getattr(client, method.lower())(urls[name])
        if answer.url != f"/login/?next={quote(urls[name] if is_a_page else '/')}":
            wrong.append((name, method, answer.url))
    assert wrong == []


def test_no_address_of_a_case_takes_another_method(client: Client) -> None:
    lead = factories.lead()
    lead.groups.add(
        *factories.officer().groups.all()
    )  # who has no right meets no such address, by any method
    client.force_login(lead)
    urls = everything()
    taken = [
        (name, method)
        for name, url in urls.items()
        if "/cases/" in url and ":" not in name
        for method in ("put", "patch", "delete")
        if getattr(client, method)(url).status_code != 405
    ]
    assert taken == []
