"""A search that is sent after the sign-in is over is made by who typed it, once they have signed in again."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from cases.web.sign_in.sign_in_answers import CARRIED
from tests import factories
from tests.web.pages import page
from tests.web.sign_in.test_session_over import SITE, send, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_search_sent_too_late_is_made_once_its_person_has_signed_in(client: Client) -> None:
    kari, case = factories.kari(), factories.case()
    data = {"q": case.reference, "sort": "reference", "whose": str(kari.pk)}
    prompt = send(client, "/cases/", "/provider/", data)
    back = sign_in(client, prompt)
    shown = client.get(back.url, follow=True)
    assert shown.context["case_list"].text == case.reference
    assert "sort=reference" in shown.request["QUERY_STRING"]
    assert case.reference not in back.url + shown.request["QUERY_STRING"]
    assert [row[0] for row in shown.context["rows"]] == [case]


def test_a_search_for_the_number_of_a_person_is_not_carried(client: Client) -> None:
    answer = client.post("/cases/", {"q": "010190 12345"}, headers={"referer": f"{SITE}/cases/"})
    assert "typed" not in parse_qs(urlsplit(answer.url).query)
    assert CARRIED not in answer.cookies


def test_what_somebody_else_searched_for_is_not_made(client: Client) -> None:
    factories.kari()
    lena = factories.person("lena")
    prompt = send(client, "/cases/", "/provider/", {"q": "Solvang", "whose": str(lena.pk)})
    shown = client.get(sign_in(client, prompt).url, follow=True)
    assert shown.request["PATH_INFO"] == "/provider/"
    assert "Solvang" not in shown.content.decode()


def test_every_search_names_whose_it_is(client: Client) -> None:
    kari = factories.kari()
    client.force_login(kari)
    for address in ("/", "/cases/"):
        (form,) = page(client.get(address)).xpath("//form[@role='search']")
        assert form.xpath(".//input[@name='whose']/@value") == [str(kari.pk)]
