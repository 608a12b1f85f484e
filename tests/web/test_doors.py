"""Who may open which page, and what every page keeps to."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.models import SessionState, reasons
from cases.web.sign_in import middleware
from tests import factories

pytestmark = pytest.mark.django_db

# Name, method, and the roles that get in.
DOORS = [
    ("my_work", "get", {"analyst", "reviewer", "lead", "auditor", "administrator"}),
    ("my_work_changes", "get", {"analyst", "reviewer", "lead", "auditor"}),
    ("take_next", "post", {"analyst", "reviewer", "lead"}),
    ("take", "post", {"analyst", "reviewer", "lead"}),
    ("look_again", "post", {"analyst", "reviewer", "lead"}),
    ("comment", "post", {"analyst", "reviewer", "lead"}),
    ("change_case", "get", {"analyst", "reviewer", "lead"}),
    ("hand_back", "post", {"analyst", "reviewer", "lead"}),
    ("correct_number", "get", {"analyst", "reviewer", "lead"}),
    ("withdraw_case", "get", {"analyst", "reviewer", "lead"}),
    ("keep_signers", "post", {"analyst", "reviewer", "lead"}),
    ("order_report", "post", {"analyst", "reviewer", "lead"}),
    ("cases", "get", {"analyst", "reviewer", "lead", "auditor"}),
    ("new_case", "get", {"analyst", "reviewer", "lead"}),
    ("new_case_check", "post", {"analyst", "reviewer", "lead"}),
    ("portal_events", "get", {"auditor"}),
    ("provider", "get", {"lead", "auditor", "administrator"}),
    ("provider_figures", "get", {"lead", "auditor", "administrator"}),
    ("password_change", "get", set(factories.CAST)),
]
PAGES = ["my_work", "cases", "new_case", "provider"]


OF_A_CASE = {
    "take",
    "look_again",
    "order_report",
    "comment",
    "keep_signers",
    "check_signers",
    "change_case",
    "hand_back",
    "correct_number",
    "withdraw_case",
}


def address(name: str) -> str:
    return reverse(name, args=[factories.case().reference] if name in OF_A_CASE else [])


@pytest.mark.parametrize(("name", "method", "roles"), DOORS)
@pytest.mark.parametrize("role", factories.CAST)
def test_a_door_opens_for_its_roles_alone(
    client: Client, name: str, method: str, roles: set[str], role: str
) -> None:
    client.force_login(factories.CAST[role]())
    status = getattr(client, method)(address(name)).status_code
    assert status in {200, 302} if role in roles else status == 403


@pytest.mark.parametrize(("name", "method", "roles"), DOORS)
def test_a_door_leads_to_the_sign_in_first(client: Client, name: str, method: str, roles: set[str]) -> None:
    url = address(name)
    answer = getattr(client, method)(url)
    assert answer.status_code == 302
    is_a_page = method == "get" and name not in middleware.NOT_PAGES
    assert answer.url == f"/login/?next={url if is_a_page else '/'}"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("my_work", "post"),
        ("my_work_changes", "post"),
        ("take_next", "get"),
        ("take", "get"),
        ("comment", "put"),
        ("change_case", "put"),
        ("hand_back", "get"),
        ("correct_number", "delete"),
        ("withdraw_case", "put"),
        ("keep_signers", "get"),
        ("check_signers", "delete"),
        ("order_report", "get"),
        ("cases", "delete"),
        ("new_case", "put"),
        ("new_case_check", "get"),
        ("provider", "post"),
        ("provider_figures", "post"),
        ("logout", "get"),
        ("healthz", "post"),
    ],
)
def test_another_method_is_refused(client: Client, name: str, wrong: str) -> None:
    client.force_login(factories.lead())
    assert getattr(client, wrong)(address(name)).status_code == 405


@pytest.mark.parametrize("role", factories.CAST)
def test_who_may_see_a_case_may_check_signers_and_to_others_there_is_no_case(
    client: Client, role: str
) -> None:
    client.force_login(factories.CAST[role]())
    status = client.post(address("check_signers")).status_code
    assert status == (404 if role in {"administrator", "stranger"} else 302)


def _views(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _views(each.url_patterns, f"{each.namespace}:" if each.namespace else before)
        else:
            yield before + (each.name or str(each.pattern)), each.callback


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
        of = factories.case(assignee=lead if number % 2 else None)
        factories.session(of, SessionState.FAILED, {"json": "FAILED"}, reason=reason)
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
    assert f"<span>{role.capitalize()}</span>" in who
