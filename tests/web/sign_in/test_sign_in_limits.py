"""Guessing passwords: how often one may be wrong, from where, and who is shut out by it."""

from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import get_user
from django.db.models import Sum
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from time_machine import travel

from cases.models import Case, User
from cases.web.sign_in import typed
from cases.web.sign_in.typed import Typed
from tests import factories
from tests.web.pages import words

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def limits(settings: Settings) -> None:
    settings.AXES_ENABLED = True
    settings.BEHIND_PROXY = True
    settings.SIGN_IN_FAILURES_OF_ADDRESS = 25


def sign_in(
    username: str, password: str = factories.PASSWORD, address: str = HERE, **more: str
) -> HttpResponse:
    """Through the proxy, from that address; whatever the client itself writes stands before it."""
    headers = {"x-forwarded-for": f"192.0.2.1, {address}", **more}
    return Client().post("/login/", {"username": username, "password": password}, headers=headers)


def fail(username: str, times: int, address: str = HERE) -> int:
    return [sign_in(username, "wrong", address).status_code for _ in range(times)][-1]


def failures() -> int:
    return AccessAttempt.objects.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def test_ten_wrong_ones_shut_out_that_name_from_there_and_nobody_else() -> None:
    factories.kari(), factories.ola()
    assert fail("kari", 9) == 200
    assert fail("kari", 1) == 429
    signed_in = {
        ("kari", HERE): sign_in("kari").status_code,
        ("kari", ELSEWHERE): sign_in("kari", address=ELSEWHERE).status_code,
        ("ola", HERE): sign_in("ola").status_code,
    }
    assert signed_in == {("kari", HERE): 429, ("kari", ELSEWHERE): 302, ("ola", HERE): 302}


def test_whoever_guesses_many_names_is_shut_out_by_their_address() -> None:
    factories.ola()
    for number in range(5):
        assert fail(f"name{number}", 5) == 200
    assert sign_in("ola").status_code == 429
    assert sign_in("ola", address=ELSEWHERE).status_code == 302


def test_a_success_forgets_no_guesses_at_other_names() -> None:
    factories.kari(), factories.ola()
    fail("kari", 9)
    assert sign_in("ola").status_code == 302
    assert fail("kari", 1) == 429


def test_another_browser_or_another_invented_hop_is_no_other_client() -> None:
    factories.kari()
    for number in range(10):
        hops = {"x-forwarded-for": f"192.0.2.{number}, {HERE}", "user-agent": f"guess {number}"}
        answer = sign_in("kari", "wrong", **hops)
    assert answer.status_code == 429


def test_tries_while_it_is_shut_make_it_no_longer() -> None:
    factories.kari()
    with travel("2026-11-27 09:00:00+00:00", tick=False) as clock:
        fail("kari", 10)
        for _minute in range(14):
            clock.shift(timedelta(minutes=1))
            assert fail("kari", 1) == 429
        assert failures() == 10
        clock.shift(timedelta(minutes=2))
        assert sign_in("kari").status_code == 302


def test_the_answer_says_how_long_and_not_whether_there_is_such_a_name() -> None:
    factories.kari()
    fail("kari", 9), fail("nobody", 9)
    known, unknown = sign_in("kari", "wrong"), sign_in("nobody", "wrong")
    assert words(known) == words(unknown)
    assert "Too many wrong passwords came from here" in words(known)
    assert known.headers["Retry-After"] == "900"
    assert "no-store" in known.headers["Cache-Control"]


def test_guesses_of_the_old_password_are_counted_too(client: Client) -> None:
    client.force_login(factories.kari())
    new = {"new_password1": "an entirely new one 7", "new_password2": "an entirely new one 7"}
    headers = {"x-forwarded-for": HERE}
    for number in range(10):
        answer = client.post("/password/", {"old_password": f"guess {number}", **new}, headers=headers)
    assert answer.status_code == 429
    assert "You are still signed in" in words(answer)
    right = {"old_password": factories.PASSWORD, **new}
    assert client.post("/password/", right, headers=headers).status_code == 429
    assert factories.kari().check_password(factories.PASSWORD)
    assert sign_in("kari").status_code == 429
    elsewhere = client.post("/password/", right, headers={"x-forwarded-for": ELSEWHERE})
    assert elsewhere.url == "/password/done/"
    assert not AccessAttempt.objects.filter(post_data__contains="guess").exists()


