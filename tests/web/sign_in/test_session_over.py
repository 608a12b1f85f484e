"""Who has no session any more is led to sign in and back to the page they were on, with what they had typed."""

import base64
import random
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from time_machine import travel

from cases.models import AuditEvent, Case, Verb
from cases.web.sign_in import typed
from cases.web.sign_in.sign_in_answers import CARRIED
from cases.workflows.people import people
from cases.workflows.people.people import By
from tests import factories
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SITE = "http://testserver"


def part(client: Client, path: str, current: str, method: str = "get", **data: str) -> HttpResponse:
    """Ask for a part of a page as the page's script does."""
    headers = {"hx-request": "true", "hx-current-url": current}
    return getattr(client, method)(path, data, headers=headers)


def sign_in(
    client: Client, sign_in_page: HttpResponse, username: str = "kari", password: str = factories.PASSWORD
) -> HttpResponse:
    """Fill in the page that asks who it is, as a browser would send it."""
    form = page(sign_in_page).xpath("//form")[0]
    assert form.get("action") == "/login/"
    hidden = {element.get("name"): element.get("value") for element in form.xpath(".//input[@type='hidden']")}
    return client.post("/login/", {**hidden, "username": username, "password": password})


def send(client: Client, path: str, from_page: str, data: dict[str, Any]) -> HttpResponse:
    """Send a form from a page; give the page that asks who it is, if one is led there with what was typed."""
    answer = client.post(path, data, headers={"referer": f"{SITE}{from_page}"})
    is_on_its_way = (
        answer.status_code == 302 and answer.url.startswith("/login/?") and "&typed=" in answer.url
    )
    return client.get(answer.url) if is_on_its_way else answer


def test_a_part_of_a_page_sends_the_whole_window_to_sign_in_and_back(client: Client) -> None:
    reference = factories.case().reference
    parts = [
        ("/provider/figures/", "/provider/", "get"),
        ("/work/changes/?order=1", "/", "get"),
        ("/cases/new/check/", "/cases/new/", "post"),
        (f"/cases/{reference}/live/?tab=people", f"/cases/{reference}/people/?session=1#signing", "get"),
        (f"/cases/{reference}/reports/now/", f"/cases/{reference}/documents/", "get"),
        (f"/cases/{reference}/timeline/", f"/cases/{reference}/timeline/?kind=case&kind=comments", "get"),
    ]
    wrong = []
    for path, on, method in parts:
        answer = part(client, path, f"{SITE}{on}", method)
        to = urlsplit(answer.headers.get("HX-Redirect", ""))
        if (answer.status_code, to.path, parse_qs(to.query).get("next")) != (401, "/login/", [on]):
            wrong.append((path, answer.status_code, to))
        if b"<form" in answer.content or "Location" in answer.headers:
            wrong.append((path, "a page, or an address that a script would follow"))
    assert wrong == []


def test_no_part_leads_to_another_site_or_back_to_a_part(client: Client) -> None:
    elsewhere = [
        "",
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        f"{SITE}/login/?next=/cases/",
    ]
    for current in elsewhere:
        answer = part(client, "/provider/figures/", current)
        assert answer.headers["HX-Redirect"] == "/login/?next=/", current
    assert client.get("/provider/figures/").url == "/login/?next=/"


def test_a_frame_gets_no_form_and_a_download_leads_back_to_its_page(client: Client) -> None:
    reference = factories.case().reference
    documents = f"/cases/{reference}/documents/1/aml/"
    framed = client.get(
        f"{documents}file/", headers={"sec-fetch-dest": "iframe", "referer": f"{SITE}{documents}"}
    )
    assert framed.status_code == 401
    assert not page(framed).xpath("//form")
    (link,) = page(framed).xpath("//a[@target='_top']/@href")
    assert parse_qs(urlsplit(link).query)["next"] == [documents]
    saved = client.get(f"{documents}download/", headers={"referer": f"{SITE}{documents}"})
    assert parse_qs(urlsplit(saved.url).query)["next"] == [documents]
    prompt = client.get("/login/")
    assert prompt.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in prompt.headers["Content-Security-Policy"]


