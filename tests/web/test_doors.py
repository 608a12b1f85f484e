"""What every page keeps to. Who gets what of each address stands in test_access.py."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.models import SessionState, reasons
from cases.models.people import roles
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PAGES = ["my_work", "cases", "new_case", "provider"]


def _views(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else before)
        else:
            yield before + (pattern.name or str(pattern.pattern)), pattern.callback


def test_only_these_views_open_without_signing_in() -> None:
    opened = {
        name
        for name, view in _views(get_resolver().url_patterns)
        if not getattr(view, "login_required", True)
    }
    assert opened == {"login", "webhook", "healthz", "admin:login", "taken_along"}


def test_who_has_no_role_is_told_so_after_signing_in(client: Client) -> None:
    client.force_login(factories.stranger())
    answer = client.get("/")
    assert answer.status_code == 403
    assert "You may not see this page" in answer.content.decode()


def test_an_administrator_without_a_case_role_is_led_to_the_provider(client: Client) -> None:
    client.force_login(factories.admin())
    assert client.get("/").url == reverse("provider")


def everything_that_can_happen() -> None:
    """A case in every state and for every reason we know, half of them the lead's."""
    lead = factories.lead()
    for state in SessionState.values:
        factories.session(factories.case(assignee=lead), state)
    for number, reason in enumerate(reasons.SENTENCES):
        case = factories.case(assignee=lead if number % 2 else None)
        factories.session(case, SessionState.FAILED, {"json": "FAILED"}, reason=reason)
        factories.session(factories.case(assignee=lead), SessionState.OPEN, {"json": "ASKED"}, reason=reason)


def pages() -> dict[str, HttpResponse]:
    """Every page as the lead has it, and the sign-in, while everything that can happen has happened."""
    everything_that_can_happen()
    lead = Client()
    lead.force_login(factories.lead())
    return {"login": Client().get(reverse("login")), **{name: lead.get(reverse(name)) for name in PAGES}}


def test_no_page_shows_a_bare_word_where_a_sentence_belongs() -> None:
    words = {word for word in reasons.SENTENCES if "_" in word} | set(SessionState.values)
    bare = []
    for name, answer in pages().items():
        shown = re.sub(r"<[^>]*>", " ", answer.content.decode())
        bare += [(name, word) for word in sorted(words) if re.search(rf"\b{word}\b", shown)]
    assert bare == []


def test_a_page_keeps_to_the_content_security_policy() -> None:
    for name, answer in pages().items():
        assert answer.status_code == 200, name
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        page = answer.content.decode()
        inline = r"(?i)\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)"
        assert not re.search(inline, page), name


def test_a_page_that_is_none_or_refused_has_the_search_for_who_may_see_cases(client: Client) -> None:
    searched = reverse("cases")
    refused = {"/nothing/": 404, "/cases/C-2026-999999/": 404, reverse("portal_events"): 403}
    client.force_login(factories.kari())
    for url, status in refused.items():
        answer = client.get(url)
        assert answer.status_code == status, url
        assert f'action="{searched}" role="search"' in answer.content.decode(), url
    client.force_login(factories.stranger())
    assert 'role="search"' not in client.get("/nothing/").content.decode()


def test_a_form_without_its_token_changes_nothing() -> None:
    case = factories.case()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.kari())
    assert strict.post(reverse("take", args=[case.reference])).status_code == 403
    case.refresh_from_db()
    assert case.assignee is None


@pytest.mark.parametrize("role", [role for role in factories.CAST if role != "stranger"])
def test_a_page_says_who_is_signed_in_and_as_what(client: Client, role: str) -> None:
    person = factories.CAST[role]()
    client.force_login(person)
    who = client.get("/password/").content.decode()
    assert person.name in who
    assert f"<span>{roles.NAMES[role]}</span>" in who