def test_of_guesses_sent_at_once_none_is_taken_beyond_the_limit(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the password is looked at, others that were begun before it are found to be wrong."""
    kari, right = factories.kari(), User.check_password

    def meanwhile(self: User, password: str) -> bool:
        AccessAttempt.objects.update_or_create(
            username="kari",
            ip_address=HERE,
            user_agent="another",
            defaults={"failures_since_start": 10, "attempt_time": timezone.now()},
        )
        return right(self, password)

    monkeypatch.setattr(User, "check_password", meanwhile)
    new = {"new_password1": "an entirely new one 7", "new_password2": "an entirely new one 7"}
    answer = sign_in("kari")
    assert (answer.status_code, "sessionid" in answer.cookies) == (429, False)
    assert not AccessLog.objects.exists()
    AccessAttempt.objects.all().delete()
    client.force_login(kari)
    fields = {"old_password": factories.PASSWORD, **new}
    assert client.post("/password/", fields, headers={"x-forwarded-for": HERE}).status_code == 429
    kari.refresh_from_db()
    assert right(kari, factories.PASSWORD)


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/cases/user/").url == "/login/?next=/admin/cases/user/"
    assert client.post("/admin/login/", {"username": "kari", "password": "x"}).url == "/login/?next=/admin/"
    client.force_login(factories.admin())
    assert client.get("/admin/password_change/").url == "/password/"
    assert failures() == 0


# --- What a stranger sends has a length ----------------------------------------------------------------------


def test_a_name_or_password_that_can_be_none_makes_no_row() -> None:
    factories.kari()
    answers = {
        length: sign_in("k" * length, "wrong").status_code for length in (151, 5000, 1_000_000, 1_900_000)
    }
    assert answers == {151: 200, 5000: 200, 1_000_000: 200, 1_900_000: 413}
    assert "at most 150 characters" in words(sign_in("k" * 151))
    assert sign_in("kari", "x" * 1001).status_code == 200
    assert not AccessAttempt.objects.exists()


def test_every_form_of_a_stranger_has_a_limit(client: Client) -> None:
    big = "x" * 1_900_000
    refused = {
        "/login/": client.post("/login/", {"typed": big, "next": "/"}),
        "/login/taken-along/": client.post("/login/taken-along/", {"kept_for": "/cases/new/", "text": big}),
    }
    assert {path: answer.status_code for path, answer in refused.items()} == dict.fromkeys(refused, 413)
    redirect = client.post(
        "/cases/new/", {"purpose": big}, headers={"referer": "http://testserver/cases/new/"}
    )
    assert (redirect.status_code, redirect.url) == (302, "/login/?next=/cases/new/")
    assert not Case.objects.exists()
    assert not client.session.items()


def test_the_longest_that_was_typed_comes_through(client: Client) -> None:
    factories.kari()
    text = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(typed.LONGEST - 50))
    sealed = typed.seal(Typed("comment", {"text": [text]}, True))
    fields = {"username": "kari", "password": factories.PASSWORD, "typed": sealed, "next": "/cases/new/"}
    assert "typed=" in client.post("/login/", fields).url
    assert get_user(client) == factories.kari()


def test_what_was_typed_is_not_kept_with_a_wrong_password(client: Client) -> None:
    sealed = typed.seal(Typed("comment", {"text": ["Kari’s own words"]}, True))
    further = {"text": "Kari’s own words", "next": "/cases/?q=Nordmann"}
    fields = {"username": "kari", "password": "wrong", "typed": sealed, **further}
    client.post("/login/?next=/cases/%3Fq=Nordmann", fields)
    kept = AccessAttempt.objects.get()
    assert (kept.username, kept.failures_since_start, kept.get_data, kept.post_data) == ("kari", 1, "", "")


def test_no_form_takes_a_file(client: Client, settings: Settings) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == []
    with Path(__file__).open("rb") as file:
        answer = client.post("/login/", {"username": file, "password": "wrong"})
    assert not answer.wsgi_request.FILES
    assert not AccessAttempt.objects.exists()