def test_a_comment_sent_too_late_is_in_its_form_again_and_was_not_kept(client: Client) -> None:
    kari, case = factories.kari(), factories.case()
    path, on = (
        f"/cases/{case.reference}/timeline/comment/",
        f"/cases/{case.reference}/timeline/?kind=comments",
    )
    text = "Eva’s passport & <b>\r\nsecond line"
    submission = str(uuid.uuid4())
    prompt = send(client, path, on, {"text": text, "submission": submission, "whose": str(kari.pk)})
    assert "What you had typed comes back" in words(prompt)
    assert not client.session.items()
    back = sign_in(client, prompt)
    assert "Eva" not in back.url
    assert back.url.startswith(on)
    for _reload in range(2):
        shown = client.get(back.url)
        assert page(shown).xpath("//textarea")[0].text.strip() == text.replace("\r\n", "\n")
        assert page(shown).xpath("//form[@id='comment']/input[@name='submission']/@value") == [submission]
    assert not AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).exists()


SHORT, LONG = 40, 8000  # letters: in a cookie on its way, and too long for one


def comment_sent_too_late(client: Client, letters: int) -> HttpResponse:
    """The page that asks who it is, with a comment that was typed before."""
    case = factories.case().reference
    path, on = f"/cases/{case}/timeline/comment/", f"/cases/{case}/timeline/"
    text = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz ", k=letters))
    return send(client, path, on, {"text": f"Called the chair. {text}"})


def comment_on(answer: HttpResponse) -> str:
    return page(answer).xpath("//textarea")[0].text.strip()


@pytest.mark.parametrize("letters", [SHORT, LONG])
def test_what_was_typed_outlasts_the_time_in_which_no_password_is_taken(
    client: Client, settings: Settings, letters: int
) -> None:
    settings.AXES_ENABLED = True
    factories.kari()
    with travel("2026-11-27 09:00:00+00:00", tick=False) as clock:
        prompt = comment_sent_too_late(client, letters)
        for _guess in range(12):
            prompt = sign_in(client, prompt, password="wrong")
        assert prompt.status_code == 429
        assert "What you had typed is kept on this page" in words(prompt)
        assert page(prompt).xpath("//input[@name='username']/@value") == ["kari"]
        clock.shift(timedelta(minutes=16))
        back = sign_in(client, prompt)
        assert "/timeline/" in back.url
        assert comment_on(client.get(back.url)).startswith("Called the chair.")


@pytest.mark.parametrize("letters", [SHORT, LONG])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_was_typed_outlasts_a_mark_that_is_too_old(letters: int, is_signed_in: bool) -> None:
    """Two windows ask who it is, and one of them is answered: the form of the other has an old mark."""
    factories.kari()
    client = Client(enforce_csrf_checks=True)
    prompt = comment_sent_too_late(client, letters)
    hidden = {
        element.get("name"): element.get("value")
        for element in page(prompt).xpath("//form//input[@type='hidden']")
    }
    if is_signed_in:
        client.force_login(factories.kari())
    client.cookies["csrftoken"] = "b" * 32
    fields = {**hidden, "username": "kari", "password": factories.PASSWORD}
    assert client.post("/login/", fields).status_code == 403
    assert client.post("/login/", fields, headers={"referer": "https://evil.example/"}).status_code == 403
    led = client.post("/login/", fields, headers={"referer": f"{SITE}/login/"})
    if not is_signed_in:
        led = sign_in(client, client.get(led.url) if led.status_code == 302 else led)
    assert comment_on(client.get(led.url)).startswith("Called the chair.")


