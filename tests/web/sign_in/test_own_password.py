"""Who signs in with a password that somebody else set changes it first: nothing else opens."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.models import ArtefactKind, SessionState, User, Verb
from cases.web.sign_in.own_password import OPEN
from cases.workflows.people import people
from cases.workflows.people.people import By
from tests import factories
from tests.web import people_events
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

GIVEN, OWN = "given by the administrator 1", "an entirely new one 7"


@pytest.fixture
def kari() -> User:
    found = factories.kari()
    people.set_password(found, GIVEN, By(factories.admin()))
    return found


@pytest.fixture
def browser(kari: User) -> Client:
    client = Client()
    client.post("/login/", {"username": kari.username, "password": GIVEN})
    assert get_user(client) == kari
    return client


def choose(client: Client, new: str, old: str = GIVEN) -> object:
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": new})


def test_the_page_says_why_and_with_another_password_everything_opens(browser: Client, kari: User) -> None:
    assert browser.get("/").url == "/password/"
    shown = browser.get("/password/")
    assert "Somebody else set the one you signed in with" in words(shown)
    assert page(shown).xpath("//nav//a | //form[@role='search']") == []
    assert choose(browser, OWN).url == "/password/done/"
    assert browser.get("/").status_code == 200
    assert "Somebody else set" not in words(browser.get("/password/"))
    kari.refresh_from_db()
    assert kari.check_password(OWN)
    verbs = [Verb.PASSWORD_SET, Verb.FIRST_SIGN_IN, Verb.PASSWORD_CHANGED]
    assert people_events.verbs(kari) == verbs


def test_the_password_that_somebody_else_knows_is_no_new_one(browser: Client) -> None:
    assert "This is the old password. Choose another." in words(choose(browser, GIVEN))
    assert browser.get("/").url == "/password/"


def _named(
    routes: list[URLPattern | URLResolver], space: str = "", outer: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Callable[..., HttpResponse], frozenset[str]]]:
    """The name of every route, its view, and the parameters it needs."""
    for route in routes:
        needed = outer | frozenset(route.pattern.converters or route.pattern.regex.groupindex)
        if isinstance(route, URLResolver):
            inside = f"{route.namespace}:" if route.namespace else space
            yield from _named(route.url_patterns, inside, needed)
        else:
            yield f"{space}{route.name or ''}", route.callback, needed


def test_no_address_opens_but_the_one_to_change_it_and_the_way_out(browser: Client) -> None:
    case = factories.session(factories.case(), SessionState.COMPLETE).case
    values = {
        "reference": case.reference,
        "tab": "overview",
        "number": 1,
        "kind": ArtefactKind.AML,
        "object_id": factories.kari().pk,
        "id": factories.kari().pk,
        "app_label": "cases",
        "url": "x",
        "content_type_id": 1,
        "token": "x",
    }
    wrong, walked = [], 0
    for name, view, needed in _named(get_resolver().url_patterns):
        if not getattr(view, "login_required", True) or name in OPEN or not name.split(":")[-1]:
            continue
        path = reverse(name, kwargs={key: values[key] for key in needed})
        for method in ("get", "post"):
            answer = getattr(browser, method)(path)
            walked += 1
            if (answer.status_code, answer.get("Location")) != (302, "/password/"):
                wrong.append((method, path, answer.status_code))
    assert wrong == []
    assert walked > 60


def test_a_part_of_a_page_leads_the_whole_window_there(browser: Client) -> None:
    answer = browser.get("/work/changes/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/password/")
    assert answer.content == b""


def test_one_can_sign_out_instead(browser: Client) -> None:
    browser.post("/logout/")
    assert not get_user(browser).is_authenticated


def test_who_was_signed_in_when_the_password_was_set_is_out() -> None:
    client = Client()
    client.force_login(factories.kari())
    people.set_password(factories.kari(), GIVEN, By(factories.admin()))
    assert client.get("/").url.startswith("/login/")


def test_who_changes_a_password_of_their_own_is_told_too(client: Client) -> None:
    client.force_login(factories.kari())
    choose(client, OWN, factories.PASSWORD)
    assert people_events.events_of(factories.kari()) == [(Verb.PASSWORD_CHANGED, {"actor": "Kari Nordmann"})]
    assert client.get("/").status_code == 200
