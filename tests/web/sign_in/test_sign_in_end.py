"""A sign-in ends so long after it began, however much it is used, and sooner if nobody uses it."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings
from time_machine import Traveller, travel

from tests import factories
from tests.web.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MINUTE = timedelta(minutes=1)
SITE = "http://testserver"


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with travel("2026-11-27 08:00:00+00:00", tick=False) as moved:
        yield moved


@pytest.fixture
def kari(client: Client, clock: Traveller) -> Client:
    sign_in(client)
    return client


def sign_in(client: Client, **more: str) -> str:
    """Sign in by the form; give where it leads."""
    fields = {"username": factories.kari().username, "password": factories.PASSWORD}
    return client.post("/login/", {**fields, **more}).url


def is_in(client: Client, path: str = "/cases/") -> bool:
    return client.get(path).status_code == 200


def test_use_makes_it_no_longer(kari: Client, clock: Traveller, settings: Settings) -> None:
    assert settings.SESSION_COOKIE_AGE == 10 * 3600
    for _ in range(29):
        clock.shift(20 * MINUTE)
        assert is_in(kari)
    clock.shift(21 * MINUTE)
    assert not is_in(kari)


def test_signing_in_again_begins_anew(kari: Client, clock: Traveller) -> None:
    for _ in range(2):
        for _ in range(12):
            clock.shift(45 * MINUTE)
            assert is_in(kari)
        sign_in(kari)


def test_a_change_of_the_password_makes_it_no_longer(kari: Client, clock: Traveller) -> None:
    ends = Session.objects.get().expire_date
    clock.shift(30 * MINUTE)
    new = {"new_password1": "an entirely new one 7", "new_password2": "an entirely new one 7"}
    kari.post("/password/", {"old_password": factories.PASSWORD, **new})
    assert is_in(kari)
    assert Session.objects.get().expire_date == ends


def test_without_use_it_ends_after_the_idle_time(kari: Client, clock: Traveller, settings: Settings) -> None:
    assert settings.SESSION_IDLE_SECONDS == 3600
    clock.shift(59 * MINUTE)
    assert is_in(kari)
    clock.shift(59 * MINUTE)
    assert is_in(kari)
    clock.shift(62 * MINUTE)
    assert not is_in(kari)
    assert not Session.objects.exists()


def test_a_page_that_asks_by_itself_is_no_use(kari: Client, clock: Traveller) -> None:
    polls = ["/work/changes/", "/provider/figures/"]
    reference = factories.case().reference
    polls += [f"/cases/{reference}/live/?tab=overview", f"/cases/{reference}/reports/now/"]
    for _ in range(12):
        clock.shift(5 * MINUTE)
        for path in polls:
            kari.get(path, headers={"hx-request": "true", "hx-current-url": f"{SITE}/"})
    clock.shift(2 * MINUTE)
    news = kari.get("/work/changes/", headers={"hx-request": "true", "hx-current-url": f"{SITE}/cases/"})
    assert news.headers["HX-Redirect"] == "/login/?next=/cases/"
    assert not get_user(kari).is_authenticated


@pytest.mark.parametrize("hours", [2, 11])
def test_what_was_typed_when_it_ended_comes_back(kari: Client, clock: Traveller, hours: int) -> None:
    case = factories.case()
    on = f"/cases/{case.reference}/timeline/"
    fields = {"text": "Kept", "submission": str(uuid.uuid4()), "whose": str(factories.kari().pk)}
    clock.shift(hours * 60 * MINUTE)
    prompt = kari.post(f"{on}comment/", fields, headers={"referer": f"{SITE}{on}"}, follow=True)
    hidden = {
        element.get("name"): element.get("value") for element in page(prompt).xpath("//input[@type='hidden']")
    }
    shown = kari.get(sign_in(kari, **{name: value for name, value in hidden.items() if value}))
    assert page(shown).xpath("//textarea")[0].text.strip() == "Kept"


def test_a_sign_in_from_before_has_an_end_too(client: Client, clock: Traveller) -> None:
    client.force_login(factories.kari())
    assert is_in(client)
    for _ in range(14):
        clock.shift(45 * MINUTE)
        client.get("/cases/")
    assert not is_in(client)


def test_a_clock_that_is_put_back_signs_nobody_out(kari: Client, clock: Traveller) -> None:
    clock.shift(-90 * MINUTE)
    assert is_in(kari)
    clock.shift(50 * MINUTE)
    assert is_in(kari)