def test_what_was_typed_waits_for_a_password_of_ones_own(client: Client) -> None:
    """Somebody else set it meanwhile: nothing else opens before it is changed."""
    people.set_password(factories.kari(), "given by another 1", By(factories.admin()))
    prompt = comment_sent_too_late(client, SHORT)
    back = client.get(sign_in(client, prompt, password="given by another 1").url)
    assert urlsplit(back.url).path == "/password/"
    assert "What you had typed comes back after this" in words(client.get(back.url))
    new = "an entirely new one 7"
    fields = {"old_password": "given by another 1", "new_password1": new, "new_password2": new}
    there = client.post(back.url, fields)
    shown = client.get(there.url)
    assert "Your password is changed. What you had typed is here again." in words(shown)
    assert comment_on(shown).startswith("Called the chair.")
    evil = client.post("/password/?next=https://evil.example/", {**fields, "old_password": new})
    assert "evil" not in evil.get("Location", "")


def test_what_was_typed_is_carried_by_a_cookie_of_the_sign_in_page_alone(client: Client) -> None:
    factories.kari()
    sent = client.post("/cases/new/", {"purpose": "Loan"}, headers={"referer": f"{SITE}/cases/new/"})
    cookie = sent.cookies[CARRIED]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/login/", True, "Lax")
    assert 0 < cookie["max-age"] <= 3600
    elsewhere = client.get("/login/?next=/cases/&typed=another")
    assert not page(elsewhere).xpath("//input[@name='typed']"), "it belongs to one address"
    noise = base64.b64encode(random.Random(1).randbytes(9000)).decode()
    long = client.post("/cases/new/", {"purpose": noise}, headers={"referer": f"{SITE}/cases/new/"})
    assert (long.status_code, CARRIED in long.cookies) == (401, False)
    assert noise in client.get(sign_in(client, long).url).content.decode(), "too long for a cookie"


def test_what_somebody_typed_comes_back_to_nobody_else(client: Client) -> None:
    kari, case = factories.kari(), factories.case()
    factories.ola()
    path, on = f"/cases/{case.reference}/timeline/comment/", f"/cases/{case.reference}/timeline/"
    prompt = send(client, path, on, {"text": "Kari’s own words", "submission": "", "whose": str(kari.pk)})
    back = sign_in(client, prompt, "ola")
    shown = client.get(back.url)
    assert "Kari’s own words" not in words(shown)
    assert "somebody else had typed" in words(shown)


def test_a_wrong_password_in_between_loses_nothing(client: Client) -> None:
    factories.kari()
    prompt = send(
        client, "/cases/new/", "/cases/new/", {"identifier": "317835337", "purpose": "New customer"}
    )
    (sealed,) = page(prompt).xpath("//input[@name='typed']/@value")
    again = client.post(
        "/login/", {"username": "kari", "password": "wrong", "typed": sealed, "next": "/cases/new/"}
    )
    shown = client.get(sign_in(client, again).url)
    assert page(shown).xpath("//input[@name='identifier']/@value") == ["317835337"]
    assert page(shown).xpath("//textarea[@name='purpose']")[0].text.strip() == "New customer"


def test_a_form_that_was_not_finished_is_taken_along_without_reproach(client: Client) -> None:
    kari = factories.kari()
    data = {
        "kept_for": "/cases/new/",
        "country": "se",
        "kind": "org",
        "identifier": "5560",
        "due": "2027-01-31",
    }
    prompt = send(client, "/login/taken-along/", "/cases/new/", {**data, "whose": str(kari.pk)})
    shown = client.get(sign_in(client, prompt).url)
    assert page(shown).xpath("//input[@name='identifier']/@value") == ["5560"]
    assert page(shown).xpath("//select[@name='country']/option[@selected]/@value") == ["se"]
    assert page(shown).xpath("//input[@name='due']/@value") == ["2027-01-31"]
    assert not page(shown).xpath("//input[@name='mine'][@checked]")
    assert not page(shown).xpath("//*[contains(@class, 'errors')]")
    assert Case.objects.count() == 0


