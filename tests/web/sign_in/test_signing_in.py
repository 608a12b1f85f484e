"""Coming in, going out, and what a stranger learns at the door."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user
from django.test import Client
from pytest_django import Settings

from tests import factories
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def sign_in(client: Client, password: str = factories.PASSWORD, **fields: str) -> object:
    return client.post("/login/", {"username": factories.kari().username, "password": password, **fields})


def test_with_the_right_password_my_work_opens(client: Client) -> None:
    answer = sign_in(client)
    assert answer.url == "/"
    assert get_user(client) == factories.kari()


def test_with_a_wrong_password_nobody_is_in_and_it_is_not_said_which_was_wrong(client: Client) -> None:
    wrong = words(sign_in(client, "wrong"))
    unknown = words(client.post("/login/", {"username": "nobody", "password": "wrong"}))
    assert "Please enter a correct username and password" in wrong
    assert wrong == unknown
    assert not get_user(client).is_authenticated


def test_somebody_who_left_cannot_come_in(client: Client) -> None:
    kari = factories.kari()
    kari.is_active = False
    kari.save()
    sign_in(client)
    assert not get_user(client).is_authenticated


def test_after_signing_in_the_page_that_was_wanted_opens(client: Client) -> None:
    case = factories.case()
    wanted = f"/cases/{case.reference}/"
    address = client.get(wanted).url
    hidden = page(client.get(address)).xpath("//input[@name='next']/@value")[0]
    assert sign_in(client, next=hidden).url == wanted


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere).url == "/"


def test_who_sends_a_form_after_the_session_ended_comes_back_to_its_page(client: Client) -> None:
    case = factories.case()
    form = f"http://testserver/cases/{case.reference}/documents/?session=1"
    address = client.post(f"/cases/{case.reference}/reports/", headers={"referer": form}).url
    assert parse_qs(urlsplit(address).query)["next"] == [f"/cases/{case.reference}/documents/?session=1"]
    sign_in(client)
    assert "You had been signed out, and nothing was changed" in words(client.get("/"))


@pytest.mark.parametrize("referer", ["", "https://evil.example/cases/", "javascript:alert(1)"])
def test_who_came_from_nowhere_of_ours_comes_back_to_my_work(client: Client, referer: str) -> None:
    address = client.post("/work/take-next/", headers={"referer": referer}).url
    assert parse_qs(urlsplit(address).query)["next"] == ["/"]


def test_signing_out_ends_it_and_forgets_what_was_searched_for(client: Client) -> None:
    client.force_login(factories.kari())
    client.post("/cases/", {"q": "Ingrid"})
    answer = client.post("/logout/")
    assert answer.url == "/login/"
    assert not get_user(client).is_authenticated
    assert "searches" not in client.session
    assert client.get("/").status_code == 302


def test_too_many_wrong_passwords_close_the_door_for_a_while(client: Client, settings: Settings) -> None:
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(client, "wrong")
    assert answer.status_code == 429
    assert "Too many attempts" in words(answer)
    assert sign_in(client).status_code == 429
    assert not get_user(client).is_authenticated


def test_the_door_that_is_closed_for_one_is_open_for_others(client: Client, settings: Settings) -> None:
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "wrong")
    factories.ola()
    client.post("/login/", {"username": "ola", "password": factories.PASSWORD})
    assert get_user(client) == factories.ola()


def test_a_password_is_changed_only_with_the_old_one(client: Client) -> None:
    client.force_login(factories.kari())
    new = {"new_password1": "an entirely new one 7", "new_password2": "an entirely new one 7"}
    refused = client.post("/password/", {"old_password": "wrong", **new})
    assert "Your old password was entered incorrectly" in words(refused)
    answer = client.post("/password/", {"old_password": factories.PASSWORD, **new}, follow=True)
    assert "Your password is changed" in words(answer)
    assert get_user(client) == factories.kari()
    assert factories.kari().check_password("an entirely new one 7")


def test_a_short_password_is_refused_with_the_reason(client: Client) -> None:
    client.force_login(factories.kari())
    answer = client.post(
        "/password/",
        {"old_password": factories.PASSWORD, "new_password1": "short", "new_password2": "short"},
    )
    assert "at least 12 characters" in words(answer)