def test_the_choice_of_an_order_comes_back_and_nothing_is_ordered(client: Client) -> None:
    factories.kari()
    case = factories.session(state="FAILED", expands=["roles"]).case
    on = f"/cases/{case.reference}/order/"
    prompt = send(client, on, on, {"after": "1", "what": "same", "language": "no"})
    shown = client.get(sign_in(client, prompt).url)
    assert page(shown).xpath("//select[@name='language']/option[@selected]/@value") == ["no"]
    assert case.sessions.count() == 1


def test_changes_and_reasons_come_back_and_nothing_is_done(client: Client) -> None:
    kari = factories.kari()
    case = factories.session(factories.case(assignee=kari), "FAILED").case
    at = f"/cases/{case.reference}/"
    forms = [
        (f"{at}change/", "purpose", "Asked by the bank"),
        (f"{at}number/", "identifier", "316923232"),
        (f"{at}withdraw/", "reason", "Opened by mistake"),
        (f"{at}recuse/", "reason", "The owner is my brother"),
        (f"{at}wait/", "for_what", "The passport of the chair"),
    ]
    wrong = []
    before = (case.state, case.purpose, case.organisation_id, case.sessions.count())
    for path, name, text in forms:
        prompt = send(client, path, path, {name: text})
        shown = client.get(sign_in(client, prompt).url)
        field = page(shown).xpath(f"//*[@name='{name}']")
        if not field or text not in (field[0].get("value"), (field[0].text or "").strip()):
            wrong.append((path, shown.status_code))
        client.logout()
    assert wrong == []
    case.refresh_from_db()
    assert (case.state, case.purpose, case.organisation_id, case.sessions.count()) == before


def test_who_signed_in_again_in_another_window_finds_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    case = factories.case()
    client.force_login(factories.kari())
    on = f"/cases/{case.reference}/timeline/"
    data = {"text": "Kept", "submission": str(uuid.uuid4()), "csrfmiddlewaretoken": "of another sign-in"}
    answer = send(client, f"{on}comment/", on, data)
    assert page(client.get(answer.url)).xpath("//textarea")[0].text.strip() == "Kept"
    forged = client.post(f"{on}comment/", data, headers={"referer": "https://evil.example/"})
    assert forged.status_code == 403
    stale = part(client, "/cases/new/check/", f"{SITE}/cases/new/", "post")
    assert (stale.status_code, stale.headers["HX-Redirect"]) == (401, "/cases/new/")


def test_without_any_cookie_a_form_and_a_part_lead_to_sign_in_too() -> None:
    client = Client(enforce_csrf_checks=True)
    factories.kari()
    answer = part(client, "/cases/new/check/", f"{SITE}/cases/new/", "post")
    assert answer.headers["HX-Redirect"] == "/login/?next=/cases/new/"
    prompt = send(client, "/cases/new/", "/cases/new/", {"identifier": "317835337"})
    assert page(prompt).xpath("//input[@name='typed']")
    assert client.post("/login/", {"username": "kari"}).status_code == 403


def test_nothing_of_a_stranger_is_kept_and_no_word_of_access_is_carried(client: Client) -> None:
    sent = [
        ("/password/", {"old_password": "hunter2 hunter2"}),
        ("/cases/new/", {"purpose": "x" * (typed.LONGEST + 1)}),
        ("/work/take-next/", {"text": "x"}),
    ]
    for path, data in sent:
        answer = send(client, path, path, data)
        assert (answer.status_code, urlsplit(answer.url).path) == (302, "/login/"), path
    assert (
        b"hunter2"
        not in send(client, "/login/taken-along/", "/password/", {"kept_for": "/password/"}).content
    )
    assert not client.session.items()


def test_what_is_not_of_our_making_is_not_shown_as_typed(client: Client) -> None:
    factories.kari()
    for made_up in ("", "x", "W10:1w:abc", "\u0000"):
        answer = client.post(
            "/login/",
            {"username": "kari", "password": factories.PASSWORD, "typed": made_up, "next": "/cases/new/"},
        )
        assert answer.url == "/cases/new/"
    assert client.get("/cases/new/?typed=nothing").status_code == 200
